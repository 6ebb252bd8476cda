//! Tests of the program: its output, its exit code and its signals.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_sdk::Client;
use appflow_sdk::config::{Config, Credentials, Region};
use appflow_sdk::types::ConnectionMode;
use common::http::control;
use common::program::{Program, client, command, patiently};
use common::{flow, on_demand, once, salesforce};
use std::net::{SocketAddr, TcpListener};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;

const SECRET: &str = "planted-secret-value";

fn address(url: &str) -> SocketAddr {
    url.trim_start_matches("http://").parse().unwrap()
}

#[tokio::test]
async fn the_first_lines_are_an_address_and_the_variables_to_set() {
    let mut program = Program::start(&[]).await;
    let url = program.url.clone();
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    let mut lines = Vec::new();
    for _ in 0..3 {
        lines.push(program.lines.next_line().await.unwrap().unwrap());
    }
    assert_eq!(
        lines,
        [
            format!("  export AWS_ENDPOINT_URL_APPFLOW={url}"),
            "  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test".to_owned(),
            "  export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1".to_owned(),
        ]
    );
}

#[tokio::test]
async fn help_teaches() {
    let output = command().arg("--help").output().await.unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    for taught in [
        "--port",
        "--data-dir",
        "--access-key",
        "--session",
        "aws appflow list-flows",
        "boto3.client('appflow'",
        "http://127.0.0.1:4577/_appflow-local/",
        "\"kind\": \"throttle\"",
        "\"advanceSeconds\": 3600",
        "/_appflow-local/snapshot",
        "/_appflow-local/reset",
        "halfBody",
    ] {
        assert!(help.contains(taught), "{taught} is not in\n{help}");
    }
}

/// Removes what differs between runs from a line: the time of day and the duration.
fn constant(line: &str) -> String {
    let (time, rest) = line.split_at(8);
    assert!(time.bytes().all(|b| b.is_ascii_digit() || b == b':'));
    let words = rest.split(' ').filter(|word| {
        let millis = word.strip_suffix("ms");
        millis.is_none_or(|millis| millis.parse::<u64>().is_err())
    });
    words.collect::<Vec<_>>().join(" ").trim().to_owned()
}

async fn create_profile(program: &Program, name: &str, token: &str) -> bool {
    let profile = salesforce(&program.client(), name, ConnectionMode::Public, Some(token));
    profile.send().await.is_ok()
}

#[tokio::test]
async fn each_request_is_one_line_that_tells_what_and_whose_and_no_secret() {
    let program = Program::start(&[]).await;
    let client = program.client();
    let at = address(&program.url);
    flow(&client, "accounts", on_demand()).send().await.unwrap();
    let arn = "arn:aws:appflow:us-east-1:000000000000:flow/accounts";
    client
        .tag_resource()
        .resource_arn(arn)
        .tags("team", "sales")
        .send()
        .await
        .unwrap();
    assert!(
        client
            .describe_flow()
            .flow_name("absent")
            .send()
            .await
            .is_err()
    );
    assert!(create_profile(&program, "crm", SECRET).await);
    assert!(!create_profile(&program, "spoiled", &format!("{SECRET} ")).await);
    let body = r#"{"operation": "ListFlows", "kind": "reset"}"#;
    assert_eq!(control(at, "POST", "faults", body).await.0, 200);
    assert!(client.list_flows().send().await.is_err());
    assert_eq!(control(at, "GET", "health", "").await.0, 200);
    program.signal("TERM");
    let (lines, _) = program.end().await;
    let found: Vec<String> = lines[3..lines.len() - 1]
        .iter()
        .map(|line| constant(line))
        .collect();
    let whose = "000000000000/us-east-1";
    let expected = [
        format!("200 CreateFlow flowName=accounts {whose}"),
        format!("200 TagResource resourceArn={arn} {whose}"),
        format!(
            "404 DescribeFlow flowName=absent {whose} ResourceNotFoundException (404): Flow with name absent does not exist."
        ),
        format!("200 CreateConnectorProfile connectorProfileName=crm {whose}"),
        format!("400 CreateConnectorProfile connectorProfileName=spoiled {whose}"),
        "200 POST /_appflow-local/faults".to_owned(),
        format!("200 ListFlows {whose} injected fault: connection reset without a response"),
    ];
    for (found, expected) in found.iter().zip(&expected) {
        assert!(found.starts_with(expected), "{found}\nis not\n{expected}");
    }
    assert_eq!(found.len(), expected.len(), "{lines:#?}");
    assert!(!lines.join("\n").contains(SECRET), "{lines:#?}");
}

#[tokio::test]
async fn a_signal_ends_it_when_calls_in_progress_are_answered_and_kept() {
    for signal in ["TERM", "INT"] {
        let folder = tempfile::tempdir().unwrap();
        let options = ["--data-dir", folder.path().to_str().unwrap()];
        let program = Program::start(&options).await;
        let late = r#"{"operation": "CreateFlow", "kind": "delay", "milliseconds": 1000}"#;
        let at = address(&program.url);
        assert_eq!(control(at, "POST", "faults", late).await.0, 200);
        let client = program.client();
        let call = tokio::spawn(async move { flow(&client, "late", on_demand()).send().await });
        // The fault is used up when the call has arrived.
        for _ in 0..1000 {
            if !control(at, "GET", "faults", "").await.1.contains("delay") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        program.signal(signal);
        assert!(call.await.unwrap().is_ok(), "{signal}");
        let (lines, status) = program.end().await;
        assert_eq!(status.code(), Some(0), "{signal}");
        assert!(
            lines
                .iter()
                .any(|line| line == "appflow-local: shutting down")
        );
        let program = Program::start(&options).await;
        let kept = program.client().describe_flow().flow_name("late");
        assert!(kept.send().await.is_ok(), "{signal}");
    }
}

/// A pipe in place of a file blocks the program before it is ready, which avoids a race.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn signals_are_heeded_before_it_is_ready() {
    const TERM: u64 = 1 << 14;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("appflow-local.redb");
    let made = Command::new("mkfifo").arg(&file).status().await.unwrap();
    assert!(made.success());
    let mut child = command()
        .args(["--port", "0", "--data-dir"])
        .arg(folder.path())
        .spawn()
        .unwrap();
    let id = child.id().unwrap();
    let heeds = || {
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        u64::from_str_radix(caught.unwrap().trim(), 16).unwrap() & TERM != 0
    };
    for _ in 0..2000 {
        if heeds() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(heeds(), "it is about to be ready and does not heed signals");
    assert!(child.try_wait().unwrap().is_none());
}

#[tokio::test]
async fn an_output_that_is_closed_or_full_does_not_end_it() {
    for redirection in [">&-", "2>&- >&-", ">/dev/full 2>/dev/full"] {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let script = format!("exec \"$0\" --port {port} {redirection}");
        let mut child = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_appflow-local")])
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let client = client(&format!("http://127.0.0.1:{port}"));
        let mut answered = 0;
        for _ in 0..2000 {
            assert!(child.try_wait().unwrap().is_none(), "{redirection}: ended");
            match client.list_flows().send().await {
                Ok(_) => answered += 1,
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
            if answered == 20 {
                break;
            }
        }
        assert_eq!(answered, 20, "{redirection}");
    }
}

#[tokio::test]
async fn an_unread_output_does_not_block_calls() {
    let program = Program::start(&[]).await;
    let client = program.client();
    let arn = format!(
        "arn:aws:appflow:us-east-1:000000000000:flow/{}",
        "long-name-".repeat(20)
    );
    // Some more lines than fit into a pipe.
    for _ in 0..800 {
        let refused = client.list_tags_for_resource().resource_arn(&arn);
        assert!(patiently(refused.send()).await.unwrap_err().is_not_found());
    }
    program.signal("TERM");
    let mut child = program.child;
    assert_eq!(patiently(child.wait()).await.unwrap().code(), Some(0));
}

#[tokio::test]
async fn it_goes_on_when_the_reader_of_its_output_is_gone() {
    let mut program = Program::start(&[]).await;
    let client = program.client();
    drop(program.lines);
    for _ in 0..50 {
        client.list_flows().send().await.unwrap();
    }
    assert!(program.child.try_wait().unwrap().is_none());
}

#[tokio::test]
async fn sessions_of_the_command_line_are_accepted_until_they_expire() {
    let options = [
        "--session",
        "young:secret:token",
        "--session",
        "old:secret:token:0",
    ];
    let program = Program::start(&options).await;
    let call = async |id: &str| {
        let credentials = Credentials::new(id, "secret", Some("token".to_owned()), None, "test");
        let config = Config::builder()
            .region(Region::new("us-east-1"))
            .credentials_provider(credentials)
            .endpoint_url(&program.url)
            .build();
        Client::from_conf(once(config)).list_flows().send().await
    };
    call("young").await.unwrap();
    let expired = call("old").await.unwrap_err();
    assert_eq!(expired.code(), Some("ExpiredTokenException"));
}

#[tokio::test]
async fn a_failed_start_prints_its_reason_in_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("appflow-local.redb"), "hello").unwrap();
    let damaged = folder.path().to_str().unwrap();
    let table = [
        (vec!["--port", &port], "cannot listen on 127.0.0.1:"),
        (vec!["--port=0", "--data-dir", damaged], "is damaged"),
        (
            vec!["--port=0", "--data-dir", "/dev/null/x"],
            "/dev/null/x: ",
        ),
        (
            vec!["--port=0", "--access-key", SECRET],
            "expected ID:SECRET",
        ),
        (
            vec!["--port=0", "--access-key", "a:b:x/y"],
            "must be 12 digits",
        ),
        (
            vec!["--port=0", "--session", SECRET],
            "expected ID:SECRET:TOKEN",
        ),
        (
            vec!["--port=0", "--session", "a:b:c:soon"],
            "expected ID:SECRET:TOKEN",
        ),
    ];
    for (options, expected) in table {
        let output = command().args(&options).stderr(Stdio::piped()).output();
        let output = patiently(output).await.unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{options:?}: {said}");
        assert!(said.contains(expected), "{options:?}: {said}");
        assert!(
            !said.contains(SECRET) && said.lines().count() == 1,
            "{said}"
        );
    }
}
