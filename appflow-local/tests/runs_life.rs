//! Tests of data-moving runs under cancellation, schedules, kills and full disks.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_sdk::types::{
    DestinationConnectorProperties, DestinationFlowConfig, S3DestinationProperties,
    S3OutputFormatConfig,
};
use common::lab::{Lab, builder, files, flow, map, map_all};
use common::program::Program;
use common::{flow as flow_of, map as map_task, on_demand};
use serde_json::json;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Rows of two columns.
fn rows(count: u32) -> String {
    let rows = (0..count).map(|number| format!("{number},{}\n", "x".repeat(100)));
    format!("n,name\n{}", rows.collect::<String>())
}

#[tokio::test]
async fn a_canceled_run_leaves_what_was_written() {
    let lab = Lab::new().await;
    lab.write("from/data.csv", rows(400_000));
    lab.call("/create-flow", &flow("flow", &[map("n", "n")], json!({})))
        .await;
    lab.call("/start-flow", &json!({"flowName": "flow"})).await;
    assert_eq!(lab.newest("flow").await["executionStatus"], "InProgress");
    tokio::time::sleep(Duration::from_millis(100)).await;
    lab.call("/cancel-flow-executions", &json!({"flowName": "flow"}))
        .await;
    let ran = lab.wait("flow").await;
    assert_eq!(ran.status, "Canceled", "{ran:?}");
    let written: usize = ran.files.values().map(|text| text.lines().count()).sum();
    assert!(written < 400_000, "it was not stopped");
    assert_eq!(ran.result["recordsProcessed"], written);
    for file in ran.files.values() {
        assert!(file.ends_with("}\n"), "a record is cut off");
    }
    assert_eq!(fs::read_dir(lab.path(".appflow-local")).unwrap().count(), 1);
}

#[tokio::test]
async fn incremental_runs_read_what_came_since_the_last_one() {
    let lab = Lab::new().await;
    let start = SystemTime::now() - Duration::from_secs(24 * 3600);
    lab.local.clock().freeze();
    lab.local.clock().set(start);
    let put = |key: &str, text: &str, at: SystemTime| {
        lab.write(key, text);
        let file = fs::File::options().write(true).open(lab.path(key)).unwrap();
        file.set_modified(at).unwrap();
    };
    put(
        "from/data/old.csv",
        "n\n1\n",
        start - Duration::from_secs(10),
    );
    put(
        "from/data/ancient.csv",
        "n\n0\n",
        start - Duration::from_secs(40 * 24 * 3600),
    );
    let mut wanted = flow("flow", &[map("n", "n")], json!({}));
    wanted["triggerConfig"] = json!({"triggerType": "Scheduled", "triggerProperties": {"Scheduled": {
        "scheduleExpression": "rate(1hours)", "dataPullMode": "Incremental"}}});
    lab.call("/create-flow", &wanted).await;
    let numbers = |files: &std::collections::BTreeMap<String, String>| {
        let mut lines: Vec<String> = files
            .values()
            .flat_map(|text| text.lines().map(str::to_owned))
            .collect();
        lines.sort_unstable();
        lines
    };
    let first = lab.start("flow").await;
    assert_eq!(first.status, "Successful", "{first:?}");
    let one = "{\"n\":\"1\"}".to_owned();
    assert_eq!(
        numbers(&first.files),
        std::slice::from_ref(&one),
        "not older than 30 days"
    );
    put(
        "from/data/new.csv",
        "n\n2\n",
        start + Duration::from_secs(1800),
    );
    lab.local.clock().advance(Duration::from_secs(3600));
    let second = lab.wait("flow").await;
    let two = "{\"n\":\"2\"}".to_owned();
    assert_eq!(numbers(&second.files), [one.clone(), two.clone()]);
    // The next run reads the time range of a failed one.
    put(
        "from/data/third.csv",
        "n,n\n3,3\n",
        start + Duration::from_secs(5400),
    );
    lab.local.clock().advance(Duration::from_secs(3600));
    assert_eq!(lab.wait("flow").await.status, "Error");
    put(
        "from/data/third.csv",
        "n\n3\n",
        start + Duration::from_secs(5400),
    );
    lab.local.clock().advance(Duration::from_secs(3600));
    let last = lab.wait("flow").await;
    assert_eq!(last.status, "Successful", "{last:?}");
    assert_eq!(numbers(&last.files), [one, two, "{\"n\":\"3\"}".to_owned()]);
    assert_eq!(last.result["recordsProcessed"], 1);
}

#[tokio::test]
async fn a_schedule_runs_without_calls() {
    let lab = Lab::new().await;
    lab.write("from/data.csv", "n\n1\n");
    let mut wanted = flow("flow", &[map("n", "n")], json!({}));
    let soon = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
        + 2;
    wanted["triggerConfig"] = json!({"triggerType": "Scheduled", "triggerProperties": {"Scheduled": {
        "scheduleExpression": "rate(1hours)", "scheduleStartTime": soon, "dataPullMode": "Complete"}}});
    lab.call("/create-flow", &wanted).await;
    lab.call("/start-flow", &json!({"flowName": "flow"})).await;
    for _ in 0..600 {
        if !files(&lab.path("into"), "").is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no run started");
}

#[tokio::test]
async fn without_buckets_nothing_is_moved() {
    let local = builder().start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("into")).unwrap();
    let lab = Lab { local, folder };
    let ran = lab.run(&[map_all()], json!({})).await;
    assert_eq!((ran.status.as_str(), ran.files.len()), ("Successful", 0));
    assert_eq!(ran.result["recordsProcessed"], 100);
}

fn csv_into() -> DestinationFlowConfig {
    let format = S3OutputFormatConfig::builder().file_type(appflow_sdk::types::FileType::Csv);
    let s3 = S3DestinationProperties::builder()
        .bucket_name("target")
        .s3_output_format_config(format.build())
        .build()
        .unwrap();
    DestinationFlowConfig::builder()
        .connector_type(appflow_sdk::types::ConnectorType::S3)
        .destination_connector_properties(DestinationConnectorProperties::builder().s3(s3).build())
        .build()
        .unwrap()
}

/// Kills the program at any time: files are complete, finished runs stay finished, and no staging files are left.
async fn kill_again_and_again(times: u64) {
    let (data, buckets) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let count = 20_000;
    fs::create_dir(buckets.path().join("source")).unwrap();
    fs::write(buckets.path().join("source/in.csv"), rows(count)).unwrap();
    let options = [
        "--run-duration",
        "0",
        "--data-dir",
        data.path().to_str().unwrap(),
        "--buckets",
        buckets.path().to_str().unwrap(),
    ];
    let mut whole = 0;
    let mut statuses = std::collections::BTreeMap::<String, usize>::new();
    for time in 0..times {
        let program = Program::start(&options).await;
        let client = program.client();
        if time == 0 {
            let created = flow_of(&client, "flow", on_demand()).tasks(map_task("n"));
            let created = created.set_destination_flow_config_list(Some(vec![csv_into()]));
            created.send().await.unwrap();
        }
        let started = client.start_flow().flow_name("flow").send().await.unwrap();
        assert!(started.execution_id().is_some());
        // At any time from the start of the run to after its end.
        tokio::time::sleep(Duration::from_millis(fastrand::u64(..600))).await;
        program.kill().await;
    }
    let target = buckets.path().join("target");
    if target.exists() {
        for (key, text) in files(&target, "") {
            assert_eq!(
                text.lines().count(),
                count as usize + 1,
                "{key} is not whole"
            );
            whole += 1;
        }
    }
    let program = Program::start(&options).await;
    let runs = common::runs(&program.client(), "flow").await;
    assert_eq!(runs.len() as u64, times.min(100), "a run is lost");
    for run in &runs {
        let status = run.execution_status().unwrap().to_string();
        if status == "Successful" {
            let id = run.execution_id().unwrap();
            assert!(
                target.join("flow").join(id).exists(),
                "{id} was told to be over"
            );
        } else {
            assert_eq!(status, "Error", "{run:?}");
        }
        *statuses.entry(status).or_default() += 1;
    }
    eprintln!("{times} kills: {whole} whole files, runs: {statuses:?}");
    assert_eq!(
        staging(buckets.path()),
        1,
        "only that of the living program"
    );
    program.kill().await;
}

fn staging(buckets: &Path) -> usize {
    fs::read_dir(buckets.join(".appflow-local"))
        .unwrap()
        .count()
}

#[tokio::test]
async fn no_kill_leaves_half_a_file() {
    let times = std::env::var("APPFLOW_KILLS").ok();
    kill_again_and_again(times.and_then(|times| times.parse().ok()).unwrap_or(12)).await;
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_fails_the_run_and_with_room_it_works() {
    let mounted = tempfile::tempdir().unwrap();
    let mount = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"])
        .arg(mounted.path())
        .status();
    if !mount.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: no file system can be mounted here");
        return;
    }
    let folder = tempfile::tempdir_in(mounted.path()).unwrap();
    for bucket in ["from", "into"] {
        fs::create_dir(folder.path().join(bucket)).unwrap();
    }
    let local = builder().buckets(folder.path()).start().await.unwrap();
    let lab = Lab { local, folder };
    lab.write("from/data.csv", rows(20_000));
    lab.call("/create-flow", &flow("flow", &[map_all()], json!({})))
        .await;
    let ran = lab.start("flow").await;
    assert_eq!(ran.status, "Error", "{ran:?}");
    assert!(
        ran.message().contains("cannot write to the bucket into"),
        "{ran:?}"
    );
    assert!(ran.files.is_empty(), "no half file");
    lab.write("from/data.csv", rows(8_000));
    let ran = lab.start("flow").await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    assert_eq!(ran.file().lines().count(), 8_000);
    drop(lab);
    let unmount = std::process::Command::new("umount")
        .arg("-l")
        .arg(mounted.path())
        .status();
    assert!(unmount.unwrap().success());
}
