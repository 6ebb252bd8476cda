//! Tests of the HTTP server and the library: validation, faults, snapshots.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_local::{AccessKeys, AppFlowLocal, Fault, Settings};
use appflow_sdk::Client;
use appflow_sdk::config::Validation;
use common::http::raw;
use common::program::patiently;
use common::{every, flow, frozen, on_demand, once, runs, salesforce_profile};
use std::io::ErrorKind;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test]
async fn every_violation_is_reported_as_aws_reports_it() {
    let (local, _) = frozen().await;
    let config = local
        .config()
        .to_builder()
        .validation(Validation::OFF)
        .build();
    let client = Client::from_conf(config);
    let error = flow(&client, "a b", on_demand())
        .tags("aws:x", "v")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        (error.code(), error.status()),
        (Some("ValidationException"), Some(400))
    );
    let expected = "2 validation errors detected: Value 'a b' at 'flowName' failed to satisfy constraint: Member must \
                    satisfy regular expression pattern: [a-zA-Z0-9][\\w!@#.-]+; Value '{aws:x=v}' at 'tags' failed to \
                    satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression \
                    pattern: ^(?!aws:)[a-zA-Z+-=._:/]+$]";
    assert_eq!(error.message(), Some(expected));
    let error = client.describe_flow().send().await.unwrap_err();
    let expected = "1 validation error detected: Value null at 'flowName' failed to satisfy constraint: Member must \
                    not be null";
    assert_eq!(error.message(), Some(expected));
}

#[tokio::test]
async fn documents_that_cannot_be_read_are_rejected_without_repeating_them() {
    let local = AppFlowLocal::builder()
        .access_keys(AccessKeys::any())
        .start()
        .await
        .unwrap();
    let table = [
        (
            "list-flows",
            "",
            "400",
            "The request object must be non-null",
        ),
        ("list-flows", "{", "400", "is not JSON"),
        ("list-flows", "{\\\"nextToken\\\":5}", "400", "is not JSON"),
        (
            "list-flows",
            "{\"nextToken\":5}",
            "400",
            "Unexpected value at 'nextToken'",
        ),
        ("list-flows", "{\"nextToken\":null}", "200", "flows"),
        (
            "create-flow",
            "{\"tasks\":[{\"taskType\":\"Map\"}]}",
            "400",
            "'tasks.1.member.sourceFields'",
        ),
        (
            "create-connector-profile",
            "{\"connectorProfileConfig\":{\"connectorProfileCredentials\":{\"CustomConnector\":{\"custom\":\
             {\"credentialsMap\":{\"SECRETKEY\":5}}}}}}",
            "400",
            "CustomConnector.custom.credentialsMap.[…].member'",
        ),
        ("no-such-thing", "{}", "404", "UnknownOperationException"),
    ];
    for (path, body, status, expected) in table {
        let request = format!(
            "POST /{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\nAuthorization: \
             AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/appflow/aws4_request, SignedHeaders=host, \
             Signature=x\r\n\r\n{body}",
            body.len()
        );
        let answer = raw(local.address(), &request).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{path} {body}: {answer}"
        );
        assert!(answer.contains(expected), "{path} {body}: {answer}");
        assert!(answer.contains("x-amzn-requestid: "), "{answer}");
        assert!(!answer.contains("SECRETKEY"), "{answer}");
    }
}

#[tokio::test]
async fn faults_meet_the_next_calls_and_then_no_more() {
    let local = AppFlowLocal::start().await.unwrap();
    let client = Client::from_conf(once(local.config()));
    let error = Fault::Error {
        code: "ConnectorServerException".to_owned(),
        status: 400,
        message: "No.".to_owned(),
    };
    local.faults().next_calls(Some("CreateFlow"), 1, error);
    client.list_flows().send().await.unwrap();
    let refused = flow(&client, "f1", on_demand()).send().await.unwrap_err();
    assert_eq!(
        (refused.code(), refused.message()),
        (Some("ConnectorServerException"), Some("No."))
    );
    flow(&client, "f1", on_demand()).send().await.unwrap();
    for fault in [Fault::Reset, Fault::HalfBody] {
        local.faults().next_calls(None, 1, fault);
        let broken = client.list_flows().send().await.unwrap_err();
        assert_eq!(broken.code(), None, "{broken}");
    }
    local
        .faults()
        .next_calls(Some("ListFlows"), 2, Fault::Throttle);
    let retrying = local.client().list_flows().send().await;
    assert!(retrying.is_ok(), "the client retries throttled calls");
    assert_eq!(local.faults().pending(), Default::default());
}

#[tokio::test]
async fn a_connection_that_is_to_be_reset_is_reset() {
    let builder = AppFlowLocal::builder().access_keys(AccessKeys::any());
    let local = builder.start().await.unwrap();
    local.faults().next_calls(None, 0, Fault::Throttle);
    assert!(
        local.faults().pending().calls.is_empty(),
        "it is for no call"
    );
    local.faults().next_calls(None, 1, Fault::Reset);
    let request = "POST /list-flows HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nAuthorization: AWS4-HMAC-SHA256 \
        Credential=k/20260101/us-east-1/appflow/aws4_request, SignedHeaders=host, Signature=x\r\n\r\n{}";
    let mut stream = TcpStream::connect(local.address()).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let end = patiently(stream.read_to_end(&mut answer)).await;
    let error = end.expect_err("the connection was closed in order");
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert!(answer.is_empty());
}

#[tokio::test]
async fn a_snapshot_brings_everything_back() {
    let (local, client) = frozen().await;
    salesforce_profile(&client, "p/1").await.unwrap();
    flow(&client, "f1", on_demand())
        .tags("a", "b")
        .send()
        .await
        .unwrap();
    client.start_flow().flow_name("f1").send().await.unwrap();
    let snapshot = local.snapshot();
    let before = runs(&client, "f1").await;
    local.reset().await.unwrap();
    assert!(client.list_flows().send().await.unwrap().flows().is_empty());
    local.restore(snapshot.clone()).await.unwrap();
    assert_eq!(runs(&client, "f1").await.len(), before.len());
    assert_eq!(
        local.snapshot()["records"].as_object().unwrap().len(),
        snapshot["records"].as_object().unwrap().len()
    );
    let error = local
        .restore(serde_json::json!({"version": 9, "records": {}}))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("version 9"), "{error}");
}

#[tokio::test]
async fn quotas_hold() {
    let settings = Settings {
        max_flows: 1,
        max_profiles: 1,
        max_concurrent_runs: 1,
        ..Settings::default()
    };
    let local = AppFlowLocal::builder()
        .settings(settings)
        .start()
        .await
        .unwrap();
    local.clock().freeze();
    let client = local.client();
    flow(&client, "f1", on_demand()).send().await.unwrap();
    salesforce_profile(&client, "p1").await.unwrap();
    client.start_flow().flow_name("f1").send().await.unwrap();
    let refused = [
        flow(&client, "f2", on_demand()).send().await.map(drop),
        salesforce_profile(&client, "p2").await,
        client.start_flow().flow_name("f1").send().await.map(drop),
    ];
    for refused in refused {
        let error = refused.unwrap_err();
        assert_eq!(
            (error.code(), error.status()),
            (Some("ServiceQuotaExceededException"), Some(402))
        );
    }
}

#[tokio::test]
async fn the_quota_of_runs_refuses_calls_and_holds_up_no_schedule() {
    let settings = Settings {
        max_concurrent_runs: 1,
        ..Settings::default()
    };
    let builder = AppFlowLocal::builder().settings(settings);
    let local = builder.start().await.unwrap();
    local.clock().freeze();
    let client = local.client();
    flow(&client, "on-demand", on_demand())
        .send()
        .await
        .unwrap();
    for name in ["s1", "s2"] {
        let plan = flow(&client, name, every("rate(1hours)"));
        plan.send().await.unwrap();
        client.start_flow().flow_name(name).send().await.unwrap();
        assert_eq!(runs(&client, name).await.len(), 1, "{name}");
    }
    let refused = client.start_flow().flow_name("on-demand").send().await;
    let error = refused.unwrap_err();
    assert_eq!(error.code(), Some("ServiceQuotaExceededException"));
}

#[tokio::test]
async fn the_status_page_shows_flows_and_escapes_texts() {
    let (local, client) = frozen().await;
    flow(&client, "accounts", on_demand()).send().await.unwrap();
    let message = "<script>alert('&')</script>";
    local.faults().next_runs(None, 1, message);
    for _ in 0..2 {
        let start = client.start_flow().flow_name("accounts");
        start.send().await.unwrap();
        local.clock().advance(Duration::from_millis(600));
    }
    let page = raw(
        local.address(),
        "GET /_appflow-local/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    )
    .await;
    let shown = [
        "data-flow=\"accounts\"",
        "aria-label=\"S3 to S3\"",
        "source/in",
        "60 %",
        "&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;",
        "StartFlow",
    ];
    for expected in shown {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(!page.contains(message), "{page}");
}

#[tokio::test]
async fn the_control_api_refuses_what_a_foreign_web_page_could_send() {
    let (local, client) = frozen().await;
    flow(&client, "f1", on_demand()).send().await.unwrap();
    let reset = "POST /_appflow-local/reset HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/plain\r\n\
                 Content-Length: 2\r\n\r\n{}";
    let answer = raw(local.address(), reset).await;
    assert!(answer.starts_with("HTTP/1.1 415"), "{answer}");
    assert_eq!(client.list_flows().send().await.unwrap().flows().len(), 1);
    let answer = raw(
        local.address(),
        &reset.replace("text/plain", "application/json"),
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(client.list_flows().send().await.unwrap().flows().is_empty());
}
