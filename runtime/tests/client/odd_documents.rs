//! Tests of responses with values of another type than that of the model, which are read nevertheless.

use super::server::{Server, json, soon};
use crate::service::{GetThing, ListThings, ThingBusy, client, get_thing, list_things};
use smithy_reqwest::Error;
use smithy_reqwest::error::Cause;
use smithy_reqwest::testing::TestTransport;

#[tokio::test]
async fn one_odd_scalar_does_not_fail_a_page() {
    let mut things: Vec<_> = (0..100).map(|n| format!("\"thing {n}\"")).collect();
    things[50] = "50".to_owned();
    things[51] = "true".to_owned();
    let transport = TestTransport::new();
    let page = format!(r#"{{"things":[{}],"nextToken":7}}"#, things.join(","));
    transport.response::<ListThings>(http::Response::new(page));
    let client = client(transport.config().build());
    let output = list_things(&client).send().await.unwrap();
    assert_eq!(output.next_token.as_deref(), Some("7"));
    let things = output.things.unwrap();
    assert_eq!(things.len(), 100);
    assert_eq!(things[50..52], ["50", "true"]);
}

async fn error_of(status: u16, body: &[u8]) -> Error {
    let transport = TestTransport::new();
    for _ in 0..3 {
        let answer = http::Response::builder().status(status);
        let answer = answer.header("x-amzn-requestid", "r-1");
        let answer = answer.header("retry-after", "0").body(body.to_vec());
        transport.response::<GetThing>(answer.unwrap());
    }
    let client = client(transport.config().build());
    get_thing(&client).send().await.unwrap_err()
}

#[tokio::test]
async fn an_error_has_code_message_and_request_id_with_any_document() {
    let others: [&[u8]; 14] = [
        b"12",
        b"true",
        b"null",
        b"[1, \"2\"]",
        b"{\"a\": [{}]}",
        b"1e999",
        b"-1e-999",
        b"123456789012345678901234567890",
        b"NaN",
        b"\"\xff\xfe\"",
        b"\"\\ud800\"",
        b"\"one\ntwo\"",
        b"\"\"",
        b"{\"message\": \"another\", \"__type\": \"Another\"}",
    ];
    for other in others {
        for (status, code) in [
            (404, "ThingNotFound"),
            (409, "ThingBusy"),
            (400, "SlowDown"),
        ] {
            let head = format!(r#"{{"__type":"com.example#{code}","until":"#);
            let body = [head.as_bytes(), other, b",\"message\":\"m\"}"].concat();
            let error = error_of(status, &body).await;
            let shown = String::from_utf8_lossy(other).into_owned();
            assert!(matches!(error.cause(), Cause::Service), "{shown}: {error}");
            assert_eq!(error.code(), Some(code), "{shown}");
            assert_eq!(error.message(), Some("m"), "{shown}");
            assert_eq!(error.request_id(), Some("r-1"), "{shown}");
            assert_eq!(error.status(), Some(status), "{shown}");
            assert_eq!(error.is_not_found(), status == 404, "{shown}");
            assert_eq!(error.is_throttling(), status == 400, "{shown}");
            assert_eq!(error.attempts() == 3, status != 404, "{shown}");
            let modeled = error.modeled::<ThingBusy>();
            assert_eq!(modeled.message.as_deref(), Some("m"), "{shown}");
        }
    }
}

#[tokio::test]
async fn status_429_is_throttling_unless_the_model_classifies_the_error() {
    let table = [
        ("", true),
        ("SomethingNew", true),
        ("ThrottlingException", true),
        ("ThingNotFound", false),
    ];
    for (code, throttling) in table {
        let error = error_of(429, format!(r#"{{"__type":"{code}"}}"#).as_bytes()).await;
        assert_eq!(error.is_throttling(), throttling, "{code}");
        let attempts = if throttling { 3 } else { 1 };
        assert_eq!(error.attempts(), attempts, "{code}");
    }
    let busy = error_of(429, br#"{"__type":"ThingBusy"}"#).await;
    assert!(busy.is_retryable() && !busy.is_throttling());
}

#[tokio::test]
async fn a_member_of_an_error_that_cannot_be_read_is_absent_and_the_others_are_not() {
    let table = [
        (r#""until":"noon""#, Some("noon")),
        (r#""until":12"#, Some("12")),
        (r#""until":true"#, Some("true")),
        (r#""until":["noon"]"#, None),
        (r#""until":1e999"#, None),
        (r#""until":null"#, None),
        (r#""unknown":{"until":"noon"}"#, None),
    ];
    for (member, until) in table {
        let body = format!(r#"{{{member},"__type":"ThingBusy","message":"m"}}"#);
        let modeled = error_of(409, body.as_bytes()).await.modeled::<ThingBusy>();
        let read = (modeled.until.as_deref(), modeled.message.as_deref());
        assert_eq!(read, (until, Some("m")), "{member}");
    }
}

#[tokio::test]
async fn an_error_with_an_incomplete_body_keeps_the_facts_of_its_head() {
    let headers = "x-amzn-errortype: ThingNotFound\r\nx-amzn-requestid: r-1\r\n";
    let whole = json(
        "404 Not Found",
        headers,
        r#"{"message":"there is no such thing"}"#,
    );
    let cut = whole[..whole.len() - 10].to_vec();
    let server = Server::new(move |_, mut connection| {
        let cut = cut.clone();
        async move {
            connection.read_request().await;
            connection.write(&cut).await;
        }
    })
    .await;
    let call = get_thing(&client(server.config().build()));
    let error = soon(call.send()).await.unwrap_err();
    assert!(matches!(error.cause(), Cause::Body(_)), "{error}");
    assert_eq!(error.code(), Some("ThingNotFound"));
    assert_eq!(
        (error.status(), error.request_id()),
        (Some(404), Some("r-1"))
    );
    assert!(error.is_not_found());
    let text = error.to_string();
    assert!(
        text.contains("error code ThingNotFound (404)"),
        "{text}"
    );
}
