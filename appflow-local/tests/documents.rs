//! Random sequences of all operations with valid and mutated documents: every request has a response, and none is a 500.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_local::{AccessKeys, AppFlowLocal, AppFlowOperation};
use common::http::send;
use fastrand::Rng;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, UNIX_EPOCH};

const SEQUENCES: u64 = 60;
const LENGTH: usize = 60;
const HEADERS: &str = "Content-Type: application/json\r\nAuthorization: AWS4-HMAC-SHA256 \
                       Credential=test/20260101/us-east-1/appflow/aws4_request, SignedHeaders=host, Signature=x\r\n";

/// Valid requests: path and document.
fn requests() -> Vec<(String, Value)> {
    serde_json::from_str(include_str!("documents/requests.json")).unwrap()
}

fn odd(random: &mut Rng) -> Value {
    let odd = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(-1e300),
        json!(9e18),
        json!(253_402_300_800_i64),
        json!(""),
        json!(" "),
        json!("f1"),
        json!("f2"),
        json!("crm"),
        json!("own"),
        json!("S3"),
        json!("Salesforce"),
        json!("CustomConnector"),
        json!("OnDemand"),
        json!("Scheduled"),
        json!("rate(1minutes)"),
        json!("rate(99999999999999999999days)"),
        json!("rate(9223372036854775807minutes)"),
        json!("cron(0 0 31 2 ? *)"),
        json!("cron(0 0 ? * 8 *)"),
        json!("at(2026-01-01)"),
        json!("x".repeat(3000)),
        json!("\u{0}\u{7f}\u{1F980}\r\n"),
        json!([]),
        json!({}),
        json!([null, {}, [[]]]),
        json!(vec!["f1"; 101]),
        json!({"S3": {}, "Salesforce": null}),
    ];
    random.choice(odd).unwrap()
}

/// Mutates a document at a random place.
fn spoil(value: &mut Value, random: &mut Rng) {
    match value {
        Value::Object(members) if !members.is_empty() && random.u8(..8) > 0 => {
            let names: Vec<String> = members.keys().cloned().collect();
            let name = random.choice(names).unwrap();
            match random.u8(..12) {
                0 => drop(members.remove(&name)),
                1 => drop(members.insert("unknown".to_owned(), odd(random))),
                _ => spoil(&mut members[&name], random),
            }
        }
        Value::Array(elements) if !elements.is_empty() && random.u8(..6) > 0 => {
            let index = random.usize(..elements.len());
            match random.u8(..6) {
                0 => drop(elements.remove(index)),
                1 => elements.push(odd(random)),
                _ => spoil(&mut elements[index], random),
            }
        }
        other => *other = odd(random),
    }
}

/// Moves the clock by a little, by a lot, or back.
fn move_clock(local: &AppFlowLocal, random: &mut Rng) {
    match random.u8(..12) {
        0 => local.clock().advance(Duration::from_secs(86_400 * 365)),
        1 => local.clock().advance(Duration::from_secs(u64::MAX / 2)),
        2 => local.clock().set(UNIX_EPOCH),
        3 => local.clock().reset(),
        4 => local.clock().freeze(),
        _ => local
            .clock()
            .advance(Duration::from_millis(random.u64(..5_000))),
    }
}

async fn answer(local: &AppFlowLocal, place: &str, body: &str) -> (u16, String) {
    let (method, path) = place.split_once(' ').unwrap_or(("POST", place));
    let path = format!("/{path}");
    let answer = send(local.address(), method, &path, HEADERS, body).await;
    let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok());
    (status.unwrap_or(0), answer)
}

#[tokio::test]
async fn no_sequence_of_documents_is_left_without_a_response_or_gets_a_500() {
    let requests = requests();
    let creates = |(place, _): &&(String, Value)| {
        place.starts_with("create") || place.starts_with("register")
    };
    let creating: Vec<_> = requests.iter().filter(creates).cloned().collect();
    let mut statuses = BTreeMap::<u16, usize>::new();
    for seed in 0..SEQUENCES {
        let mut random = Rng::with_seed(seed);
        let builder = AppFlowLocal::builder().access_keys(AccessKeys::any());
        let local = builder.start().await.unwrap();
        for number in 0..LENGTH {
            // First what creates something; most of it stays right, so that there is a state to meet.
            let among = if number < 10 { &creating } else { &requests };
            let (place, mut document) = among[random.usize(..among.len())].clone();
            for _ in 0..random.u8(..5).saturating_sub(2) {
                spoil(&mut document, &mut random);
            }
            let body = document.to_string();
            let (status, answer) = answer(&local, &place, &body).await;
            assert!(
                (200..500).contains(&status),
                "seed {seed}, request {number}: {place} {body}\n{answer}"
            );
            *statuses.entry(status).or_default() += 1;
            if random.u8(..4) == 0 {
                move_clock(&local, &mut random);
            }
        }
        let snapshot = local.snapshot();
        local.restore(snapshot).await.unwrap();
    }
    println!("{statuses:?}");
    for expected in [200, 400, 404, 409] {
        let found = statuses.get(&expected).copied().unwrap_or_default();
        assert!(found > 50, "{expected} is rare: {statuses:?}");
    }
}

#[tokio::test]
async fn the_good_requests_are_good_and_of_all_operations() {
    let seen = std::sync::Arc::new(std::sync::Mutex::new(BTreeSet::new()));
    let sink = seen.clone();
    let local = AppFlowLocal::builder()
        .access_keys(AccessKeys::any())
        .log(move |line| {
            let name = line.split(' ').nth(2).unwrap_or_default();
            sink.lock().unwrap().insert(name.to_owned());
        })
        .start()
        .await
        .unwrap();
    for (place, document) in requests() {
        let (status, answer) = answer(&local, &place, &document.to_string()).await;
        // Some come too early or too late: there is nothing, or something in the way.
        assert!(
            [200, 404, 409].contains(&status)
                || answer.contains("The next token is not valid")
                || place.contains("profile%2F"),
            "{place} {document}\n{answer}"
        );
    }
    assert_eq!(seen.lock().unwrap().len(), AppFlowOperation::ALL.len());
}
