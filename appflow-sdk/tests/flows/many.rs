//! Tests with a thousand flows: the minimum of calls, the limit of concurrent calls, and backoff on throttling.

use crate::support::{apply, client, exported, own_named, plan};
use appflow_local::{AppFlowLocal, Fault};
use appflow_sdk::Client;
use appflow_sdk::flows::{Account, FlowDefinition};
use appflow_sdk::http::{
    BoxFuture, Request, ReqwestTransport, Response, Transport, TransportError,
};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// The current and the maximum number of concurrent requests.
#[derive(Debug, Default)]
struct InFlight {
    now: AtomicUsize,
    most: AtomicUsize,
}

/// Sends, and counts what is on its way.
#[derive(Debug)]
struct Counting {
    inner: ReqwestTransport,
    in_flight: Arc<InFlight>,
}

impl Transport for Counting {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let (sent, in_flight) = (self.inner.send(request), self.in_flight.clone());
        Box::pin(async move {
            let now = in_flight.now.fetch_add(1, Ordering::SeqCst) + 1;
            in_flight.most.fetch_max(now, Ordering::SeqCst);
            let answered = sent.await;
            in_flight.now.fetch_sub(1, Ordering::SeqCst);
            answered
        })
    }
}

fn thousand() -> Vec<FlowDefinition> {
    let flow = own_named("plain-copy");
    let flows = (0..1000).map(|number| {
        let mut flow = flow.clone();
        flow.flow_name = format!("copy-{number:04}");
        flow
    });
    flows.collect()
}

#[tokio::test]
async fn a_thousand_flows_take_one_pass_of_pages_and_one_description_each() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let sink = lines.clone();
    let local = AppFlowLocal::builder()
        .log(move |line| sink.lock().unwrap().push(line.to_owned()))
        .start()
        .await
        .unwrap();
    let in_flight = Arc::new(InFlight::default());
    let transport = Counting {
        inner: ReqwestTransport::builder().build().unwrap(),
        in_flight: in_flight.clone(),
    };
    let config = client(&local).config().to_builder().transport(transport);
    let account = Account::new(Client::from_conf(config.build())).with_concurrency(6);
    let most = || in_flight.most.swap(0, Ordering::SeqCst);
    let flows = thousand();
    let calls = || {
        let mut calls: BTreeMap<&str, usize> = BTreeMap::new();
        for line in lines.lock().unwrap().drain(..) {
            let known = [
                "ListFlows",
                "DescribeFlow",
                "CreateFlow",
                "DescribeConnectorProfiles",
            ];
            if let Some(name) = known
                .into_iter()
                .find(|name| line.split_whitespace().any(|word| word == *name))
            {
                *calls.entry(name).or_default() += 1;
            }
        }
        calls
    };
    apply(&account, &plan(&account, &flows).await).await;
    assert_eq!((calls()["CreateFlow"], most()), (1000, 6));

    // Throttles cost attempts, and nothing else.
    local
        .faults()
        .next_calls(Some("DescribeFlow"), 10, Fault::Throttle);
    assert!(plan(&account, &flows).await.is_empty());
    assert_eq!(
        calls(),
        BTreeMap::from([("DescribeFlow", 1010), ("ListFlows", 10)])
    );
    assert_eq!(most(), 6);

    assert_eq!(exported(&account).await.len(), 1000);
    assert_eq!(
        calls(),
        BTreeMap::from([("DescribeFlow", 1000), ("ListFlows", 10)])
    );
    assert_eq!(most(), 6);

    let mut more = flows.clone();
    more[0].flow_name = "one-too-many".to_owned();
    let planned = plan(&account, &more).await;
    assert_eq!(
        planned.findings[0].to_string(),
        "quota exceeded: 1001 flows, but AppFlow allows 1000 in an account and Region"
    );
    assert!(planned.has_errors());
}
