//! Random sequences of calls: the service agrees with a small model of flows, and never answers with a 500.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_local::AppFlowLocal;
use appflow_sdk::{Client, Error};
use common::{destination, every, flow, map, on_demand, once, runs, source};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::time::Duration;

const RUN: u64 = 1_000;
const CANCEL: u64 = 500;
const PERIOD: u64 = 3_600_000;

/// A call, or the passing of time.
#[derive(Debug, Clone)]
enum Step {
    Create { flow: u8, scheduled: bool },
    Update { flow: u8, scheduled: bool },
    Start(u8),
    Stop(u8),
    Cancel(u8),
    Delete { flow: u8, force: bool },
    Tag { flow: u8, key: u8 },
    Untag { flow: u8, key: u8 },
    Pass(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let name = 0..3_u8;
    let step = prop_oneof![
        4 => (name.clone(), any::<bool>()).prop_map(|(flow, scheduled)| Step::Create { flow, scheduled }),
        2 => (name.clone(), any::<bool>()).prop_map(|(flow, scheduled)| Step::Update { flow, scheduled }),
        5 => name.clone().prop_map(Step::Start),
        2 => name.clone().prop_map(Step::Stop),
        2 => name.clone().prop_map(Step::Cancel),
        2 => (name.clone(), any::<bool>()).prop_map(|(flow, force)| Step::Delete { flow, force }),
        1 => (name.clone(), 0..3_u8).prop_map(|(flow, key)| Step::Tag { flow, key }),
        1 => (name, 0..3_u8).prop_map(|(flow, key)| Step::Untag { flow, key }),
        4 => prop_oneof![Just(300), Just(700), Just(RUN), Just(PERIOD), Just(3 * PERIOD + 1)].prop_map(Step::Pass),
    ];
    vec(step, 1..30)
}

#[derive(Debug, Default)]
struct ModelFlow {
    scheduled: bool,
    status: &'static str,
    runs: Vec<ModelRun>,
    fires_at: Option<u64>,
    tags: BTreeMap<String, String>,
}

#[derive(Debug)]
struct ModelRun {
    status: &'static str,
    ends_at: u64,
}

impl ModelFlow {
    fn begin(&mut self, at: u64) {
        self.runs.push(ModelRun {
            status: "InProgress",
            ends_at: at + RUN,
        });
    }

    fn settle(&mut self, now: u64) {
        while let Some(at) = self.fires_at.filter(|at| *at <= now) {
            self.begin(at);
            self.fires_at = Some(at + PERIOD);
        }
        for run in self.runs.iter_mut().filter(|run| run.ends_at <= now) {
            run.status = match run.status {
                "InProgress" => "Successful",
                "CancelStarted" => "Canceled",
                over => over,
            };
        }
    }

    fn is_running(&self) -> bool {
        self.runs
            .iter()
            .any(|run| matches!(run.status, "InProgress" | "CancelStarted"))
    }

    fn retrigger(&mut self, scheduled: bool) {
        if self.scheduled != scheduled {
            self.scheduled = scheduled;
            self.status = if scheduled { "Draft" } else { "Active" };
            self.fires_at = None;
        }
    }
}

/// What the service should do, in as few words as possible.
#[derive(Debug, Default)]
struct Model {
    now: u64,
    flows: BTreeMap<String, ModelFlow>,
}

fn name(flow: u8) -> String {
    format!("flow-{flow}")
}

impl Model {
    /// The status with which a call is answered.
    fn apply(&mut self, step: &Step) -> u16 {
        let now = self.now;
        let found = match step {
            Step::Pass(millis) => {
                self.now += millis;
                let now = self.now;
                self.flows.values_mut().for_each(|flow| flow.settle(now));
                return 200;
            }
            Step::Create { flow, scheduled } => return self.create(*flow, *scheduled),
            Step::Delete { flow, force } => return self.delete(*flow, *force),
            Step::Update { flow, .. } | Step::Tag { flow, .. } | Step::Untag { flow, .. } => flow,
            Step::Start(flow) | Step::Stop(flow) | Step::Cancel(flow) => flow,
        };
        let Some(flow) = self.flows.get_mut(&name(*found)) else {
            return 404;
        };
        match step {
            Step::Update { scheduled, .. } => flow.retrigger(*scheduled),
            Step::Start(_) if !flow.scheduled => flow.begin(now),
            Step::Start(_) if flow.status != "Active" => {
                flow.status = "Active";
                flow.fires_at = Some(now);
                flow.settle(now);
            }
            Step::Stop(_) if !flow.scheduled => return 400,
            Step::Stop(_) if flow.status == "Active" => {
                flow.status = "Suspended";
                flow.fires_at = None;
            }
            Step::Cancel(_) => {
                for run in flow
                    .runs
                    .iter_mut()
                    .filter(|run| run.status == "InProgress")
                {
                    run.status = "CancelStarted";
                    run.ends_at = now + CANCEL;
                }
            }
            Step::Tag { key, .. } => {
                drop(flow.tags.insert(format!("key{key}"), "value".to_owned()))
            }
            Step::Untag { key, .. } => drop(flow.tags.remove(&format!("key{key}"))),
            _ => {}
        }
        200
    }

    fn create(&mut self, flow: u8, scheduled: bool) -> u16 {
        if self.flows.contains_key(&name(flow)) {
            return 409;
        }
        let created = ModelFlow {
            scheduled,
            status: if scheduled { "Draft" } else { "Active" },
            ..ModelFlow::default()
        };
        self.flows.insert(name(flow), created);
        200
    }

    fn delete(&mut self, flow: u8, force: bool) -> u16 {
        let Some(found) = self.flows.get(&name(flow)) else {
            return 404;
        };
        let in_use = found.is_running() || (found.scheduled && found.status == "Active");
        if in_use && !force {
            return 409;
        }
        self.flows.remove(&name(flow));
        200
    }
}

fn trigger(scheduled: bool) -> appflow_sdk::types::TriggerConfig {
    if scheduled {
        every("rate(1hours)")
    } else {
        on_demand()
    }
}

fn answer<T>(result: Result<T, Error>) -> u16 {
    match result {
        Ok(_) => 200,
        Err(error) => error
            .status()
            .unwrap_or_else(|| panic!("no answer: {error}")),
    }
}

async fn call(local: &AppFlowLocal, client: &Client, step: &Step) -> u16 {
    let arn = |flow: u8| format!("arn:aws:appflow:us-east-1:000000000000:flow/{}", name(flow));
    match *step {
        Step::Pass(millis) => {
            local.clock().advance(Duration::from_millis(millis));
            200
        }
        Step::Create {
            flow: number,
            scheduled,
        } => answer(flow(client, &name(number), trigger(scheduled)).send().await),
        Step::Update { flow, scheduled } => {
            let update = client
                .update_flow()
                .flow_name(name(flow))
                .trigger_config(trigger(scheduled));
            let update = update
                .source_flow_config(source())
                .destination_flow_config_list(destination());
            answer(update.tasks(map("name")).send().await)
        }
        Step::Start(flow) => answer(client.start_flow().flow_name(name(flow)).send().await),
        Step::Stop(flow) => answer(client.stop_flow().flow_name(name(flow)).send().await),
        Step::Cancel(flow) => answer(
            client
                .cancel_flow_executions()
                .flow_name(name(flow))
                .send()
                .await,
        ),
        Step::Delete { flow, force } => answer(
            client
                .delete_flow()
                .flow_name(name(flow))
                .force_delete(force)
                .send()
                .await,
        ),
        Step::Tag { flow, key } => {
            let tag = client
                .tag_resource()
                .resource_arn(arn(flow))
                .tags(format!("key{key}"), "value");
            answer(tag.send().await)
        }
        Step::Untag { flow, key } => {
            let untag = client
                .untag_resource()
                .resource_arn(arn(flow))
                .tag_keys(format!("key{key}"));
            answer(untag.send().await)
        }
    }
}

/// Everything that the model knows, as the service tells it.
async fn agrees(client: &Client, model: &Model) -> Result<(), TestCaseError> {
    let listed = client
        .list_flows()
        .into_paginator()
        .page_size(2)
        .items()
        .send()
        .try_collect()
        .await;
    let listed = listed.map_err(|error| TestCaseError::fail(error.to_string()))?;
    let names: Vec<&str> = listed
        .iter()
        .map(|flow| flow.flow_name().unwrap_or_default())
        .collect();
    prop_assert_eq!(names, model.flows.keys().collect::<Vec<_>>());
    for (name, expected) in &model.flows {
        let described = client.describe_flow().flow_name(name).send().await;
        let described = described.map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(
            described.flow_status().map(AsRef::as_ref),
            Some(expected.status)
        );
        let tags: BTreeMap<String, String> =
            described.tags.unwrap_or_default().into_iter().collect();
        prop_assert_eq!(&tags, &expected.tags);
        let found = runs(client, name).await;
        let found: Vec<&str> = found
            .iter()
            .filter_map(|run| Some(run.execution_status()?.as_str()))
            .collect();
        let expected: Vec<&str> = expected
            .runs
            .iter()
            .rev()
            .take(20)
            .map(|run| run.status)
            .collect();
        prop_assert_eq!(found, expected, "{}", name);
    }
    Ok(())
}

#[test]
fn random_sequences_agree_with_a_model() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let local = runtime.block_on(AppFlowLocal::start()).unwrap();
    let client = Client::from_conf(once(local.config()));
    let config = ProptestConfig {
        cases: 40,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(steps in steps())| {
        runtime.block_on(async {
            local.reset().await.unwrap();
            local.clock().freeze();
            let mut model = Model::default();
            for step in &steps {
                let expected = model.apply(step);
                let status = call(&local, &client, step).await;
                prop_assert_eq!(status, expected, "{:?}", step);
                agrees(&client, &model).await?;
            }
            Ok(())
        })?;
    });
}
