//! Tests of runs that read from and write to an S3 endpoint.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use common::http::call;
use common::lab::{Lab, flow, map, map_all, task};
use common::program::{Program, client, command};
use common::s3::FakeS3;
use common::s3::lab::S3Lab;
use serde_json::json;
use std::time::{Duration, SystemTime};

#[tokio::test]
async fn records_are_read_processed_and_written() {
    let lab = S3Lab::new().await;
    let csv = "id,country,n\n1,DE,5\n2,FR,7\n3,DE,-1\n";
    lab.write("data/1.csv", csv);
    let json = "{\"id\":\"4\",\"country\":\"FR\",\"n\":\"9\"}\n";
    lab.write("data/2.json", json);
    lab.write("other.csv", "id\n5\n");
    // Consoles mark folders in this way.
    lab.write("data/", "");
    let partition = json!({"ORDERED_PARTITION_KEYS_LIST": "[\"country\"]"});
    let tasks = [
        task(
            "Filter",
            "GREATER_THAN",
            &["n"],
            "",
            json!({"DATA_TYPE": "int", "VALUE": "0"}),
        ),
        map("id", "id"),
        task("Partition", "NO_OP", &[], "", partition),
    ];
    let ran = lab.run(&tasks, json!({"fileType": "CSV"})).await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    let written: Vec<(String, String)> = lab.written(&ran).into_iter().collect();
    let expected = [
        ("flow/country=DE/ID".to_owned(), "id\n1\n".to_owned()),
        ("flow/country=FR/ID".to_owned(), "id\n2\n4\n".to_owned()),
    ];
    assert_eq!(written, expected);
    assert_eq!(ran.result["recordsProcessed"], 4);
    assert_eq!(ran.result["bytesProcessed"], csv.len() + json.len());
    assert_eq!(ran.result["bytesWritten"], 5 + 7);
}

#[tokio::test]
async fn all_pages_of_a_listing_are_read() {
    let lab = S3Lab::new().await;
    for number in 0..10_000 {
        lab.write(&format!("data/{number:05}.csv"), format!("n\n{number}\n"));
    }
    let ran = lab.run(&[map("n", "n")], json!({"fileType": "CSV"})).await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    let text = lab.only(&ran);
    let numbers = text
        .lines()
        .skip(1)
        .map(|line| line.parse::<u32>().unwrap());
    assert!(
        numbers.eq(0..10_000),
        "each object once, in the order of keys"
    );
}

#[tokio::test]
async fn keys_with_any_characters_are_read_and_written() {
    let lab = S3Lab::new().await;
    for key in [
        "data/a b+c%20&d?.csv",
        "data/\u{e9}\u{1f980}.csv",
        "data//x/y.csv",
    ] {
        lab.write(key, format!("key\n{key}\n"));
    }
    let each = json!({"aggregationConfig": {"aggregationType": "None"}});
    let ran = lab.run(&[map_all()], each).await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    assert_eq!(ran.result["recordsProcessed"], 3);
    assert_eq!(lab.written(&ran).len(), 3);
}

#[tokio::test]
async fn large_files_are_uploaded_in_parts_and_equal_those_in_folders() {
    let rows: String = (0..300_000)
        .map(|number| format!("{number},{}\n", "x".repeat(60)))
        .collect();
    let text = format!("n,text\n{rows}");
    let (lab, folders) = (S3Lab::new().await, Lab::new().await);
    lab.write("data.csv", text.clone());
    folders.write("from/data.csv", &text);
    let tasks = [map("text", "text"), map("n", "number")];
    let ran = lab.run(&tasks, json!({"fileType": "CSV"})).await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    let expected = folders.run(&tasks, json!({"fileType": "CSV"})).await;
    assert!(lab.only(&ran) == expected.file());
    assert_eq!(ran.result, expected.result);
    let requests = lab.s3.requests();
    let parts = requests.iter().filter(|line| line.contains("partNumber="));
    assert_eq!(parts.count(), 3, "{requests:?}");
    assert_eq!(lab.s3.store.open_uploads(), 0);
}

#[tokio::test]
async fn failed_records_are_written_to_their_bucket() {
    let sample = tempfile::tempdir().unwrap();
    std::fs::create_dir(sample.path().join("Salesforce")).unwrap();
    let builder = common::lab::builder().sample_data(sample.path());
    let lab = S3Lab::with(builder).await;
    lab.s3.store.create("failed");
    lab.write(
        "data.json",
        "{\"Name\":\"a\"}\n{\"Name\":\n{\"Name\":\"c\"}\n",
    );
    let profile = json!({"connectorProfileName": "crm", "connectorType": "Salesforce", "connectionMode": "Public",
        "connectorProfileConfig": {"connectorProfileProperties": {"Salesforce": {}},
            "connectorProfileCredentials": {"Salesforce": {"accessToken": "x"}}}});
    lab.lab.call("/create-connector-profile", &profile).await;
    let mut wanted = flow("flow", &[map("Name", "Name")], json!({}));
    wanted["destinationFlowConfigList"] = json!([{"connectorType": "Salesforce", "connectorProfileName": "crm",
        "destinationConnectorProperties": {"Salesforce": {"object": "Account",
            "errorHandlingConfig": {"bucketName": "failed", "bucketPrefix": "bad"}}}}]);
    lab.lab.call("/create-flow", &wanted).await;
    let ran = lab.lab.start("flow").await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    assert_eq!(ran.result["errorInfo"]["putFailuresCount"], 1);
    let failed = lab.s3.store.objects("failed");
    let bytes = &failed[&format!("bad/flow/{}", ran.id)];
    assert!(
        String::from_utf8_lossy(bytes).contains("\\\"Name\\\":"),
        "{bytes:?}"
    );
}

#[tokio::test]
async fn incremental_runs_read_each_object_once() {
    let lab = S3Lab::new().await;
    let start = SystemTime::now() - Duration::from_secs(24 * 3600);
    let clock = lab.lab.local.clock();
    clock.freeze();
    clock.set(start);
    let put = |key: &str, number: u32, at: SystemTime| {
        lab.s3
            .store
            .write("from", key, format!("n\n{number}\n"), at);
    };
    put("data/1.csv", 1, start - Duration::from_secs(10));
    let mut wanted = flow("flow", &[map("n", "n")], json!({}));
    wanted["triggerConfig"] = json!({"triggerType": "Scheduled", "triggerProperties": {"Scheduled": {
        "scheduleExpression": "rate(1hours)", "dataPullMode": "Incremental"}}});
    lab.lab.call("/create-flow", &wanted).await;
    let first = lab.lab.start("flow").await;
    assert_eq!(first.result["recordsProcessed"], 1, "{first:?}");
    // After the run, though S3 states the second in which the run started.
    put("data/2.csv", 2, start);
    put("data/3.csv", 3, start + Duration::from_secs(1800));
    clock.advance(Duration::from_secs(3600));
    let second = lab.lab.wait("flow").await;
    assert_eq!(second.result["recordsProcessed"], 2, "{second:?}");
    clock.advance(Duration::from_secs(3600));
    let third = lab.lab.wait("flow").await;
    assert_eq!(third.result["recordsProcessed"], 0, "{third:?}");
}

#[tokio::test]
async fn a_bucket_that_does_not_exist_is_the_same_error_as_without_a_folder() {
    let (lab, folders) = (S3Lab::new().await, Lab::new().await);
    let mut wanted = flow("flow", &[map_all()], json!({}));
    let source = "/sourceFlowConfig/sourceConnectorProperties/S3/bucketName";
    *wanted.pointer_mut(source).unwrap() = json!("absent");
    let mut answers = Vec::new();
    for address in [lab.lab.local.address(), folders.local.address()] {
        answers.push(call(address, "/create-flow", &wanted).await);
    }
    assert_eq!(answers[0], answers[1]);
    let (status, text) = &answers[0];
    assert_eq!(*status, 400);
    assert!(text.contains("The bucket absent does not exist."), "{text}");

    lab.write("data.csv", "n\n1\n");
    let mut wanted = flow("flow", &[map_all()], json!({}));
    let destination = "/destinationFlowConfigList/0/destinationConnectorProperties/S3/bucketName";
    *wanted.pointer_mut(destination).unwrap() = json!("absent");
    let (status, text) = call(lab.lab.local.address(), "/create-flow", &wanted).await;
    assert_eq!(status, 400);
    assert!(text.contains("The bucket absent does not exist."), "{text}");
}

#[tokio::test]
async fn credentials_come_from_the_environment_or_are_those_of_local_servers() {
    let home = tempfile::tempdir().unwrap();
    for (key, variables) in [
        ("test", vec![]),
        (
            "minio",
            vec![
                ("AWS_ACCESS_KEY_ID", "minio"),
                ("AWS_SECRET_ACCESS_KEY", "minio"),
            ],
        ),
        (
            "given",
            vec![(
                "AWS_SHARED_CREDENTIALS_FILE",
                home.path().join("keys").to_str().unwrap(),
            )],
        ),
    ] {
        let s3 = FakeS3::start(&["from", "into"]).await;
        s3.expect_key(key, key);
        s3.store
            .write("from", "data.csv", "n\n1\n", SystemTime::now());
        std::fs::write(
            home.path().join("keys"),
            "[default]\naws_access_key_id = given\naws_secret_access_key = given\n",
        )
        .unwrap();
        let mut program = command();
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("AWS_") {
                program.env_remove(name);
            }
        }
        program
            .env("HOME", home.path().join("empty"))
            .envs(variables);
        let program = Program::spawn(program, &["--s3-endpoint", &s3.url]).await;
        let client = client(&program.url);
        let created = common::flow(&client, "flow", common::on_demand());
        let error = created.send().await.unwrap_err().to_string();
        assert!(
            error.contains("The bucket source does not exist"),
            "{key}: {error}"
        );
        program.kill().await;
    }
}

#[tokio::test]
async fn a_folder_and_an_endpoint_exclude_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let both = common::lab::builder().buckets(folder.path());
    let error = both
        .s3_endpoint("http://127.0.0.1:1")
        .unwrap()
        .start()
        .await;
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("either a folder or an S3 endpoint"),
        "{error}"
    );
    for url in ["127.0.0.1:9000", "s3://bucket", "http://h/?x=y"] {
        let error = common::lab::builder().s3_endpoint(url).err().unwrap();
        assert!(error.to_string().contains("invalid S3 endpoint"), "{error}");
    }
    let output = command()
        .args(["--s3-endpoint", "http://127.0.0.1:1"])
        .env("APPFLOW_LOCAL_BUCKETS", folder.path())
        .stderr(std::process::Stdio::piped())
        .output()
        .await
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && text.contains("cannot be used with"),
        "{text}"
    );
}

#[tokio::test]
async fn a_missing_folder_for_temporary_files_is_named() {
    let output = command()
        .args(["--port", "0", "--s3-endpoint", "http://127.0.0.1:1"])
        .env("TMPDIR", "/absent/tmp")
        .stderr(std::process::Stdio::piped())
        .output()
        .await
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{text}");
    assert!(text.contains("/absent/tmp: "), "{text}");
}
