//! Tests of the life cycle of flows and runs, with the SDK and a controlled clock.

mod common;

use appflow_sdk::Error;
use appflow_sdk::types::{TriggerConfig, TriggerType};
use common::{every, flow, frozen, map, on_demand, run_statuses, runs, status};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

const HOUR: Duration = Duration::from_secs(3600);

fn refusal<T>(result: Result<T, Error>) -> (String, u16) {
    match result {
        Ok(_) => (String::new(), 200),
        Err(error) => (
            error.code().unwrap_or_default().to_owned(),
            error.status().unwrap_or_default(),
        ),
    }
}

#[tokio::test]
async fn the_trigger_sets_the_first_status() {
    let (_local, client) = frozen().await;
    let event = TriggerConfig::builder()
        .trigger_type(TriggerType::Event)
        .build()
        .unwrap();
    let created = flow(&client, "on-demand", on_demand())
        .send()
        .await
        .unwrap();
    assert_eq!(created.flow_status().unwrap().as_str(), "Active");
    let created = flow(&client, "scheduled", every("rate(1hours)"))
        .send()
        .await
        .unwrap();
    assert_eq!(created.flow_status().unwrap().as_str(), "Draft");
    let refused = flow(&client, "event", event).send().await;
    assert_eq!(
        refusal(refused),
        ("ValidationException".to_owned(), 400),
        "S3 has no events"
    );
}

#[tokio::test]
async fn a_run_takes_its_time_and_succeeds() {
    let (local, client) = frozen().await;
    flow(&client, "f1", on_demand()).send().await.unwrap();
    let started = client.start_flow().flow_name("f1").send().await.unwrap();
    let record = runs(&client, "f1").await.remove(0);
    assert_eq!(record.execution_id(), started.execution_id());
    assert!(record.execution_result.is_none(), "{record:?}");
    assert_eq!(run_statuses(&client, "f1").await, ["InProgress"]);
    local.clock().advance(SECOND);
    let record = runs(&client, "f1").await.remove(0);
    assert_eq!(record.execution_status().unwrap().as_str(), "Successful");
    assert_eq!(
        record.execution_result.unwrap().records_processed,
        Some(100)
    );
    let described = client.describe_flow().flow_name("f1").send().await.unwrap();
    let last = described.last_run_execution_details.unwrap();
    assert_eq!(
        last.most_recent_execution_message(),
        Some("Successfully ran the flow")
    );
}

#[tokio::test]
async fn canceled_runs_pass_through_cancel_started_and_stay_canceled() {
    let (local, client) = frozen().await;
    flow(&client, "f1", on_demand()).send().await.unwrap();
    client.start_flow().flow_name("f1").send().await.unwrap();
    local.clock().advance(SECOND);
    let done = runs(&client, "f1").await[0]
        .execution_id()
        .unwrap()
        .to_owned();
    client.start_flow().flow_name("f1").send().await.unwrap();
    client.start_flow().flow_name("f1").send().await.unwrap();
    let active = runs(&client, "f1").await[0]
        .execution_id()
        .unwrap()
        .to_owned();
    let canceled = client.cancel_flow_executions().flow_name("f1");
    let canceled = canceled
        .execution_ids(&done)
        .execution_ids(&active)
        .send()
        .await
        .unwrap();
    assert_eq!(canceled.invalid_executions(), [done]);
    assert_eq!(
        run_statuses(&client, "f1").await,
        ["CancelStarted", "InProgress", "Successful"]
    );
    client
        .cancel_flow_executions()
        .flow_name("f1")
        .send()
        .await
        .unwrap();
    assert_eq!(
        run_statuses(&client, "f1").await,
        ["CancelStarted", "CancelStarted", "Successful"]
    );
    local.clock().advance(HOUR);
    assert_eq!(
        run_statuses(&client, "f1").await,
        ["Canceled", "Canceled", "Successful"]
    );
}

#[tokio::test]
async fn start_stop_and_delete_follow_the_status() {
    let (local, client) = frozen().await;
    flow(&client, "demand", on_demand()).send().await.unwrap();
    flow(&client, "hourly", every("rate(1hours)"))
        .send()
        .await
        .unwrap();
    let stop = client.stop_flow().flow_name("demand").send().await;
    assert_eq!(
        refusal(stop),
        ("UnsupportedOperationException".to_owned(), 400)
    );
    client.stop_flow().flow_name("hourly").send().await.unwrap();
    assert_eq!(status(&client, "hourly").await, "Draft");
    client
        .start_flow()
        .flow_name("hourly")
        .send()
        .await
        .unwrap();
    client
        .start_flow()
        .flow_name("hourly")
        .send()
        .await
        .unwrap();
    assert_eq!(
        runs(&client, "hourly").await.len(),
        1,
        "a second start changes nothing"
    );
    local.clock().advance(SECOND);
    let delete = client.delete_flow().flow_name("hourly").send().await;
    assert_eq!(refusal(delete), ("ConflictException".to_owned(), 409));
    client
        .delete_flow()
        .flow_name("hourly")
        .force_delete(true)
        .send()
        .await
        .unwrap();
    client
        .start_flow()
        .flow_name("demand")
        .send()
        .await
        .unwrap();
    let delete = client.delete_flow().flow_name("demand").send().await;
    assert_eq!(
        refusal(delete),
        ("ConflictException".to_owned(), 409),
        "a run is in progress"
    );
    local.clock().advance(SECOND);
    client
        .delete_flow()
        .flow_name("demand")
        .send()
        .await
        .unwrap();
    let gone = client
        .describe_flow_execution_records()
        .flow_name("demand")
        .send()
        .await;
    assert!(gone.unwrap_err().is_not_found());
}

#[tokio::test]
async fn an_update_of_the_trigger_moves_the_status() {
    let (_local, client) = frozen().await;
    flow(&client, "f1", on_demand()).send().await.unwrap();
    let update = |trigger: TriggerConfig| {
        client
            .update_flow()
            .flow_name("f1")
            .trigger_config(trigger)
            .source_flow_config(common::source())
            .destination_flow_config_list(common::destination())
            .tasks(map("name"))
            .send()
    };
    let steps = [
        (on_demand(), "Active"),
        (every("rate(1hours)"), "Draft"),
        (every("rate(2hours)"), "Draft"),
        (on_demand(), "Active"),
    ];
    for (trigger, expected) in steps {
        let updated = update(trigger).await.unwrap();
        assert_eq!(updated.flow_status().unwrap().as_str(), expected);
    }
    let described = client.describe_flow().flow_name("f1").send().await.unwrap();
    assert_eq!(described.schema_version, Some(1), "no mapping changed");
}

#[tokio::test]
async fn records_come_newest_first_by_pages_that_new_runs_do_not_shift() {
    let (_local, client) = frozen().await;
    flow(&client, "f1", on_demand()).send().await.unwrap();
    let mut ids = Vec::new();
    for _ in 0..5 {
        let started = client.start_flow().flow_name("f1").send().await.unwrap();
        ids.insert(0, started.execution_id.unwrap());
    }
    let mut seen = Vec::new();
    let mut pages = client
        .describe_flow_execution_records()
        .flow_name("f1")
        .into_paginator()
        .page_size(2)
        .send();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        seen.extend(
            page.flow_executions()
                .iter()
                .map(|run| run.execution_id().unwrap().to_owned()),
        );
        client.start_flow().flow_name("f1").send().await.unwrap();
    }
    assert_eq!(seen, ids);
}

#[tokio::test]
async fn client_tokens_replay_for_eight_hours() {
    let (local, client) = frozen().await;
    let create = |name: &str| {
        flow(&client, name, on_demand())
            .client_token("token")
            .send()
    };
    create("f1").await.unwrap();
    create("f1").await.unwrap();
    assert!(create("f2").await.unwrap_err().is_conflict());
    local.clock().advance(8 * HOUR + SECOND);
    assert!(
        create("f1").await.unwrap_err().is_conflict(),
        "the name is taken"
    );
    create("f2").await.unwrap();
}

#[tokio::test]
async fn a_start_is_replayed_by_its_token_and_only_schedules_refuse_another_input() {
    let (_local, client) = frozen().await;
    for (name, trigger) in [
        ("f1", on_demand()),
        ("f2", on_demand()),
        ("s1", every("rate(1hours)")),
    ] {
        flow(&client, name, trigger).send().await.unwrap();
    }
    let start = |name: &str| {
        client
            .start_flow()
            .flow_name(name)
            .client_token("token")
            .send()
    };
    let first = start("f1").await.unwrap().execution_id;
    assert_eq!(start("f1").await.unwrap().execution_id, first);
    assert_eq!(runs(&client, "f1").await.len(), 1);
    assert_ne!(start("f2").await.unwrap().execution_id, first);
    assert!(start("s1").await.unwrap_err().is_conflict());
}
