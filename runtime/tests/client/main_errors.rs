//! Tests of the output of a program whose `main` returns an error.

use crate::service::{GetThing, client, get_thing};
use smithy_reqwest::Error;
use smithy_reqwest::build::Required;
use smithy_reqwest::error::{ConfigurationError, DisplayErrorContext};
use smithy_reqwest::http::{TransportError, TransportErrorKind};
use smithy_reqwest::primitives::ByteStreamError;
use smithy_reqwest::shape::UnknownVariantError;
use smithy_reqwest::testing::TestTransport;
use smithy_reqwest::waiter::{self, Verdict, WaiterError, WaiterSchema};
use std::error::Error as StdError;
use std::time::Duration;

async fn refused() -> Error {
    let transport = TestTransport::new();
    transport.error::<GetThing>("Gone", "no such thing");
    let client = client(transport.config().build());
    get_thing(&client).send().await.unwrap_err()
}

async fn waited(verdict: Verdict) -> WaiterError<u8, Error> {
    static SCHEMA: WaiterSchema = WaiterSchema::new("ThingReady", 1, 1);
    let clock = smithy_reqwest::config::Config::builder().build().clock();
    let attempt = || async { (Ok(7), Some(verdict)) };
    let waited = waiter::poll(&SCHEMA, clock, Duration::ZERO, attempt).await;
    waited.unwrap_err()
}

#[tokio::test]
async fn debug_prints_the_line_of_an_error_and_its_alternate_form_the_structure() {
    let missing = |mut required: Required| {
        required.take::<String>("name", None);
        required.finish(()).unwrap_err()
    };
    let table: Vec<(Box<dyn StdError>, &str)> = vec![
        (Box::new(refused().await), "Error {"),
        (Box::new(waited(Verdict::Retry).await), "ExceededMaxWait {"),
        (
            Box::new(waited(Verdict::Failure("it is broken")).await),
            "FailureState {",
        ),
        (
            Box::new(ConfigurationError::new("AWS_REGION is empty")),
            "ConfigurationError(",
        ),
        (Box::new(missing(Required::of("Thing"))), "BuildError {"),
        (
            Box::new(UnknownVariantError::new("Color", "blau", &["blue"])),
            "UnknownVariantError {",
        ),
        (
            Box::new(TransportError::new(TransportErrorKind::Io, "reset")),
            "TransportError {",
        ),
        (Box::new(ByteStreamError::AlreadyRead), "AlreadyRead"),
    ];
    for (error, structure) in table {
        assert_eq!(format!("{error:?}"), error.to_string());
        let alternate = format!("{error:#?}");
        assert!(alternate.starts_with(structure), "{alternate}");
    }
}

/// An error that displays its cause, or leaves it to `source`.
#[derive(Debug, thiserror::Error)]
enum Outer {
    #[error("outer: {0}")]
    Naming(#[source] ConfigurationError),
    #[error("outer")]
    Silent(#[source] ConfigurationError),
}

#[tokio::test]
async fn the_context_of_an_error_has_each_cause_once() {
    let inner = || ConfigurationError::new("inner");
    for outer in [Outer::Naming(inner()), Outer::Silent(inner())] {
        assert_eq!(DisplayErrorContext(&outer).to_string(), "outer: inner");
        assert_eq!(format!("{:?}", DisplayErrorContext(outer)), "outer: inner");
    }
    let error = refused().await;
    let line = error.to_string();
    assert_eq!(DisplayErrorContext(&error).to_string(), line);
    let boxed: Box<dyn StdError> = error.into();
    assert_eq!(DisplayErrorContext(boxed.as_ref()).to_string(), line);
}
