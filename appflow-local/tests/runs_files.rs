//! Tests of the files of runs: names, folders, formats and sizes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use common::http::call;
use common::lab::{Lab, Ran, builder, files, flow, map, map_all, task};
use serde_json::{Value, json};

fn keys(ran: &Ran) -> Vec<&str> {
    ran.files.keys().map(String::as_str).collect()
}

#[tokio::test]
async fn files_lie_where_the_prefix_configuration_says() {
    let noon = std::time::Duration::from_secs(1_767_270_000); // 2026-01-01T12:20:00Z
    let table = [
        (json!({}), "flow/ID"),
        (
            json!({"prefixConfig": {"prefixType": "PATH", "prefixFormat": "HOUR"}}),
            "flow/2026/01/01/12/ID",
        ),
        (
            json!({"prefixConfig": {"prefixType": "FILENAME", "prefixFormat": "DAY"}}),
            "flow/2026-01-01-ID",
        ),
        (
            json!({"prefixConfig": {"pathPrefixHierarchy": ["EXECUTION_ID", "SCHEMA_VERSION"]}}),
            "flow/ID/1/ID",
        ),
    ];
    for (output, expected) in table {
        let lab = Lab::new().await;
        lab.local.clock().freeze();
        lab.local.clock().set(std::time::UNIX_EPOCH + noon);
        lab.write("from/data.csv", "a\n1\n");
        let ran = lab.run(&[map_all()], output.clone()).await;
        assert_eq!(keys(&ran), [expected], "{output}");
        assert_eq!(ran.file(), "{\"a\":\"1\"}\n");
    }
}

#[tokio::test]
async fn objects_become_a_file_each_or_all_together_one() {
    let three = async |aggregation: Value| {
        let lab = Lab::new().await;
        for number in 1..=3 {
            lab.write(&format!("from/data/{number}.csv"), format!("a\n{number}\n"));
        }
        lab.write("from/other.csv", "a\n4\n");
        let ran = lab
            .run(&[map_all()], json!({"aggregationConfig": aggregation}))
            .await;
        ran.files.into_iter().collect::<Vec<_>>()
    };
    let line = |number: u32| format!("{{\"a\":\"{number}\"}}\n");
    let all = [("flow/ID".to_owned(), line(1) + &line(2) + &line(3))];
    assert_eq!(three(json!({"aggregationType": "SingleFile"})).await, all);
    assert_eq!(three(json!({})).await, all);
    let each = [1, 2, 3].map(|number| (format!("flow/ID-{number}"), line(number)));
    assert_eq!(three(json!({"aggregationType": "None"})).await, each);
}

#[tokio::test]
async fn files_of_a_target_size_follow_one_another_and_lose_nothing() {
    let lab = Lab::new().await;
    let rows: String = (0..60_000)
        .map(|number| format!("{number},{}\n", "x".repeat(50)))
        .collect();
    lab.write("from/data.csv", format!("n,text\n{rows}"));
    let output = json!({"fileType": "CSV", "aggregationConfig": {"aggregationType": "None", "targetFileSize": 1}});
    let ran = lab.run(&[map_all()], output).await;
    assert_eq!(ran.files.len(), 4, "{:?}", keys(&ran));
    let mut numbers = Vec::new();
    for position in 1..=4 {
        let file = &ran.files[&format!("flow/ID-{position}")];
        assert!(file.len() < 1_300_000 && file.starts_with("n,text\n"));
        numbers.extend(
            file.lines()
                .skip(1)
                .map(|line| line.split(',').next().unwrap().parse::<u32>().unwrap()),
        );
    }
    assert!(
        numbers.into_iter().eq(0..60_000),
        "all rows, in their order"
    );
    let written: usize = ran.files.values().map(String::len).sum();
    assert_eq!(ran.result["bytesWritten"], written);
    let read = std::fs::metadata(lab.path("from/data.csv")).unwrap().len();
    assert_eq!(ran.result["bytesProcessed"], read);
    assert_eq!(ran.result["recordsProcessed"], 60_000);
}

#[tokio::test]
async fn records_are_sorted_into_partitions() {
    let lab = Lab::new().await;
    lab.write(
        "from/data.csv",
        "country,year,n\nDE,2025,1\nFR,2025,2\nDE,2026,3\n,../x,4\nDE,2025,5\n",
    );
    let partition = task(
        "Partition",
        "NO_OP",
        &[],
        "",
        json!({"ORDERED_PARTITION_KEYS_LIST": "[\"country\", \"year\"]"}),
    );
    let tasks = [map("country", "country"), map("n", "n"), partition];
    let ran = lab.run(&tasks, json!({"fileType": "CSV"})).await;
    let expected = [
        ("flow/country=DE/year=2025/ID", "country,n\nDE,1\nDE,5\n"),
        ("flow/country=DE/year=2026/ID", "country,n\nDE,3\n"),
        ("flow/country=FR/year=2025/ID", "country,n\nFR,2\n"),
        (
            "flow/country=__HIVE_DEFAULT_PARTITION__/year=..%2Fx/ID",
            "country,n\n,4\n",
        ),
    ];
    let mut found: Vec<(&str, &str)> = ran
        .files
        .iter()
        .map(|(key, text)| (key.as_str(), text.as_str()))
        .collect();
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn more_partitions_than_open_files_lose_nothing() {
    let lab = Lab::new().await;
    let rows: String = (0..3000)
        .map(|number| format!("{{\"k\":{},\"n\":{number}}}\n", number % 150))
        .collect();
    lab.write("from/data.jsonl", rows);
    let partition = task("Partition", "NO_OP", &["k"], "", json!({}));
    // Map_all to CSV has its columns from the records, so these are written twice.
    for (name, tasks) in [
        ("known", vec![map("n", "n"), partition.clone()]),
        ("gathered", vec![map_all(), partition]),
    ] {
        lab.call(
            "/create-flow",
            &flow(name, &tasks, json!({"fileType": "CSV"})),
        )
        .await;
        let ran = lab.start(name).await;
        assert_eq!(ran.status, "Successful", "{:?}", ran.result);
        let of_this = ran
            .files
            .iter()
            .filter(|(key, _)| key.starts_with(&format!("{name}/")));
        let (mut files, mut rows) = (0, 0);
        for (key, text) in of_this {
            files += 1;
            rows += text.lines().count() - 1;
            let key = key.split('/').nth(1).unwrap().trim_start_matches("k=");
            let first: u32 = text
                .lines()
                .nth(1)
                .unwrap()
                .rsplit(',')
                .next()
                .unwrap()
                .parse()
                .unwrap();
            assert_eq!(key.parse::<u32>().unwrap(), first % 150);
        }
        assert_eq!((files, rows), (150, 3000), "{name}");
    }
}

#[tokio::test]
async fn csv_is_read_and_written_as_others_do() {
    let lab = Lab::new().await;
    let csv = "\u{feff}name,note\r\n\"Smith, J\",\"says \"\"hi\"\"\"\r\n\"two\nlines\",\u{e9}\u{1F980}\r\n\r\nlast,";
    lab.write("from/data.csv", csv);
    let ran = lab.run(&[map_all()], json!({"fileType": "CSV"})).await;
    let expected =
        "name,note\n\"Smith, J\",\"says \"\"hi\"\"\"\n\"two\nlines\",\u{e9}\u{1F980}\nlast,\n";
    assert_eq!(ran.file(), expected);
}

#[tokio::test]
async fn records_with_other_columns_share_one_header() {
    let lab = Lab::new().await;
    lab.write("from/data/1.csv", "a,b\n1,2\n");
    lab.write("from/data/2.json", "[{\"b\": 3, \"c\": {\"x\": 1}}]");
    lab.write("from/data/3.json", "");
    let output = json!({"fileType": "CSV", "aggregationConfig": {"aggregationType": "SingleFile"}});
    let ran = lab.run(&[map_all()], output).await;
    assert_eq!(ran.file(), "a,b,c\n1,2,\n,3,\"{\"\"x\"\":1}\"\n");
}

#[tokio::test]
async fn nested_values_over_several_lines_stay_in_one_record() {
    let lab = Lab::new().await;
    let record = "{\n \"id\": 1,\n \"tags\": [\n  \"a b\",\n  {}\n ]\n}\n";
    lab.write("from/data.json", record.repeat(2));
    let line = "{\"id\":1,\"tags\":[\"a b\",{}]}\n";
    let ran = lab.run(&[map_all()], json!({})).await;
    assert_eq!(ran.file(), line.repeat(2));
    let formats = match cfg!(feature = "parquet") {
        true => ["CSV", "PARQUET"].as_slice(),
        false => &["CSV"],
    };
    for format in formats {
        let wanted = flow(format, &[map_all()], json!({"fileType": format}));
        lab.call("/create-flow", &wanted).await;
        let ran = lab.start(format).await;
        assert_eq!(ran.status, "Successful", "{format}: {ran:?}");
        assert_eq!(ran.result["recordsProcessed"], 2, "{format}");
        let row = "1,\"[\"\"a b\"\",{}]\"\n".repeat(2);
        let key = format!("{format}/ID");
        let is_right = *format != "CSV" || ran.files[&key] == format!("id,tags\n{row}");
        assert!(is_right, "{ran:?}");
    }
}

#[tokio::test]
async fn an_empty_prefix_is_rejected_and_fails_a_run_later() {
    let lab = Lab::new().await;
    let wanted = flow("flow", &[map_all()], json!({}));
    let (status, answer) = call(lab.local.address(), "/create-flow", &wanted).await;
    assert_eq!(status, 400, "{answer}");
    assert!(
        answer.contains("The bucket from has no objects"),
        "{answer}"
    );
    lab.write("from/data.csv", "a\n");
    let ran = lab.run(&[map_all()], json!({})).await;
    assert_eq!(
        (ran.status.as_str(), ran.files.len()),
        ("Successful", 0),
        "no record, no file"
    );
    std::fs::remove_file(lab.path("from/data.csv")).unwrap();
    let ran = lab.start("flow").await;
    assert_eq!(ran.status, "Error");
    assert!(ran.message().contains("has no objects"), "{ran:?}");
}

#[tokio::test]
async fn keys_and_names_lead_out_of_no_folder() {
    let lab = Lab::new().await;
    lab.write("from/data.csv", "a\n1\n");
    std::fs::write(lab.path("secret"), "x").unwrap();
    let mut wanted = flow("flow", &[map_all()], json!({}));
    let target = "/destinationFlowConfigList/0/destinationConnectorProperties/S3/bucketPrefix";
    *wanted
        .pointer_mut("/destinationFlowConfigList/0/destinationConnectorProperties/S3")
        .unwrap() = json!({"bucketName": "into", "bucketPrefix": "../../outside"});
    assert_eq!(wanted.pointer(target).unwrap(), "../../outside");
    lab.call("/create-flow", &wanted).await;
    let ran = lab.start("flow").await;
    assert_eq!(ran.status, "Error");
    assert!(ran.message().contains("leads out of its folder"), "{ran:?}");
    assert!(!lab.path("../outside").exists());
    let source = wanted
        .pointer_mut("/sourceFlowConfig/sourceConnectorProperties/S3")
        .unwrap();
    *source = json!({"bucketName": "from/..", "bucketPrefix": "secret"});
    wanted["flowName"] = json!("other");
    let (status, answer) = call(lab.local.address(), "/create-flow", &wanted).await;
    assert_eq!(status, 400, "{answer}");
}

#[tokio::test]
async fn other_connectors_read_sample_data_and_write_into_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("Salesforce")).unwrap();
    let accounts =
        "{\"Id\":1,\"Name\":\"Ada\"}\n{\"Id\":2,\"Name\":\"Bo\"}\n{\"Id\":3,\"Name\":\"Adam\"}\n";
    std::fs::write(folder.path().join("Salesforce/Account.jsonl"), accounts).unwrap();
    let local = builder().sample_data(folder.path()).start().await.unwrap();
    let lab = Lab { local, folder };
    for (name, connector) in [("crm", "Salesforce"), ("desk", "Zendesk")] {
        let profile = json!({"connectorProfileName": name, "connectorType": connector, "connectionMode": "Public",
            "connectorProfileConfig": {"connectorProfileProperties": {connector: {"instanceUrl": "https://example.com"}}}});
        lab.call("/create-connector-profile", &profile).await;
    }
    let crm = |operator: &str| json!({"Salesforce": operator});
    let tasks = json!([
        {"taskType": "Filter", "sourceFields": ["Id", "Name"], "connectorOperator": crm("PROJECTION")},
        {"taskType": "Filter", "sourceFields": ["Name"], "connectorOperator": crm("CONTAINS"),
         "taskProperties": {"DATA_TYPE": "string", "VALUE": "Ad"}},
        {"taskType": "Map", "sourceFields": ["Name"], "destinationField": "name", "connectorOperator": crm("NO_OP")},
    ]);
    let wanted = |object: &str| {
        json!({
            "flowName": object, "triggerConfig": {"triggerType": "OnDemand"}, "tasks": tasks,
            "sourceFlowConfig": {"connectorType": "Salesforce", "connectorProfileName": "crm",
                "sourceConnectorProperties": {"Salesforce": {"object": object}}},
            "destinationFlowConfigList": [{"connectorType": "Zendesk", "connectorProfileName": "desk",
                "destinationConnectorProperties": {"Zendesk": {"object": "users", "writeOperationType": "INSERT"}}}],
        })
    };
    lab.call("/create-flow", &wanted("Account")).await;
    lab.call("/start-flow", &json!({"flowName": "Account"}))
        .await;
    std::fs::create_dir_all(lab.path("into")).unwrap();
    let ran = lab.wait("Account").await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    let written = files(&lab.path("_written"), &ran.id);
    let expected = (
        "Zendesk/users/Account/ID".to_owned(),
        "{\"name\":\"Ada\"}\n{\"name\":\"Adam\"}\n".to_owned(),
    );
    assert_eq!(written.into_iter().collect::<Vec<_>>(), [expected]);
    lab.call("/create-flow", &wanted("Contact")).await;
    lab.call("/start-flow", &json!({"flowName": "Contact"}))
        .await;
    let ran = lab.wait("Contact").await;
    assert!(
        ran.message()
            .contains("file not found: Salesforce/Contact.jsonl"),
        "{ran:?}"
    );
}
