//! Tests of runs on an S3 endpoint that fails, stalls or is gone: a clear error, and no part of a file.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_local::Settings;
use common::http::call;
use common::lab::{builder, flow, map, map_all};
use common::program::{Program, command};
use common::s3::lab::S3Lab;
use common::s3::{FakeS3, Trouble};
use http::Method;
use http::request::Parts;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// Returns a lab whose endpoint must respond within a time.
async fn lab(timeout: Duration) -> S3Lab {
    let settings = Settings {
        run_duration: Duration::ZERO,
        cancel_duration: Duration::ZERO,
        s3_timeout: timeout,
        ..Settings::default()
    };
    S3Lab::with(builder().settings(settings)).await
}

fn rows(count: u32) -> String {
    let rows = (0..count).map(|number| format!("{number},{}\n", "x".repeat(100)));
    format!("n,name\n{}", rows.collect::<String>())
}

/// Returns a behavior with a trouble for the first requests that match.
fn first(
    count: usize,
    trouble: Trouble,
    is_meant: impl Fn(&Parts) -> bool + Send + Sync + 'static,
) -> impl Fn(&Parts) -> Option<Trouble> + Send + Sync + 'static {
    let seen = AtomicUsize::new(0);
    move |head| (is_meant(head) && seen.fetch_add(1, Ordering::Relaxed) < count).then_some(trouble)
}

fn is_object(head: &Parts) -> bool {
    head.method == Method::GET && head.uri.path().contains("data")
}

fn is_part(head: &Parts) -> bool {
    let query = head.uri.query().unwrap_or_default();
    head.method == Method::PUT && query.contains("partNumber=")
}

#[tokio::test]
async fn errors_that_pass_are_retried() {
    let lab = lab(Duration::from_secs(20)).await;
    lab.write("data.csv", rows(100_000));
    for (count, trouble) in [(2, Trouble::Status(503)), (1, Trouble::HalfBody)] {
        lab.s3.behave(first(count, trouble, is_object));
        lab.lab
            .call(
                "/create-flow",
                &flow("flow", &[map("n", "n")], json!({"fileType": "CSV"})),
            )
            .await;
        let ran = lab.lab.start("flow").await;
        assert_eq!(ran.status, "Successful", "{trouble:?} {ran:?}");
        assert_eq!(ran.result["recordsProcessed"], 100_000);
        let text = lab.s3.store.objects("into")[&format!("flow/{}", ran.id)].clone();
        let text = String::from_utf8(text.to_vec()).unwrap();
        let numbers = text
            .lines()
            .skip(1)
            .map(|line| line.parse::<u32>().unwrap());
        assert!(
            numbers.eq(0..100_000),
            "{trouble:?}: no row is lost or doubled"
        );
        lab.lab
            .call("/delete-flow", &json!({"flowName": "flow"}))
            .await;
    }
}

#[tokio::test]
async fn an_object_that_stalls_is_requested_again_and_in_the_end_an_error() {
    let lab = lab(Duration::from_millis(300)).await;
    lab.write("data.csv", rows(1000));
    lab.s3.behave(first(1, Trouble::Stall, is_object));
    let ran = lab.run(&[map("n", "n")], json!({"fileType": "CSV"})).await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    assert_eq!(lab.only(&ran).lines().count(), 1001);
    let requests = lab.s3.requests();
    let read = requests.iter().filter(|line| line.contains("/data"));
    assert_eq!(read.count(), 2, "{requests:?}");

    lab.s3
        .behave(|head| is_object(head).then_some(Trouble::Silence));
    let started = Instant::now();
    let ran = lab.lab.start("flow").await;
    assert_eq!(ran.status, "Error", "{ran:?}");
    assert!(ran.message().contains("data.csv: GetObject: "), "{ran:?}");
    assert!(ran.message().contains("[attempt 3 of 3]"), "{ran:?}");
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn an_object_that_changes_while_it_is_read_fails_the_run() {
    let lab = lab(Duration::from_secs(5)).await;
    lab.write("data.csv", rows(50_000));
    let store = lab.s3.store.clone();
    let seen = AtomicUsize::new(0);
    lab.s3.behave(move |head| {
        let is_first = is_object(head) && seen.fetch_add(1, Ordering::Relaxed) == 0;
        if is_object(head) && !is_first {
            store.write("from", "data.csv", "n,name\n1,a\n", SystemTime::now());
        }
        is_first.then_some(Trouble::HalfBody)
    });
    let ran = lab.run(&[map("n", "n")], json!({"fileType": "CSV"})).await;
    assert_eq!(ran.status, "Error", "{ran:?}");
    assert!(ran.message().contains("PreconditionFailed"), "{ran:?}");
    assert!(lab.written(&ran).is_empty());
}

#[tokio::test]
async fn a_rest_that_does_not_continue_the_object_fails_the_run() {
    for (trouble, expected) in [
        (
            Trouble::WholeObject,
            "data.csv: GetObject: the rest does not begin at byte ",
        ),
        (
            Trouble::AnyVersion,
            "data.csv: GetObject: the object changed while it was read",
        ),
    ] {
        let lab = lab(Duration::from_secs(5)).await;
        lab.write("data.csv", rows(50_000));
        let store = lab.s3.store.clone();
        let seen = AtomicUsize::new(0);
        lab.s3.behave(move |head| {
            let number = is_object(head).then(|| seen.fetch_add(1, Ordering::Relaxed))?;
            if number == 0 {
                return Some(Trouble::HalfBody);
            }
            if trouble == Trouble::AnyVersion {
                store.write("from", "data.csv", rows(50_000), SystemTime::now());
            }
            Some(trouble)
        });
        let ran = lab.run(&[map("n", "n")], json!({"fileType": "CSV"})).await;
        assert_eq!(ran.status, "Error", "{ran:?}");
        assert!(ran.message().contains(expected), "{ran:?}");
        assert!(lab.written(&ran).is_empty());
    }
}

#[tokio::test]
async fn an_upload_that_fails_is_aborted_and_the_other_files_of_the_run_are_removed() {
    let lab = lab(Duration::from_secs(5)).await;
    lab.write("data/1.csv", "n,name\n1,a\n");
    lab.write("data/2.csv", rows(120_000));
    lab.s3.behave(|head| {
        let query = head.uri.query().unwrap_or_default();
        (is_part(head) && query.contains("partNumber=2")).then_some(Trouble::Status(500))
    });
    let each = json!({"fileType": "CSV", "aggregationConfig": {"aggregationType": "None"}});
    let ran = lab.run(&[map_all()], each).await;
    assert_eq!(ran.status, "Error", "{ran:?}");
    let expected = "cannot write to the bucket into: UploadPart: ";
    assert!(ran.message().contains(expected), "{ran:?}");
    assert_eq!(ran.result["bytesWritten"], 0);
    assert!(lab.written(&ran).is_empty(), "no file of the run stays");
    assert_eq!(lab.s3.store.open_uploads(), 0);
    lab.s3.behave(|_| None);
    let ran = lab.lab.start("flow").await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    assert_eq!(lab.written(&ran).len(), 2);
}

#[tokio::test]
async fn a_run_that_is_canceled_during_an_upload_keeps_complete_files_only() {
    let lab = lab(Duration::from_secs(60)).await;
    lab.write("data/1.csv", "n,name\n1,a\n");
    lab.write("data/2.csv", rows(120_000));
    // The second part never arrives.
    lab.s3.behave(|head| {
        let query = head.uri.query().unwrap_or_default();
        (is_part(head) && query.contains("partNumber=2")).then_some(Trouble::Silence)
    });
    let each = json!({"fileType": "CSV", "aggregationConfig": {"aggregationType": "None"}});
    let wanted = flow("flow", &[map_all()], each);
    lab.lab.call("/create-flow", &wanted).await;
    let is_second = |s3: &FakeS3| {
        let requests = s3.requests();
        requests.iter().any(|line| line.contains("partNumber=2"))
    };
    let ran = lab.cancel_when(is_second).await;
    assert_eq!(ran.status, "Canceled", "{ran:?}");
    let written = lab.written(&ran);
    assert_eq!(written.keys().collect::<Vec<_>>(), ["flow/ID-1"]);
    assert_eq!(ran.result["bytesWritten"], written["flow/ID-1"].len());
    assert_eq!(lab.s3.store.open_uploads(), 0);
}

#[tokio::test]
async fn a_run_that_is_canceled_while_it_reads_writes_what_it_has_read() {
    let lab = lab(Duration::from_secs(60)).await;
    lab.write("data/1.csv", "n\n1\n");
    lab.write("data/2.csv", "n\n2\n");
    lab.s3.behave(|head| {
        head.uri
            .path()
            .contains("2.csv")
            .then_some(Trouble::Silence)
    });
    let wanted = flow("flow", &[map_all()], json!({"fileType": "CSV"}));
    lab.lab.call("/create-flow", &wanted).await;
    let is_second = |s3: &FakeS3| s3.requests().iter().any(|line| line.contains("2.csv"));
    let ran = lab.cancel_when(is_second).await;
    assert_eq!(ran.status, "Canceled", "{ran:?}");
    assert_eq!(lab.only(&ran), "n\n1\n");
}

#[tokio::test]
async fn an_endpoint_that_is_gone_is_a_clear_error_of_calls() {
    let local = builder().s3_endpoint("http://127.0.0.1:1").unwrap();
    let local = local.start().await.unwrap();
    let wanted = flow("flow", &[map_all()], json!({}));
    let (status, text) = call(local.address(), "/create-flow", &wanted).await;
    assert_eq!(status, 400, "{text}");
    assert!(
        text.contains("cannot read the bucket from: ListObjectsV2: "),
        "{text}"
    );
}

/// Kills the program at any time: objects are whole, and finished runs stay finished.
#[tokio::test]
async fn no_kill_leaves_half_an_object() {
    let times = std::env::var("APPFLOW_KILLS").ok();
    let times: u64 = times.and_then(|times| times.parse().ok()).unwrap_or(12);
    let s3 = FakeS3::start(&["source", "target"]).await;
    let count = 100_000;
    s3.store
        .write("source", "in.csv", rows(count), SystemTime::now());
    let data = tempfile::tempdir().unwrap();
    let temporary = tempfile::tempdir().unwrap();
    let start = async || {
        let mut program = command();
        program.env("TMPDIR", temporary.path());
        let data = data.path().to_str().unwrap();
        let options = [
            "--run-duration",
            "0",
            "--data-dir",
            data,
            "--s3-endpoint",
            &s3.url,
        ];
        Program::spawn(program, &options).await
    };
    for time in 0..times {
        let program = start().await;
        let client = program.client();
        if time == 0 {
            let wanted = common::flow(&client, "flow", common::on_demand());
            wanted.send().await.unwrap();
        }
        client.start_flow().flow_name("flow").send().await.unwrap();
        // At any time from the start of the run to after its end.
        tokio::time::sleep(Duration::from_millis(fastrand::u64(..1500))).await;
        program.kill().await;
    }
    let program = start().await;
    let objects = s3.store.objects("target");
    for (key, bytes) in &objects {
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(lines, count as usize, "{key} is not whole");
    }
    let mut statuses = BTreeMap::<String, usize>::new();
    for run in common::runs(&program.client(), "flow").await {
        let status = run.execution_status().unwrap().to_string();
        let key = format!("flow/{}", run.execution_id().unwrap());
        if status == "Successful" {
            assert!(
                objects.contains_key(&key),
                "{key} was reported as successful"
            );
        }
        *statuses.entry(status).or_default() += 1;
    }
    eprintln!(
        "{times} kills: {} whole objects, runs: {statuses:?}",
        objects.len()
    );
    let staged = std::fs::read_dir(temporary.path()).unwrap().count();
    assert_eq!(staged, 1, "only the folder of the living program");
    program.kill().await;
}
