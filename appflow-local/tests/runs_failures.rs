//! Tests of records that fail: their counts, their messages, and where they are written.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use common::lab::{Lab, files, flow, map, task};
use serde_json::{Value, json};
use std::path::Path;

#[tokio::test]
async fn unreadable_records_are_reported_with_their_position() {
    let broken_rows = [
        (
            "a,b\n1,2\n1\n3,4\n",
            "data: line 3: 1 fields, but the header has 2",
        ),
        (
            "{\"a\":1}\n{\"a\":\n{\"a\":2}\n",
            "data: record 2: not a JSON object",
        ),
    ];
    for (text, expected) in broken_rows {
        let lab = Lab::new().await;
        lab.write("from/data", text);
        let ran = lab.run(&[map("a", "a")], json!({})).await;
        assert_eq!(ran.status, "Successful");
        assert_eq!(ran.file().lines().count(), 2, "the other records are there");
        assert_eq!(ran.result["errorInfo"]["putFailuresCount"], 1);
        assert!(ran.message().contains(expected), "{ran:?}");
    }
    let unreadable: [(&[u8], &str); 6] = [
        (b"a,a\n1,2\n", "data: line 1: duplicate column `a`"),
        (b"a\n\xff\xfe\n", "data: line 2: `a` is not UTF-8"),
        (b"[{\"a\":1},", "data: unterminated array"),
        (b"a,b\n1,\"x\n2,y\n", "data: line 2: unterminated quote"),
        (b"just\n{\"a\":1}\n", ""),
        (b"{\"a\"", "data: record 1: not a JSON object"),
    ];
    for (bytes, expected) in unreadable {
        let lab = Lab::new().await;
        lab.write("from/data", bytes);
        let ran = lab.run(&[map("a", "a")], json!({})).await;
        if expected.is_empty() {
            continue;
        }
        assert_eq!(ran.status, "Error", "{ran:?}");
        assert!(ran.message().contains(expected), "{expected}: {ran:?}");
        assert!(ran.files.is_empty());
    }
}

#[tokio::test]
async fn a_record_without_an_end_does_not_fill_the_memory() {
    let lab = Lab::new().await;
    let mut text = b"a\n\"".to_vec();
    text.resize(40 << 20, b'x');
    lab.write("from/data.csv", text);
    let ran = lab.run(&[map("a", "a")], json!({})).await;
    assert_eq!(ran.status, "Error");
    assert!(ran.message().contains("longer than 16 MB"), "{ran:?}");
}

/// A lab with sample data, where the second of the two records of `data.csv` fails, and its tasks.
async fn failing_lab(sample: &Path) -> (Lab, [Value; 2]) {
    let lab = Lab::with_sample(sample).await;
    lab.write("from/data.csv", "a,b\n4,2\n1,0\n");
    let order = json!({"MATH_OPERATION_FIELDS_ORDER": "a,b"});
    let tasks = [
        task("Arithmetic", "DIVISION", &["a", "b"], "a,b", order),
        map("a,b", "r"),
    ];
    (lab, tasks)
}

/// A flow to Salesforce with this error handling.
fn handled(name: &str, tasks: &[Value], handling: Value) -> Value {
    let mut wanted = flow(name, tasks, json!({}));
    wanted["destinationFlowConfigList"] = json!([{"connectorType": "Salesforce", "connectorProfileName": "crm",
        "destinationConnectorProperties": {"Salesforce": {"object": "Account", "errorHandlingConfig": handling}}}]);
    wanted
}

#[tokio::test]
async fn failed_records_go_where_the_error_handling_says() {
    let sample = tempfile::tempdir().unwrap();
    let (lab, tasks) = failing_lab(sample.path()).await;
    for (name, fails) in [("goes-on", false), ("stops", true)] {
        let handling = json!({"failOnFirstDestinationError": fails, "bucketName": "into", "bucketPrefix": "errors"});
        let wanted = handled(name, &tasks, handling);
        lab.call("/create-flow", &wanted).await;
        let ran = lab.start(name).await;
        assert_eq!(
            ran.status,
            if fails { "Error" } else { "Successful" },
            "{ran:?}"
        );
        let errors = &ran.files[&format!("errors/{name}/ID")];
        let line: Value = serde_json::from_str(errors.trim()).unwrap();
        let record: Value = serde_json::from_str(line["record"].as_str().unwrap()).unwrap();
        assert_eq!(record, json!({"a": "1", "b": "0"}));
        let written = files(sample.path(), &ran.id);
        let key = format!("_written/Salesforce/Account/{name}/ID");
        assert_eq!(written.contains_key(&key), !fails, "{written:?}");
    }
}

#[tokio::test]
async fn each_failed_record_has_its_own_reason() {
    let sample = tempfile::tempdir().unwrap();
    let (lab, tasks) = failing_lab(sample.path()).await;
    lab.write("from/data.csv", "a,b\n1,0\n1,x\n4,2\n3\n");
    let handling = json!({"bucketName": "into", "bucketPrefix": "errors"});
    lab.call("/create-flow", &handled("flow", &tasks, handling))
        .await;
    let ran = lab.start("flow").await;
    let errors: Vec<Value> = ran.files["errors/flow/ID"]
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let expected = [
        (
            "data.csv: cannot calculate a,b",
            "{\"a\":\"1\",\"b\":\"0\"}",
        ),
        ("data.csv: b is not a number", "{\"a\":\"1\",\"b\":\"x\"}"),
        ("data.csv: line 5: 1 fields, but the header has 2", "3"),
    ];
    let expected = expected.map(|(error, record)| json!({"error": error, "record": record}));
    assert_eq!(errors, expected);
    assert!(ran.message().contains("cannot calculate"), "the first one");
}

#[tokio::test]
async fn a_bucket_for_failed_records_that_leads_out_of_its_folder_fails_the_run_before_it_reads() {
    let sample = tempfile::tempdir().unwrap();
    let (lab, tasks) = failing_lab(sample.path()).await;
    lab.write("from/data.csv", "a,b\n4,2\n");
    for (name, bucket, prefix) in [
        ("bucket", "../outside", "errors"),
        ("prefix", "into", "../../errors"),
    ] {
        let handling = json!({"bucketName": bucket, "bucketPrefix": prefix});
        lab.call("/create-flow", &handled(name, &tasks, handling))
            .await;
        let ran = lab.start(name).await;
        assert_eq!(ran.status, "Error", "{ran:?}");
        assert!(ran.message().contains("leads out of its folder"), "{ran:?}");
        assert_eq!(ran.result["recordsProcessed"], 0, "{ran:?}");
    }
}

#[tokio::test]
async fn nothing_is_published_when_failed_records_cannot_be_written() {
    let sample = tempfile::tempdir().unwrap();
    let (lab, tasks) = failing_lab(sample.path()).await;
    // A file in place of the bucket.
    lab.write("errors", "");
    let wanted = handled("flow", &tasks, json!({"bucketName": "errors"}));
    lab.call("/create-flow", &wanted).await;
    let ran = lab.start("flow").await;
    assert_eq!(ran.status, "Error", "{ran:?}");
    assert!(ran.message().contains("cannot write to"), "{ran:?}");
    let written = files(sample.path(), &ran.id);
    assert!(
        !written.keys().any(|key| key.starts_with("_written")),
        "{written:?}"
    );
}
