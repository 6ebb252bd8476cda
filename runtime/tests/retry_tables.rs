//! Compares what is retried with the tables of botocore, which `cargo xtask facts` writes to `data/retries.json`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use http::StatusCode;
use serde_json::Value;
use smithy_reqwest::retry::{ErrorAnswer, FailureKind};

/// The status that only the legacy mode retries. The standard mode and the "Retry behavior" page do not define it.
const LEGACY: [u64; 1] = [509];

fn table() -> Value {
    serde_json::from_str(include_str!("data/retries.json")).unwrap()
}

fn list(name: &str) -> Vec<Value> {
    let list = table()[name].as_array().unwrap().clone();
    assert!(!list.is_empty(), "{name}");
    list
}

fn kind(status: u64, code: Option<&str>) -> FailureKind {
    let answer = ErrorAnswer {
        status: StatusCode::from_u16(status.try_into().unwrap()).unwrap(),
        code,
        modeled: None,
        signed_with_wrong_time: false,
    };
    answer.kind()
}

#[test]
fn codes_that_botocore_takes_for_throttling_are_that_at_any_status() {
    for code in list("throttling_codes") {
        for status in [400, 403, 429, 500, 503] {
            let found = kind(status, code.as_str());
            assert_eq!(found, FailureKind::Throttling, "{code} {status}");
        }
    }
    for status in list("throttling_statuses") {
        let found = kind(status.as_u64().unwrap(), None);
        assert_eq!(found, FailureKind::Throttling, "{status}");
    }
}

#[test]
fn codes_and_statuses_that_botocore_takes_for_transient_are_retried() {
    let throttling = list("throttling_codes");
    for code in list("transient_codes") {
        // One code is in both lists. It means that the last request is still in progress.
        let expected = match throttling.contains(&code) {
            true => FailureKind::Throttling,
            false => FailureKind::Transient,
        };
        assert_eq!(kind(400, code.as_str()), expected, "{code}");
    }
    for status in list("transient_statuses") {
        let found = kind(status.as_u64().unwrap(), None);
        assert_eq!(found, FailureKind::Server, "{status}");
    }
}

#[test]
fn only_the_defined_statuses_are_retried() {
    let definitions = list("definitions");
    for definition in &definitions {
        let status = definition["status"].as_u64().unwrap();
        let retried = kind(status, definition["code"].as_str()).is_retryable();
        assert_eq!(retried, !LEGACY.contains(&status), "{definition}");
    }
    let statuses = [list("transient_statuses"), list("throttling_statuses")].concat();
    for status in 300..600 {
        let expected = statuses.contains(&Value::from(status));
        assert_eq!(kind(status, None).is_retryable(), expected, "{status}");
        assert_eq!(
            kind(status, Some("Odd")).is_retryable(),
            expected,
            "{status}"
        );
    }
}
