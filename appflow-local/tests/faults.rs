//! Tests under adverse conditions: full disks, read-only folders, damaged stores, cross-site requests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]
#![cfg(target_os = "linux")]

mod common;

use common::http::{control, raw};
use common::program::{Program, command, patiently};
use common::{flow, on_demand};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// A file system of limited size, unmounted on drop.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// Mounts it; returns `None` without permission to mount.
    fn mount(bytes: u64) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={bytes}"), "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(Self(folder));
        }
        eprintln!("SKIPPED: no file system can be mounted here");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let unmount = Command::new("umount").arg("-l").arg(self.0.path()).status();
        drop(unmount);
    }
}

#[tokio::test]
async fn after_a_full_disk_it_stays_readable_and_works_again_when_there_is_room() {
    let Some(disk) = SmallDisk::mount(4 << 20) else {
        return;
    };
    let folder = disk.0.path();
    let options = ["--data-dir", folder.to_str().unwrap()];
    let program = Program::start(&options).await;
    let client = program.client();
    flow(&client, "before", on_demand()).send().await.unwrap();
    // Another file fills the disk.
    let filler = folder.join("filler");
    let chunk = vec![b'x'; 4096];
    let mut file = std::fs::File::create(&filler).unwrap();
    while std::io::Write::write_all(&mut file, &chunk).is_ok() {}
    drop(file);
    let (mut kept, mut refused) = (vec!["before".to_owned()], 0);
    for number in 0..2000 {
        let name = format!("flow-{number:04}-{}", "x".repeat(200));
        match flow(&client, &name, on_demand()).send().await {
            Ok(_) => kept.push(name),
            Err(error) => {
                assert_eq!(error.code(), Some("InternalServerException"), "{error}");
                refused += 1;
            }
        }
        if refused == 3 {
            break;
        }
    }
    assert_eq!(refused, 3, "the disk was never full");
    let names = async |client: &appflow_sdk::Client| {
        let mut names = Vec::new();
        let mut pages = client.list_flows().into_paginator().send();
        while let Some(page) = pages.next().await {
            let page = page.expect("a full disk can be read");
            let flows = page.flows.unwrap_or_default().into_iter();
            names.extend(flows.filter_map(|flow| flow.flow_name));
        }
        names
    };
    assert_eq!(names(&client).await, kept, "what was refused is not there");
    std::fs::remove_file(&filler).unwrap();
    for name in ["room-1", "room-2"] {
        flow(&client, name, on_demand()).send().await.unwrap();
        kept.push(name.to_owned());
    }
    program.kill().await;
    let program = Program::start(&options).await;
    assert_eq!(names(&program.client()).await, kept, "nothing is lost");
    program.kill().await;
}

/// Returns the one line that a program that fails to start prints.
async fn said(mut command: tokio::process::Command) -> String {
    let output = patiently(command.stderr(Stdio::piped()).output())
        .await
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

/// Returns a command as another user, since root may write anywhere.
fn as_nobody(program: &Path) -> Option<tokio::process::Command> {
    const NOBODY: u32 = 65_534;
    let mut command = tokio::process::Command::new(program);
    command.kill_on_drop(true).stdout(Stdio::piped());
    let mut id = Command::new("id");
    let id = id.arg("-u").output().ok()?;
    if String::from_utf8_lossy(&id.stdout).trim() == "0" {
        command.uid(NOBODY);
    }
    Some(command)
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_not_called_damaged() {
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    let program = folder.path().join("appflow-local");
    std::fs::copy(env!("CARGO_BIN_EXE_appflow-local"), &program).unwrap();
    let data = folder.path().join("data");
    // An intact store that then becomes read-only.
    let started = Program::start(&["--data-dir", data.to_str().unwrap()]).await;
    started.signal("TERM");
    started.end().await;
    let store = data.join("appflow-local.redb");
    let mode = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(folder.path(), 0o755);
    mode(&data, 0o555);
    for permissions in [0o444, 0o000] {
        mode(&store, permissions);
        let mut command = as_nobody(&program).unwrap();
        command.args(["--port", "0", "--data-dir"]).arg(&data);
        let said = said(command).await;
        assert!(said.contains("ermission denied"), "{said}");
        assert!(!said.contains("damaged"), "{said}");
    }
    mode(&store, 0o644);
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    mode(&empty, 0o555);
    let mut command = as_nobody(&program).unwrap();
    command.args(["--port", "0", "--data-dir"]).arg(&empty);
    let said = said(command).await;
    assert!(said.contains("ermission denied"), "{said}");
    mode(&data, 0o755);
}

/// Flips bits, some of which make the library panic: the program prints one line for each.
#[tokio::test]
async fn a_damaged_store_is_reported_without_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let options = ["--data-dir", folder.path().to_str().unwrap()];
    let program = Program::start(&options).await;
    let client = program.client();
    flow(&client, "f1", on_demand()).send().await.unwrap();
    program.signal("TERM");
    program.end().await;
    let store = folder.path().join("appflow-local.redb");
    let whole = std::fs::read(&store).unwrap();
    let mut damaged = 0;
    for byte in (0..whole.len().min(16_384)).step_by(331) {
        let mut bytes = whole.clone();
        bytes[byte] ^= 0x55;
        std::fs::write(&store, &bytes).unwrap();
        let mut command = command();
        let child = command.args(["--port=0", "--run-duration=1"]).args(options);
        let mut child = child.stderr(Stdio::piped()).spawn().unwrap();
        let output =
            tokio::time::timeout(std::time::Duration::from_millis(400), child.wait()).await;
        if output.is_err() {
            // It starts: this byte has no effect.
            child.kill().await.unwrap();
            continue;
        }
        let said = child.wait_with_output().await.unwrap();
        let said = String::from_utf8(said.stderr).unwrap();
        assert_eq!(said.lines().count(), 1, "byte {byte}: {said}");
        assert!(said.contains("is damaged"), "byte {byte}: {said}");
        damaged += 1;
        if damaged == 6 {
            break;
        }
    }
    assert!(damaged > 0, "no damage was found");
}

#[tokio::test]
async fn the_control_api_serves_only_names_of_this_machine() {
    let program = Program::start(&["--control-host", "appflow"]).await;
    let at = program.url.trim_start_matches("http://").parse().unwrap();
    let table = [
        ("evil.example", 403),
        ("evil.example:4577", 403),
        ("127.0.0.1.evil.example", 403),
        ("localhost:4577", 200),
        ("127.0.0.1", 200),
        ("appflow:4577", 200),
    ];
    for (host, expected) in table {
        for path in ["", "snapshot", "health"] {
            let request = format!(
                "GET /_appflow-local/{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
            );
            let answer = raw(at, &request).await;
            let status: u16 = answer.split(' ').nth(1).unwrap().parse().unwrap();
            assert_eq!(status, expected, "{host} {path}: {answer}");
        }
    }
    // The service itself responds for any host name.
    let request = "POST /list-flows HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    let answer = raw(at, request).await;
    assert!(answer.contains("MissingAuthenticationToken"), "{answer}");
    assert_eq!(control(at, "POST", "reset", "{}").await.0, 200);
}

#[tokio::test]
async fn the_page_stands_in_no_frame_and_runs_no_script_of_others() {
    let program = Program::start(&[]).await;
    let at = program.url.trim_start_matches("http://").parse().unwrap();
    let request = "GET /_appflow-local/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let answer = raw(at, request).await.to_ascii_lowercase();
    for expected in [
        "content-security-policy: default-src 'none'; script-src 'sha256-",
        "frame-ancestors 'none'",
        "x-frame-options: deny",
        "x-content-type-options: nosniff",
    ] {
        assert!(answer.contains(expected), "{expected} is not in\n{answer}");
    }
}
