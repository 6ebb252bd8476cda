//! Tests with a thousand flows: the minimum of calls, and backoff on throttling.

use crate::support::{apply, client, exported, own_named, plan};
use appflow_local::{AppFlowLocal, Fault};
use appflow_sdk::flows::{Account, FlowDefinition};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

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
    let account = Account::new(client(&local));
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
    assert_eq!(calls()["CreateFlow"], 1000);

    // Throttles cost attempts, and nothing else.
    local
        .faults()
        .next_calls(Some("DescribeFlow"), 10, Fault::Throttle);
    assert!(plan(&account, &flows).await.is_empty());
    assert_eq!(
        calls(),
        BTreeMap::from([("DescribeFlow", 1010), ("ListFlows", 10)])
    );

    assert_eq!(exported(&account).await.len(), 1000);
    assert_eq!(
        calls(),
        BTreeMap::from([("DescribeFlow", 1000), ("ListFlows", 10)])
    );

    let mut more = flows.clone();
    more[0].flow_name = "one-too-many".to_owned();
    let planned = plan(&account, &more).await;
    assert_eq!(
        planned.findings[0].to_string(),
        "there would be 1001 flows: AppFlow allows 1000 in an account and Region"
    );
    assert!(planned.has_errors());
}
