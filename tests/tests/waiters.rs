//! Tests of AppFlow's waiters, with set responses and a clock that does not wait.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

use appflow_sdk::config::{Config, Credentials, Region, RetrySettings};
use appflow_sdk::types::ExecutionStatus;
use appflow_sdk::{Client, Error};
use serde_json::{Value as Json, json};
use smithy_reqwest::http::{Body, BoxFuture, Request, Response, Transport, TransportError};
use smithy_reqwest::waiter::WaiterError;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;

const MINUTE: Duration = Duration::from_secs(60);

/// A transport that sends responses in order, and repeats the last one.
#[derive(Clone, Debug)]
struct Answers(Arc<Mutex<VecDeque<(u16, Json)>>>);

impl Transport for Answers {
    fn send(&self, _: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let mut answers = self.0.lock().unwrap();
        let (status, document) = match answers.len() {
            1 => answers[0].clone(),
            _ => answers.pop_front().unwrap(),
        };
        let mut response = Response::new(Body::from_bytes(document.to_string()));
        *response.status_mut() = status.try_into().unwrap();
        // How many answers are left, in place of an id.
        let headers = response.headers_mut();
        headers.insert("x-amzn-requestid", answers.len().into());
        Box::pin(async { Ok(response) })
    }
}

fn client(answers: impl IntoIterator<Item = (u16, Json)>) -> Client {
    let config = Config::builder()
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new(
            "AKIDEXAMPLE",
            "secret",
            None,
            None,
            "test",
        ))
        .retry_config(RetrySettings::off())
        .transport(Answers(Arc::new(Mutex::new(answers.into_iter().collect()))))
        .build();
    Client::from_conf(config)
}

fn flow(status: &str) -> (u16, Json) {
    (200, json!({"flowName": "f", "flowStatus": status}))
}

fn not_found() -> (u16, Json) {
    (
        404,
        json!({"__type": "ResourceNotFoundException", "message": "no such flow"}),
    )
}

#[tokio::test(start_paused = true)]
async fn a_flow_is_waited_for_until_it_is_active() {
    let client = client([flow("Draft"), flow("Draft"), flow("Active")]);
    let started = Instant::now();
    let poll = client
        .wait_until_flow_active()
        .flow_name("f")
        .wait(MINUTE)
        .await
        .unwrap();
    assert_eq!(poll.polls(), 3);
    assert_eq!(poll.waited(), started.elapsed());
    assert!(poll.waited() >= Duration::from_secs(4) && poll.waited() <= Duration::from_secs(6));
    assert_eq!(poll.into_result().unwrap().flow_name(), Some("f"));
}

#[tokio::test(start_paused = true)]
async fn a_state_that_is_final_ends_the_wait_at_once_with_the_response() {
    let client = client([flow("Draft"), flow("Errored")]);
    let error = client
        .wait_until_flow_active()
        .flow_name("f")
        .wait(MINUTE)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "waiting for FlowActive: reached a failure state: `flowStatus` is `Errored` (2 calls in 2.0s)"
    );
    assert_eq!((error.waiter(), error.polls()), ("FlowActive", 2));
    assert!(matches!(&error, WaiterError::FailureState(_)));
    assert_eq!(error.last_output().unwrap().flow_name(), Some("f"));
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_when_the_time_is_over_and_gives_the_last_response() {
    let client = client([flow("Suspended")]);
    let started = Instant::now();
    let error = client
        .wait_until_flow_active()
        .flow_name("f")
        .wait(MINUTE)
        .await
        .unwrap_err();
    assert!(started.elapsed() <= MINUTE, "{:?}", started.elapsed());
    assert!(started.elapsed() >= MINUTE - Duration::from_secs(2));
    assert!(
        error
            .to_string()
            .starts_with("waiting for FlowActive: timed out after 60s (")
    );
    assert!(error.polls() > 4, "{}", error.polls());
    let WaiterError::ExceededMaxWait(error) = error else {
        panic!("{error}")
    };
    assert_eq!(
        error
            .into_final_poll()
            .into_result()
            .unwrap()
            .flow_status()
            .unwrap()
            .as_str(),
        "Suspended"
    );
}

#[tokio::test(start_paused = true)]
async fn an_error_is_what_a_waiter_waits_for_or_the_end() {
    let deleted = client([flow("Active"), not_found()]);
    let poll = deleted
        .wait_until_flow_deleted()
        .flow_name("f")
        .wait(MINUTE)
        .await
        .unwrap();
    assert!(poll.as_result().unwrap_err().is_not_found());

    let missing = client([not_found()]);
    let error = missing
        .wait_until_flow_active()
        .flow_name("f")
        .wait(MINUTE)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "waiting for FlowActive: the call failed (1 call): DescribeFlow: ResourceNotFoundException (404): no such flow [request id 1, attempt 1 of 1]"
    );
    assert!(matches!(&error, WaiterError::OperationFailed(_)));
    let source = std::error::Error::source(&error).unwrap();
    assert!(source.downcast_ref::<Error>().unwrap().is_not_found());
}

#[tokio::test(start_paused = true)]
async fn the_last_run_of_a_flow_is_waited_for() {
    let run = |status| {
        (
            200,
            json!({"lastRunExecutionDetails": {"mostRecentExecutionStatus": status}}),
        )
    };
    let never_run = (200, json!({}));
    let done = client([never_run, run("InProgress"), run("Successful")]);
    let poll = done
        .wait_until_flow_run_finished()
        .flow_name("f")
        .wait(MINUTE)
        .await
        .unwrap();
    assert_eq!(poll.polls(), 3);
    for status in ["Error", "Canceled"] {
        let failed = client([run("InProgress"), run(status)]);
        let error = failed
            .wait_until_flow_run_finished()
            .flow_name("f")
            .wait(MINUTE)
            .await
            .unwrap_err();
        assert!(matches!(error, WaiterError::FailureState(_)), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn private_connections_of_all_profiles_are_waited_for() {
    let profiles = |statuses: &[&str]| {
        let state = |status| json!({"privateConnectionProvisioningState": {"status": status}});
        let profiles: Vec<Json> = statuses.iter().map(state).collect();
        (200, json!({"connectorProfileDetails": profiles}))
    };
    let wait = |answers: Vec<(u16, Json)>| async move {
        let client = client(answers);
        let waiter = client.wait_until_connector_profile_private_connection_ready();
        waiter.connector_profile_names("p").wait(MINUTE).await
    };
    let ready = wait(vec![
        profiles(&[]),
        profiles(&["PENDING", "CREATED"]),
        profiles(&["CREATED", "CREATED"]),
    ]);
    assert_eq!(ready.await.unwrap().polls(), 3);
    let failed = wait(vec![profiles(&["CREATED", "FAILED"])])
        .await
        .unwrap_err();
    assert!(matches!(failed, WaiterError::FailureState(_)), "{failed}");
}

fn records(runs: &[(&str, &str)], next: Option<&str>) -> (u16, Json) {
    let record =
        |(id, status): &(&str, &str)| json!({"executionId": id, "executionStatus": status});
    let runs: Vec<Json> = runs.iter().map(record).collect();
    (200, json!({"flowExecutions": runs, "nextToken": next}))
}

#[tokio::test(start_paused = true)]
async fn a_certain_run_is_waited_for_over_pages_and_before_it_has_a_record() {
    let client = client([
        records(&[], None),
        records(&[("other", "Successful")], Some("2")),
        records(&[("mine", "InProgress")], None),
        records(&[("other", "Error")], Some("2")),
        records(&[("mine", "Successful")], None),
    ]);
    let record = client.wait_for_run("f", "mine", MINUTE).await.unwrap();
    assert_eq!(record.execution_id(), Some("mine"));
    assert_eq!(
        record.execution_status(),
        Some(&ExecutionStatus::Successful)
    );
}

#[tokio::test(start_paused = true)]
async fn a_run_that_failed_or_never_ends_is_an_error_with_its_record() {
    for status in ["Error", "Canceled"] {
        let error = client([records(&[("mine", status)], None)])
            .wait_for_run("f", "mine", MINUTE)
            .await
            .unwrap_err();
        assert!(matches!(error, WaiterError::FailureState(_)), "{error}");
        assert_eq!(
            error
                .last_output()
                .unwrap()
                .execution_status()
                .unwrap()
                .as_str(),
            status
        );
    }
    let error = client([records(&[], None)])
        .wait_for_run("f", "mine", MINUTE)
        .await
        .unwrap_err();
    assert!(matches!(error, WaiterError::ExceededMaxWait(_)), "{error}");
    let error = client([not_found()])
        .wait_for_run("f", "mine", MINUTE)
        .await
        .unwrap_err();
    assert!(error.last_error().unwrap().is_not_found(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_wait_shows_each_record_and_fails_with_what_the_run_said() {
    let failed = json!({"flowExecutions": [{
        "executionId": "mine",
        "executionStatus": "Error",
        "executionResult": {"errorInfo": {"executionMessage": "no such bucket\u{1b}[2J"}},
    }]});
    let client = client([
        records(&[], None),
        records(&[("mine", "InProgress")], None),
        (200, failed),
    ]);
    let mut seen = Vec::new();
    let wait = client.wait_for_run_with("f", "mine", MINUTE, |record| {
        let status = record.execution_status();
        seen.push(status.map(|status| status.as_str().to_owned()));
    });
    let error = wait.await.unwrap_err();
    let seen: Vec<_> = seen.iter().map(Option::as_deref).collect();
    assert_eq!(seen, [None, Some("InProgress"), Some("Error")]);
    let text = error.to_string();
    assert!(
        text.contains("reached a failure state: the run ended with an error: no such bucket"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'), "{text:?}");
    let WaiterError::FailureState(state) = error else {
        panic!("{error}");
    };
    assert_eq!(state.detail(), Some("no such bucket\u{1b}[2J"));
}

#[tokio::test(start_paused = true)]
async fn equal_outputs_are_equal_regardless_of_their_request_ids() {
    let client = client([flow("Active"), flow("Active"), flow("Draft")]);
    let describe = || client.describe_flow().flow_name("f").send();
    let (one, other) = (describe().await.unwrap(), describe().await.unwrap());
    assert_ne!(one.request_id(), other.request_id());
    assert_eq!(one, other);
    assert_ne!(one, describe().await.unwrap());
}
