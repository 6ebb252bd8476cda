//! Tests of signatures, accounts and regions.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_local::{AccessKeys, AppFlowLocal};
use appflow_sdk::Client;
use appflow_sdk::config::{Credentials, Region};
use common::http::send;
use common::{flow, on_demand, once};
use std::time::{Duration, SystemTime};

#[tokio::test]
async fn signatures_are_verified() {
    let expired = SystemTime::now() - Duration::from_secs(1);
    let keys = AccessKeys::default()
        .with(
            "temporary",
            "secret",
            Some("token".to_owned()),
            "111122223333",
        )
        .with("old", "secret", Some("token".to_owned()), "111122223333")
        .expiring("old", expired);
    let local = AppFlowLocal::builder()
        .access_keys(keys)
        .start()
        .await
        .unwrap();
    let client = |id: &str, secret: &str, token: Option<&str>| {
        let credentials = Credentials::new(id, secret, token.map(str::to_owned), None, "test");
        Client::from_conf(
            once(local.config())
                .to_builder()
                .credentials_provider(credentials)
                .build(),
        )
    };
    client("temporary", "secret", Some("token"))
        .list_flows()
        .send()
        .await
        .unwrap();
    let table = [
        (
            client("nobody", "secret", None),
            "UnrecognizedClientException",
        ),
        (client("test", "wrong", None), "InvalidSignatureException"),
        (
            client("temporary", "secret", None),
            "UnrecognizedClientException",
        ),
        (
            client("temporary", "secret", Some("other")),
            "UnrecognizedClientException",
        ),
        (
            client("old", "secret", Some("token")),
            "ExpiredTokenException",
        ),
    ];
    for (client, code) in table {
        let error = client.list_flows().send().await.unwrap_err();
        assert_eq!((error.code(), error.status()), (Some(code), Some(403)));
    }
}

#[tokio::test]
async fn requests_with_an_invalid_signature_are_rejected_with_the_reason() {
    let local = AppFlowLocal::start().await.unwrap();
    let scope = "20200101/us-east-1/appflow/aws4_request";
    let signed = format!(
        "AWS4-HMAC-SHA256 Credential=test/{scope}, SignedHeaders=host;x-amz-date, Signature=00"
    );
    let old = "X-Amz-Date: 20200101T000000Z\r\n";
    let table = [
        (
            String::new(),
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
        ),
        (
            "Authorization: AWS4-HMAC-SHA256 nonsense\r\n".to_owned(),
            "IncompleteSignatureException",
            "Authorization header requires",
        ),
        (
            format!("Authorization: {signed}\r\n"),
            "IncompleteSignatureException",
            "'X-Amz-Date'",
        ),
        (
            format!("Authorization: {signed}\r\n{old}"),
            "InvalidSignatureException",
            "Signature expired: 20200101T000000Z is now earlier than",
        ),
        (
            format!("Authorization: {signed}\r\nX-Amz-Date: 20200102T000000Z\r\n"),
            "InvalidSignatureException",
            "Date in Credential scope does not match",
        ),
        (
            format!(
                "Authorization: {}\r\n{old}",
                signed.replace("appflow", "s3")
            ),
            "InvalidSignatureException",
            "correct service: 'appflow'",
        ),
    ];
    for (headers, code, message) in table {
        let answer = send(local.address(), "POST", "/list-flows", &headers, "{}").await;
        assert!(answer.starts_with("HTTP/1.1 403"), "{headers}: {answer}");
        for expected in [code, message] {
            assert!(answer.contains(expected), "{headers}: {answer}");
        }
    }
}

#[tokio::test]
async fn an_account_that_is_not_twelve_digits_is_reported_by_its_name() {
    for account in ["", "11112222333", "1111222233334", "11112222333a", "a/b"] {
        let keys = AccessKeys::default().with("other", "secret", None, account);
        let builder = AppFlowLocal::builder().access_keys(keys);
        let error = builder.start().await.unwrap_err().to_string();
        let expected =
            format!("invalid account `{account}` of an access key: it must be 12 digits");
        assert_eq!(error, expected);
    }
}

#[tokio::test]
async fn accounts_and_regions_are_apart() {
    let keys = AccessKeys::default().with("other", "secret", None, "111122223333");
    let local = AppFlowLocal::builder()
        .access_keys(keys)
        .start()
        .await
        .unwrap();
    flow(&local.client(), "f1", on_demand())
        .send()
        .await
        .unwrap();
    let credentials = Credentials::new("other", "secret", None, None, "test");
    let account = local
        .config()
        .to_builder()
        .credentials_provider(credentials)
        .build();
    let region = local
        .config()
        .to_builder()
        .region(Region::new("eu-west-1"))
        .build();
    for config in [account, region] {
        let flows = Client::from_conf(config).list_flows().send().await.unwrap();
        assert!(flows.flows().is_empty());
    }
}
