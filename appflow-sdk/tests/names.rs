//! Checks that the public names that programs use exist, with the expected types.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use appflow_sdk::client::customize::CustomizableOperation;
use appflow_sdk::client::{Customize, Waiters};
use appflow_sdk::config::retry::RetryConfig;
use appflow_sdk::config::timeout::TimeoutConfig;
use appflow_sdk::config::{
    AppName, BehaviorVersion, Body, BoxFuture, Builder, Clock, Config, Credentials, Interceptor,
    OperationSchema, ProvideCredentials, Region, SdkConfig, SharedCredentialsProvider, SystemClock,
    Transport,
};
use appflow_sdk::error::{
    BoxError, BuildError, DisplayErrorContext, ErrorMetadata, ProvideErrorMetadata, TransportError,
    TransportErrorKind,
};
use appflow_sdk::http::{self, HeaderName, HeaderValue};
use appflow_sdk::operation::RequestId;
use appflow_sdk::operation::list_flows::paginator::ListFlowsPaginator;
use appflow_sdk::operation::list_flows::{ListFlows, ListFlowsOutput};
use appflow_sdk::paginator::PageStream;
use appflow_sdk::primitives::{Blob, DateTime, DateTimeFormat, Document};
use appflow_sdk::types::builders::TaskBuilder;
use appflow_sdk::types::error::ResourceNotFoundException;
use appflow_sdk::types::error::builders::ResourceNotFoundExceptionBuilder;
use appflow_sdk::types::{FlowDefinition, OperatorPropertiesKeys, SourceFieldProperties, Task};
use appflow_sdk::waiters::WaiterError;
use appflow_sdk::{Client, Error, meta};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

/// A transport that responds from a list and records requests.
#[derive(Debug, Default)]
struct Answers {
    bodies: Mutex<Vec<(http::StatusCode, &'static str)>>,
    asked: Arc<Mutex<Vec<http::HeaderMap>>>,
}

impl Transport for Answers {
    fn send(
        &self,
        request: http::Request,
    ) -> BoxFuture<'static, Result<http::Response, TransportError>> {
        self.asked.lock().unwrap().push(request.headers().clone());
        let answer = self.bodies.lock().unwrap().pop();
        Box::pin(async move {
            let (status, body) = answer
                .ok_or_else(|| TransportError::new(TransportErrorKind::Unexpected, "no answer"))?;
            let response = http::Response::builder()
                .status(status)
                .header("x-amzn-requestid", "r-1")
                .body(Body::from_bytes(body));
            response.map_err(|error| TransportError::new(TransportErrorKind::Other, error))
        })
    }
}

/// An interceptor that adds a header to each request.
#[derive(Debug)]
struct Mark;

impl Interceptor for Mark {
    fn before_signing(
        &self,
        operation: &OperationSchema,
        request: &mut http::request::Parts,
    ) -> Result<(), BoxError> {
        let name = HeaderValue::from_str(operation.name)?;
        request.headers.insert("x-mark", name);
        Ok(())
    }
}

/// A clock with a fixed time.
#[derive(Debug)]
struct Noon;

impl Clock for Noon {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(12 * 3_600)
    }

    fn monotonic(&self) -> Instant {
        SystemClock.monotonic()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        SystemClock.sleep(duration)
    }
}

fn settings(answers: Answers) -> Builder {
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
        .app_name(AppName::new("names").unwrap())
        .retry_config(RetryConfig::disabled())
        .timeout_config(
            TimeoutConfig::builder()
                .operation_timeout(Duration::from_secs(9))
                .build(),
        )
        .transport(answers)
        .interceptor(Mark)
        .clock(Noon)
}

#[tokio::test]
async fn transports_interceptors_clocks_and_headers_are_written_with_this_crate_alone() {
    let answers = Answers::default();
    answers.bodies.lock().unwrap().extend([
        (http::StatusCode::OK, r#"{"flows": [{"flowName": "b"}]}"#),
        (http::StatusCode::OK, r#"{"flows": [{"flowName": "a"}]}"#),
    ]);
    let asked = answers.asked.clone();
    let client = Client::from_conf(settings(answers).build());
    let call: CustomizableOperation<ListFlows> = client.list_flows().customize();
    let call: Customize<ListFlows> = call.header(
        HeaderName::from_static("x-own"),
        HeaderValue::from_static("yes"),
    );
    let output: ListFlowsOutput = call.send().await.unwrap();
    assert_eq!(id(&output), Some("r-1"));

    let pages: ListFlowsPaginator = client.list_flows().into_paginator();
    let mut items: PageStream<FlowDefinition, Error> = pages.items().send();
    let flow = items.next().await.unwrap().unwrap();
    assert_eq!(flow.flow_name(), Some("b"));

    let asked = asked.lock().unwrap();
    assert_eq!(asked[0]["x-own"], "yes");
    assert_eq!(asked[0]["x-mark"], "ListFlows");
    assert_eq!(asked[0]["x-amz-date"], "19700101T120000Z");
    let agent = asked[0]["user-agent"].to_str().unwrap();
    assert!(agent.ends_with(" app/names"), "{agent}");
}

/// Uses outputs and errors generically.
fn id<T: RequestId>(output: &T) -> Option<&str> {
    output.request_id()
}

fn code<E: ProvideErrorMetadata>(error: &E) -> (Option<&str>, Option<&str>) {
    (error.code(), error.message())
}

#[tokio::test]
async fn errors_implement_the_traits_of_the_aws_sdk() {
    let answers = Answers::default();
    let refusal = r#"{"__type": "ResourceNotFoundException", "message": "no such flow"}"#;
    answers
        .bodies
        .lock()
        .unwrap()
        .push((http::StatusCode::NOT_FOUND, refusal));
    let client = Client::from_conf(settings(answers).build());
    let error = client
        .describe_flow()
        .flow_name("none")
        .send()
        .await
        .unwrap_err();
    let expected = (Some("ResourceNotFoundException"), Some("no such flow"));
    assert_eq!(code(&error), expected);
    assert_eq!(id(&error), Some("r-1"));
    let metadata: &ErrorMetadata = error.meta();
    assert_eq!((metadata.code(), metadata.message()), expected);
    assert_eq!(id(metadata), Some("r-1"));
    let line = error.to_string();
    assert_eq!(DisplayErrorContext(&error).to_string(), line);
    assert_eq!(format!("{error:?}"), line, "what `main` prints");
    assert!(format!("{error:#?}").starts_with("Error {\n"));
}

/// Uses clients generically.
async fn is_gone<C: Waiters>(client: &C, name: &str) -> bool {
    let waiter = client.wait_until_flow_deleted().flow_name(name);
    waiter.wait(Duration::from_secs(5)).await.is_ok()
}

#[tokio::test]
async fn waiters_are_methods_of_a_trait_too_and_their_errors_have_a_name() {
    let answers = Answers::default();
    let refusal = r#"{"__type": "ResourceNotFoundException"}"#;
    answers
        .bodies
        .lock()
        .unwrap()
        .push((http::StatusCode::NOT_FOUND, refusal));
    let client = Client::from_conf(settings(answers).build());
    assert!(is_gone(&client, "none").await);
    let waited = client
        .wait_until_flow_active()
        .flow_name("none")
        .wait(Duration::ZERO)
        .await;
    let error: WaiterError<_, Error> = waited.unwrap_err();
    assert!(matches!(error, WaiterError::OperationFailed(_)));
    assert_eq!(format!("{error:?}"), error.to_string());
}

#[test]
fn settings_begin_with_those_that_are_shared() {
    let provider = SharedCredentialsProvider::new(Credentials::new("a", "b", None, None, "test"));
    let shared = SdkConfig::builder()
        .region(Region::new("eu-north-1"))
        .credentials_provider(provider)
        .build();
    let config = Config::new(&shared);
    assert_eq!(config.region().map(AsRef::as_ref), Some("eu-north-1"));
    let provider: &dyn ProvideCredentials = &config.credentials_provider().unwrap();
    assert!(!format!("{provider:?}").is_empty());
    assert_eq!(meta::PKG_VERSION, env!("CARGO_PKG_VERSION"));
}

#[test]
fn builders_and_values_are_where_they_are_looked_for() {
    let task: Result<Task, BuildError> = TaskBuilder::default().build();
    let error = task.unwrap_err();
    assert_eq!(format!("{error:?}"), error.to_string());
    let builder: ResourceNotFoundExceptionBuilder = ResourceNotFoundException::builder();
    assert_eq!(builder.message("gone").build().message(), Some("gone"));
    let time = DateTime::from_secs(0)
        .fmt(DateTimeFormat::DateTime)
        .unwrap();
    assert_eq!(time, "1970-01-01T00:00:00Z");
    assert_eq!(Blob::new("x").as_ref(), b"x");
    assert_eq!(Document::from("x").as_string(), Some("x"));
    assert_eq!(OperatorPropertiesKeys::from("VALUE").as_str(), "VALUE");
    let _: Option<SourceFieldProperties> = None;
}
