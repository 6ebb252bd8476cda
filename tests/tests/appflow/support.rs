//! Helpers that make a call to a server with a set response.

use appflow_sdk::config::{Config, Credentials, Region, RetrySettings};
use appflow_sdk::{Client, Error};
use serde_json::Value;
use std::time::Duration;
use workspace_tests::server::{Answer, Request, Server};

/// Returns a client of the server with minimal backoff.
pub(crate) fn client(server: &Server) -> Client {
    let retry = RetrySettings::standard().with_initial_backoff(Duration::from_millis(1));
    let config = Config::builder()
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new(
            "AKIDEXAMPLE",
            "secret",
            None,
            None,
            "test",
        ))
        .endpoint_url(server.url())
        .retry_config(retry)
        .idempotency_tokens(|| "a-generated-token".to_owned())
        .build();
    Client::from_conf(config)
}

/// Makes a call with a document as the response.
pub(crate) async fn call<T>(
    answer: Value,
    send: impl AsyncFnOnce(Client) -> Result<T, Error>,
) -> (T, Request) {
    let answer = Answer::json(200, &answer).header("x-amzn-requestid", "request-1");
    let server = Server::start([answer]).await;
    let output = send(client(&server)).await.unwrap();
    let request = server.request();
    assert_common_headers(&request, &server);
    (output, request)
}

/// Checks the parts that all requests share.
fn assert_common_headers(request: &Request, server: &Server) {
    let header = |name| {
        request
            .header(name)
            .unwrap_or_else(|| panic!("no {name}: {request:?}"))
    };
    assert_eq!(header("host"), server.host());
    assert_eq!(header("amz-sdk-request"), "attempt=1; max=3");
    assert_eq!(header("amz-sdk-invocation-id").len(), 36);
    assert!(
        header("user-agent").starts_with("appflow-sdk"),
        "{request:?}"
    );
    assert!(
        header("user-agent").contains("api/appflow#2020-08-23"),
        "{request:?}"
    );
    let date = header("x-amz-date");
    assert!(date.len() == 16 && date.ends_with('Z'), "{date}");
    let credential = format!(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{}/eu-central-1/appflow/aws4_request, ",
        &date[..8]
    );
    assert!(
        header("authorization").starts_with(&credential),
        "{request:?}"
    );
    assert_eq!(request.header("x-amz-security-token"), None);
}

/// Checks that the request is a POST of a document to a path.
#[track_caller]
pub(crate) fn assert_post(request: &Request, path: &str, body: &Value) {
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", path)
    );
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(&request.json(), body);
}

/// Makes a call without input that fails, with one response.
pub(crate) async fn refused(answer: Answer) -> Error {
    let server = Server::start([answer]).await;
    let config = client(&server)
        .config()
        .to_builder()
        .retry_config(RetrySettings::off())
        .build();
    let client = Client::from_conf(config);
    client.list_flows().send().await.unwrap_err()
}
