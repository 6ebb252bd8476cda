//! Random definitions, interrupted at any point: after another apply, the account matches them.

use crate::support::{client, create_profiles, exported, own, own_named};
use appflow_local::{AppFlowLocal, Fault};
use appflow_sdk::flows::{Account, ApplyOptions, Definitions, FlowDefinition, PlanOptions, diff};
use appflow_sdk::types::TriggerType;
use proptest::prelude::*;
use std::collections::HashMap;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

/// A future that is dropped after a number of polls.
struct Cut<F> {
    future: Pin<Box<F>>,
    polls: usize,
}

impl<F: Future> Future for Cut<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.polls == 0 {
            return Poll::Ready(None);
        }
        self.polls -= 1;
        self.future.as_mut().poll(context).map(Some)
    }
}

/// The usual definition for each name, so that flows also change in place. None of them runs by itself before the year 2030,
/// since runs would change the responses.
const BASES: [&str; 5] = [
    "into-the-warehouse",
    "masked-into-crm",
    "bucket-into-profiles",
    "projection-last",
    "masked-and-cut",
];

/// A random flow: one of our definitions, under one of a few names, with an edit.
#[derive(Debug, Clone)]
struct Drawn {
    base: Option<usize>,
    name: usize,
    active: bool,
    on_demand: bool,
    description: Option<String>,
    tags: Vec<(u8, u8)>,
    turned: bool,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    (
        prop_oneof![3 => Just(None), 1 => any::<usize>().prop_map(Some)],
        0..BASES.len(),
        any::<bool>(),
        proptest::bool::weighted(0.2),
        proptest::option::of("[a-zA-Z0-9 .-]{0,12}"),
        proptest::collection::vec((0..4_u8, 0..3_u8), 0..4),
        any::<bool>(),
    )
        .prop_map(
            |(base, name, active, on_demand, description, tags, turned)| Drawn {
                base,
                name,
                active,
                on_demand,
                description,
                tags,
                turned,
            },
        )
}

fn definitions(drawn: &[Drawn]) -> Vec<FlowDefinition> {
    let own: Vec<FlowDefinition> = own().into_values().collect();
    let mut flows: HashMap<usize, FlowDefinition> = HashMap::new();
    for draw in drawn {
        let mut flow = match draw.base {
            Some(base) => own[base % own.len()].clone(),
            None => own_named(BASES[draw.name]),
        };
        flow.flow_name = format!("flow-{}", draw.name);
        if draw.on_demand && flow.trigger_config.trigger_type == TriggerType::Scheduled {
            flow.trigger_config.trigger_type = TriggerType::Ondemand;
            flow.trigger_config.trigger_properties = None;
        }
        let later = flow
            .trigger_config
            .trigger_properties
            .as_ref()
            .and_then(|properties| properties.scheduled.as_ref())
            .is_none_or(|schedule| schedule.schedule_start_time.is_some());
        flow.active =
            draw.active && later && flow.trigger_config.trigger_type != TriggerType::Ondemand;
        flow.description = draw.description.clone();
        let tags = draw
            .tags
            .iter()
            .map(|(key, value)| (format!("k{key}"), format!("v{value}")));
        flow.tags = Some(tags.collect());
        if draw.turned {
            flow.tasks.reverse();
        }
        flows.insert(draw.name, flow);
    }
    flows.into_values().collect()
}

fn fault(kind: u8) -> Fault {
    match kind % 5 {
        0 => Fault::Throttle,
        1 => Fault::Reset,
        2 => Fault::HalfBody,
        3 => Fault::Delay { milliseconds: 3 },
        _ => Fault::Error {
            code: "InternalServerException".to_owned(),
            status: 500,
            message: "drawn".to_owned(),
        },
    }
}

async fn round(account: &Account, flows: &[FlowDefinition]) -> Option<bool> {
    let definitions = Definitions {
        flows: flows.to_vec(),
        profiles: Vec::new(),
    };
    let options = PlanOptions::default().prune(true).replace(true);
    let plan = account.plan(&definitions, &options).await.ok()?;
    assert!(!plan.has_errors(), "{plan:?}");
    let report = account.apply(&plan, &ApplyOptions::default()).await;
    Some(plan.is_empty() && report.failures().next().is_none())
}

async fn converge(
    before: Vec<FlowDefinition>,
    after: Vec<FlowDefinition>,
    cuts: Vec<usize>,
    faults: Vec<u8>,
) {
    let local = AppFlowLocal::start().await.unwrap();
    let account = Account::new(client(&local)).with_concurrency(3);
    let all: Vec<FlowDefinition> = own().into_values().collect();
    create_profiles(account.client(), &all).await;
    while round(&account, &before).await != Some(true) {}
    for kind in faults {
        local.faults().next_calls(None, 1, fault(kind));
    }
    for polls in cuts {
        let future = Box::pin(round(&account, &after));
        let cut = Cut { future, polls };
        pin!(cut).await;
    }
    local.faults().clear();
    let mut rounds = 0;
    while round(&account, &after).await != Some(true) {
        rounds += 1;
        assert!(rounds < 5, "it does not converge");
    }
    let exported = exported(&account).await;
    assert_eq!(exported.len(), after.len());
    for flow in &after {
        let found = &exported[&flow.flow_name];
        assert_eq!(diff(found, flow), []);
        assert_eq!(found.to_json(), flow.to_json());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_apply_interrupted_at_any_point_converges_when_repeated(
        before in proptest::collection::vec(drawn(), 0..5),
        after in proptest::collection::vec(drawn(), 0..6),
        cuts in proptest::collection::vec(0..60_usize, 0..4),
        faults in proptest::collection::vec(any::<u8>(), 0..5),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(converge(definitions(&before), definitions(&after), cuts, faults));
    }
}
