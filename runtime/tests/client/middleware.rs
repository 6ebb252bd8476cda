//! Tests of interceptors and changes: their order, and the signature of their changes.

use super::server::{Server, json, soon};
use crate::service::{GetThing, GetThingOutput, client, get_thing};
use http::HeaderValue;
use smithy_reqwest::error::Cause;
use smithy_reqwest::http::BoxError;
use smithy_reqwest::interceptor::Interceptor;
use smithy_reqwest::retry::RetrySettings;
use smithy_reqwest::schema::OperationSchema;
use smithy_reqwest::testing::TestTransport;
use std::sync::{Arc, Mutex};

type Journal = Arc<Mutex<Vec<String>>>;

/// An interceptor that records its calls, and adds its name to a header.
#[derive(Debug)]
struct Named(&'static str, Journal);

impl Interceptor for Named {
    fn before_signing(
        &self,
        operation: &OperationSchema,
        request: &mut http::request::Parts,
    ) -> Result<(), BoxError> {
        let signed = request.headers.contains_key("authorization");
        let line = format!("{} before {} signed={signed}", self.0, operation.name);
        self.1.lock().unwrap().push(line);
        request
            .headers
            .append("x-seen", HeaderValue::from_static(self.0));
        Ok(())
    }

    fn after_response(&self, operation: &OperationSchema, response: &http::response::Parts) {
        let line = format!(
            "{} after {} {}",
            self.0,
            operation.name,
            response.status.as_u16()
        );
        self.1.lock().unwrap().push(line);
    }
}

#[tokio::test]
async fn interceptors_run_in_order_on_every_attempt_and_the_calls_own_change_comes_last() {
    let transport = TestTransport::new();
    transport
        .throttle::<GetThing>()
        .answer::<GetThing>(GetThingOutput::default());
    let journal = Journal::default();
    let config = transport
        .config()
        .interceptor(Named("one", journal.clone()))
        .interceptor(Named("two", journal.clone()));
    let client = client(config.build());
    let own = journal.clone();
    let call = get_thing(&client)
        .customize()
        .header("x-early".parse().unwrap(), HeaderValue::from_static("yes"))
        .mutate_request(move |request| {
            assert!(request.headers.contains_key("x-early"));
            assert_eq!(request.headers.get_all("x-seen").iter().count(), 2);
            own.lock().unwrap().push("own".to_owned());
        });
    call.clone().send().await.unwrap();
    let attempt = |status: u16| {
        [
            "one before GetThing signed=false".to_owned(),
            "two before GetThing signed=false".to_owned(),
            "own".to_owned(),
            format!("one after GetThing {status}"),
            format!("two after GetThing {status}"),
        ]
    };
    assert_eq!(
        *journal.lock().unwrap(),
        [attempt(429), attempt(200)].concat()
    );
}

#[tokio::test]
async fn headers_of_interceptors_and_callers_are_signed() {
    let transport = TestTransport::new();
    transport.answer::<GetThing>(GetThingOutput::default());
    let config = transport
        .config()
        .interceptor(Named("hook", Journal::default()));
    let client = client(config.build());
    get_thing(&client)
        .customize()
        .header("x-header".parse().unwrap(), HeaderValue::from_static("h"))
        .mutate_request(|request| {
            let value = HeaderValue::from_static("m");
            request.headers.insert("x-mutated", value);
        })
        .send()
        .await
        .unwrap();
    let requests = transport.requests();
    let authorization = requests[0].header("authorization").unwrap();
    let signed = authorization.split("SignedHeaders=").nth(1).unwrap();
    let signed = signed.split(',').next().unwrap();
    for name in [
        "x-seen",
        "x-header",
        "x-mutated",
        "amz-sdk-request",
        "host",
        "x-amz-date",
    ] {
        assert!(
            signed.split(';').any(|found| found == name),
            "{name} in {signed}"
        );
    }
}

#[tokio::test]
async fn a_change_of_the_address_goes_out_and_is_signed_for() {
    let server = Server::new(|_, mut connection| async move {
        while let Some(request) = connection.read_request().await {
            let path = request.split(' ').nth(1).unwrap().to_owned();
            let body = format!(r#"{{"name":"{path}"}}"#);
            connection.write(&json("200 OK", "", &body)).await;
        }
    })
    .await;
    let client = client(server.config().build());
    let address = format!("http://{}/other?x=1", server.address);
    let call = get_thing(&client)
        .customize()
        .mutate_request(move |request| request.uri = address.parse().unwrap());
    let output = soon(call.send()).await.unwrap();
    assert_eq!(output.name.as_deref(), Some("/other?x=1"));
}

/// An interceptor that rejects each request.
#[derive(Debug)]
struct Refusing;

impl Interceptor for Refusing {
    fn before_signing(
        &self,
        _: &OperationSchema,
        _: &mut http::request::Parts,
    ) -> Result<(), BoxError> {
        Err("not on a Friday".into())
    }
}

#[tokio::test]
async fn a_hook_that_refuses_ends_the_call_before_anything_is_sent() {
    let transport = TestTransport::new();
    let config = transport
        .config()
        .retry_config(RetrySettings::standard())
        .interceptor(Refusing);
    let error = get_thing(&client(config.build())).send().await.unwrap_err();
    assert!(
        matches!(error.cause(), Cause::Configuration(_)),
        "{error:?}"
    );
    assert!(error.to_string().contains("not on a Friday"), "{error}");
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn a_change_that_panicked_once_still_serves() {
    let transport = TestTransport::new();
    transport.answer::<GetThing>(GetThingOutput::default());
    let client = client(transport.config().build());
    let mut is_first = true;
    let call = get_thing(&client).customize().mutate_request(move |_| {
        assert!(!std::mem::take(&mut is_first), "the first time");
    });
    let first = tokio::spawn(call.clone().send()).await;
    assert!(first.unwrap_err().is_panic());
    call.send().await.unwrap();
}
