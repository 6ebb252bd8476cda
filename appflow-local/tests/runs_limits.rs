//! Tests of runs on folders and tasks that are wrong on purpose, or much too large.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use common::http::{call, control};
use common::lab::{Lab, flow, map, map_all, task};
use serde_json::{Value, json};
use std::fmt::Write;

const MEGABYTE: usize = 1 << 20;

fn csv_output() -> Value {
    json!({"fileType": "CSV"})
}

/// A row of many columns as a JSON object.
fn wide(columns: usize) -> String {
    let mut row = String::from("{");
    for column in 0..columns {
        let comma = if column > 0 { "," } else { "" };
        write!(row, "{comma}\"c{column}\":{column}").unwrap();
    }
    row + "}\n"
}

#[tokio::test]
async fn ten_thousand_columns_are_read_mapped_and_written() {
    let lab = Lab::new().await;
    let header: Vec<String> = (0..10_000).map(|column| format!("c{column}")).collect();
    let row = vec!["x"; 10_000].join(",");
    lab.write(
        "from/data/1.csv",
        format!("{}\n{row}\n{row}\n", header.join(",")),
    );
    lab.write("from/data/2.jsonl", wide(10_000).repeat(20));
    let ran = lab.run(&[map_all()], csv_output()).await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    let lines: Vec<&str> = ran.file().lines().collect();
    assert_eq!(lines.len(), 1 + 2 + 20);
    assert!(lines.iter().all(|line| line.split(',').count() == 10_000));
    assert!(lines[22].ends_with(",9998,9999"));
}

#[tokio::test]
async fn more_than_20000_columns_fail_the_run() {
    let lab = Lab::new().await;
    let rows: String = (0..30_000)
        .map(|number| format!("{{\"c{number}\":1}}\n"))
        .collect();
    lab.write("from/data.jsonl", rows);
    let ran = lab.run(&[map_all()], csv_output()).await;
    assert_eq!(ran.status, "Error");
    assert!(ran.message().contains("too many columns"), "{ran:?}");
    assert!(ran.files.is_empty());
}

#[tokio::test]
async fn column_names_of_more_than_16_mb_fail_the_run() {
    let lab = Lab::new().await;
    let long = "n".repeat(6 * MEGABYTE);
    let rows: String = (0..3)
        .map(|number| format!("{{\"{long}{number}\":1}}\n"))
        .collect();
    lab.write("from/data.jsonl", rows);
    let ran = lab.run(&[map_all()], csv_output()).await;
    assert_eq!(ran.status, "Error");
    assert!(
        ran.message().contains("too many columns"),
        "{}",
        ran.message()
    );
}

#[tokio::test]
async fn a_masked_text_is_not_longer_than_a_record() {
    let lab = Lab::new().await;
    let long = "x".repeat(MEGABYTE);
    lab.write("from/data.csv", format!("a\nxyz\n{long}\n"));
    let value = json!({"MASK_VALUE": "12345"});
    let mask = task("Mask", "MASK_ALL", &["a", "a"], "a", value);
    let ran = lab.run(&[mask, map("a", "a")], json!({})).await;
    let masked = "12345".repeat(15);
    assert_eq!(ran.file(), format!("{{\"a\":\"{masked}\"}}\n"));
    assert_eq!(ran.result["errorInfo"]["putFailuresCount"], 1);
    assert!(ran.message().contains("a is longer than 16 MB"), "{ran:?}");
}

#[tokio::test]
async fn a_mask_that_would_fill_the_memory_fails_the_run() {
    for (properties, expected) in [
        (
            json!({"MASK_LENGTH": "9999999999999"}),
            "task 1 (Mask): MASK_LENGTH must be at most",
        ),
        (
            json!({"MASK_LENGTH": "99999999999999999999999"}),
            "task 1 (Mask): MASK_LENGTH must be a number",
        ),
        (
            json!({"MASK_VALUE": "*".repeat(2000)}),
            "task 1 (Mask): MASK_VALUE must have at most",
        ),
    ] {
        let lab = Lab::new().await;
        lab.write("from/data.csv", "a\n1\n");
        let mask = task("Mask", "MASK_ALL", &["a"], "a", properties);
        let ran = lab.run(&[mask, map("a", "a")], json!({})).await;
        assert_eq!(ran.status, "Error", "{expected}");
        assert!(ran.message().contains(expected), "{ran:?}");
    }
}

#[tokio::test]
async fn a_merged_text_is_not_longer_than_a_record() {
    let lab = Lab::new().await;
    let long = "x".repeat(9 * MEGABYTE);
    lab.write("from/data.csv", format!("a\nshort\n{long}\n"));
    let format = json!({"CONCAT_FORMAT": "${a}-${a}"});
    let merge = task("Merge", "NO_OP", &["a"], "twice", format);
    let ran = lab.run(&[merge, map("twice", "twice")], json!({})).await;
    assert_eq!(ran.file(), "{\"twice\":\"short-short\"}\n");
    assert_eq!(ran.result["errorInfo"]["putFailuresCount"], 1);
    assert!(ran.message().contains("longer than 16 MB"), "{ran:?}");
}

#[tokio::test]
async fn messages_have_at_most_the_length_of_those_of_appflow() {
    let name = "n".repeat(MEGABYTE);
    let wide = [
        (format!("{name},{name}\n1,2\n"), "duplicate column"),
        (
            format!("{{\"a\":1}}\n{{\"{name}\":\"\\ud800\"}}\n"),
            "record 2",
        ),
    ];
    for (text, expected) in wide {
        let lab = Lab::new().await;
        lab.write("from/data", text);
        let ran = lab.run(&[map("a", "a")], json!({})).await;
        assert!(ran.message().contains(expected), "{expected}");
        assert_eq!(ran.message().chars().count(), 2048, "{expected}");
    }
}

#[tokio::test]
async fn the_page_stays_small_with_records_of_megabytes() {
    let lab = Lab::new().await;
    let long = "x".repeat(2 * MEGABYTE);
    lab.write("from/data.csv", format!("a\n{long}\n"));
    let ran = lab.run(&[map_all()], json!({})).await;
    assert_eq!(ran.file().len(), 2 * MEGABYTE + 9);
    let (status, page) = control(lab.local.address(), "GET", "", "").await;
    assert_eq!(status, 200);
    assert!(page.contains("xxxxx") && page.len() < 20_000);
}

#[cfg(unix)]
#[tokio::test]
async fn only_files_are_objects() {
    let lab = Lab::new().await;
    lab.write("from/data/1.csv", "a\n1\n");
    let pipe = std::process::Command::new("mkfifo")
        .arg(lab.path("from/data/0.csv"))
        .status();
    assert!(pipe.unwrap().success());
    std::os::unix::fs::symlink("/dev/zero", lab.path("from/data/2.csv")).unwrap();
    std::os::unix::fs::symlink("absent", lab.path("from/data/3.csv")).unwrap();
    std::os::unix::fs::symlink("5.csv", lab.path("from/data/5.csv")).unwrap();
    std::os::unix::fs::symlink(lab.path("from"), lab.path("from/data/cycle")).unwrap();
    std::os::unix::fs::symlink(lab.path("from/data/1.csv"), lab.path("from/data/4.csv")).unwrap();
    let ran = lab.run(&[map_all()], json!({})).await;
    assert_eq!(ran.file(), "{\"a\":\"1\"}\n{\"a\":\"1\"}\n");
}

#[tokio::test]
async fn a_destination_that_leads_out_of_the_folder_is_rejected_before_anything_is_read() {
    let lab = Lab::new().await;
    lab.write("from/data.csv", "a\n1\n");
    for bucket in ["../outside", "into/..", "/tmp", ".appflow-local", "..."] {
        let mut wanted = flow("flow", &[map_all()], json!({}));
        wanted["destinationFlowConfigList"][0]["destinationConnectorProperties"]["S3"]["bucketName"] =
            json!(bucket);
        let (status, answer) = call(lab.local.address(), "/create-flow", &wanted).await;
        if bucket == "..." {
            assert_eq!(status, 200, "an odd name, but a name: {answer}");
        } else {
            assert!(
                status == 400 && answer.contains("leads out of its folder"),
                "{bucket}: {answer}"
            );
        }
    }
}

/// Runs a flow from sample data in a folder.
#[cfg(unix)]
async fn run_of_sample(sample: &std::path::Path) -> common::lab::Ran {
    let lab = Lab::with_sample(sample).await;
    let mut wanted = flow(
        "flow",
        &[json!({"taskType": "Map_all", "sourceFields": []})],
        json!({}),
    );
    wanted["sourceFlowConfig"] = json!({"connectorType": "Salesforce", "connectorProfileName": "crm",
        "sourceConnectorProperties": {"Salesforce": {"object": "Account"}}});
    lab.call("/create-flow", &wanted).await;
    lab.start("flow").await
}

#[cfg(unix)]
fn write_sample(folder: &std::path::Path) {
    std::fs::create_dir(folder.join("Salesforce")).unwrap();
    std::fs::write(folder.join("Salesforce/Account.csv"), "Id\n1\n").unwrap();
}

/// Cleans up when it is dropped, also when a test fails.
#[cfg(unix)]
struct Cleanup<F: FnMut()>(F);

#[cfg(unix)]
impl<F: FnMut()> Drop for Cleanup<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn sample_data_can_be_on_a_file_system_that_is_only_read() {
    let mounted = tempfile::tempdir().unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let mut command = std::process::Command::new(program);
        let status = command.args(arguments).arg(mounted.path()).status();
        status.is_ok_and(|status| status.success())
    };
    let mount = |options: &str| run("mount", &["-t", "tmpfs", "-o", options, "tmpfs"]);
    if !mount("size=1m") {
        eprintln!("SKIPPED: no file system can be mounted here");
        return;
    }
    let _unmount = Cleanup(|| {
        run("umount", &["-l"]);
    });
    write_sample(mounted.path());
    assert!(mount("remount,ro"));
    let ran = run_of_sample(mounted.path()).await;
    assert_eq!(ran.file(), "{\"Id\":\"1\"}\n", "{ran:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn sample_data_can_be_in_a_folder_that_may_only_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let sample = tempfile::tempdir().unwrap();
    write_sample(sample.path());
    let allow = |mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(sample.path(), permissions).unwrap();
    };
    allow(0o555);
    let _restore = Cleanup(|| allow(0o755));
    if std::fs::write(sample.path().join("probe"), "").is_ok() {
        eprintln!("SKIPPED: this user may write everywhere");
        return;
    }
    let ran = run_of_sample(sample.path()).await;
    assert_eq!(ran.file(), "{\"Id\":\"1\"}\n", "{ran:?}");
}
