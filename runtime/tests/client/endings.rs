//! Tests of the errors of failed calls: they contain the last response, and the reason why there was no further
//! attempt.

use super::server::{Server, json, soon, thing, throttled};
use crate::service::{client, get_thing};
use smithy_reqwest::Error;
use smithy_reqwest::config::{Builder, TimeoutSettings};
use smithy_reqwest::error::Cause;
use smithy_reqwest::http::BodyError;
use smithy_reqwest::retry::{GiveUpReason, RetrySettings};
use smithy_reqwest::timeout::Timeout;
use std::time::{Duration, Instant};

async fn failure(config: Builder) -> Error {
    let client = client(config.build());
    soon(get_thing(&client).send()).await.unwrap_err()
}

fn limit(limit: Duration) -> TimeoutSettings {
    TimeoutSettings::NONE.with_operation(limit)
}

/// Returns a response that throttles, and asks for a retry in ten seconds.
fn later() -> Vec<u8> {
    json(
        "429 Too Many Requests",
        "x-amzn-errortype: ThrottlingException\r\nx-amzn-requestid: id-7\r\nretry-after: 10\r\n",
        r#"{"message":"slow down"}"#,
    )
}

#[tokio::test]
async fn a_delay_that_does_not_fit_in_the_time_left_ends_the_call_at_once_with_the_last_response() {
    let server = Server::answering(later()).await;
    for settings in [RetrySettings::standard(), RetrySettings::adaptive()] {
        let started = Instant::now();
        let config = server
            .config()
            .timeout_config(limit(Duration::from_secs(8)));
        let error = failure(config.retry_config(settings)).await;
        assert!(started.elapsed() < Duration::from_secs(4), "it waited");
        assert!(matches!(error.cause(), Cause::Service), "{error:?}");
        assert!(error.is_throttling() && error.is_retryable() && !error.is_timeout());
        assert_eq!(error.give_up_reason(), Some(GiveUpReason::TimeExhausted));
        assert_eq!(
            error.to_string(),
            "GetThing: ThrottlingException (429): slow down [request id id-7, attempt 1 of 3, no time left for another attempt]"
        );
    }
}

#[tokio::test]
async fn a_requested_delay_counts_even_if_the_body_of_the_response_breaks() {
    let broken =
        b"HTTP/1.1 503 Slow Down\r\nretry-after: 10\r\ncontent-length: 100\r\n\r\n{\"message\":";
    let server = Server::new(move |_, mut connection| async move {
        connection.read_request().await;
        connection.write(broken).await;
    })
    .await;
    let config = server
        .config()
        .timeout_config(limit(Duration::from_secs(8)));
    let error = failure(config).await;
    assert!(matches!(error.cause(), Cause::Body(_)), "{error:?}");
    assert_eq!(error.give_up_reason(), Some(GiveUpReason::TimeExhausted));
    assert_eq!((error.status(), error.attempts()), (Some(503), 1));
}

#[tokio::test]
async fn the_error_of_the_timeout_keeps_the_last_failure() {
    let server = Server::new(|number, mut connection| async move {
        connection.read_request().await;
        if number == 1 {
            let headers = "x-amzn-errortype: ThrottlingException\r\nx-amzn-requestid: id-7\r\nconnection: close\r\n";
            connection.write(&json("429 Too Many Requests", headers, r#"{"message":"slow down"}"#)).await;
        } else {
            connection.wait_for_end().await;
        }
    })
    .await;
    let limit = Duration::from_millis(1_500);
    let error = failure(server.config().timeout_config(self::limit(limit))).await;
    assert!(matches!(error.cause(), Cause::Timeout(Timeout::Operation(given)) if *given == limit));
    assert!(error.is_timeout() && error.is_throttling() && error.is_retryable());
    assert_eq!(error.code(), Some("ThrottlingException"));
    assert_eq!(
        (error.request_id(), error.status()),
        (Some("id-7"), Some(429))
    );
    assert_eq!(error.attempts(), 2);
    assert_eq!(error.last_failure().unwrap().attempts(), 1);
    assert_eq!(
        error.to_string(),
        "GetThing: call timed out after 1.5s; the last attempt failed: ThrottlingException (429): \
         slow down [request id id-7, attempt 2 of 3]"
    );
}

#[tokio::test]
async fn a_timeout_names_the_destination() {
    let server = Server::new(|_, mut connection| async move {
        connection.wait_for_end().await;
    })
    .await;
    let limits = TimeoutSettings::NONE.with_attempt(Duration::from_millis(50));
    let retry = RetrySettings::standard().with_max_attempts(1);
    let error = failure(server.config().timeout_config(limits).retry_config(retry)).await;
    let expected = format!(
        "GetThing: attempt timed out after 50ms (http://{}) [attempt 1 of 1]",
        server.address
    );
    assert_eq!(error.to_string(), expected);
    assert_eq!(
        error.give_up_reason(),
        Some(GiveUpReason::AttemptsExhausted)
    );
}

#[tokio::test]
async fn an_error_states_why_there_was_no_further_attempt() {
    let server = Server::answering(throttled()).await;
    let retry = RetrySettings::standard()
        .with_initial_backoff(Duration::ZERO)
        .with_max_attempts(1_000);
    let error = failure(server.config().retry_config(retry)).await;
    assert_eq!(error.give_up_reason(), Some(GiveUpReason::QuotaExhausted));
    assert!(
        error
            .to_string()
            .ends_with(" [attempt 101 of 1000, retry quota exhausted]"),
        "{error}"
    );
    let error = failure(server.config()).await;
    assert_eq!(
        error.give_up_reason(),
        Some(GiveUpReason::AttemptsExhausted)
    );
    let server =
        Server::answering(json("400 Bad Request", "x-amzn-errortype: Bad\r\n", "{}")).await;
    let error = failure(server.config()).await;
    assert_eq!(error.give_up_reason(), Some(GiveUpReason::NotRetryable));
    assert!(error.to_string().ends_with(" [attempt 1 of 3]"), "{error}");
    // Nothing was sent.
    let mut call = get_thing(&client(server.config().build()));
    call.input.id = None;
    assert_eq!(call.send().await.unwrap_err().give_up_reason(), None);
}

#[tokio::test]
async fn a_response_whose_body_cannot_be_read_keeps_status_and_request_id() {
    let server = Server::answering(thing()).await;
    let error = failure(server.config().max_response_bytes(3)).await;
    assert!(
        matches!(error.cause(), Cause::Body(BodyError::TooLong { limit: 3 })),
        "{error:?}"
    );
    assert_eq!(
        (error.status(), error.request_id()),
        (Some(200), Some("id-1"))
    );
    assert!(!error.is_retryable(), "the call may have taken effect");
    assert_eq!(error.attempts(), 1);
    let broken = b"HTTP/1.1 503 Slow\r\nx-amzn-requestid: id-2\r\ncontent-length: 100\r\n\r\n{";
    let server = Server::new(move |_, mut connection| async move {
        connection.read_request().await;
        connection.write(broken).await;
    })
    .await;
    let error = failure(server.config()).await;
    assert!(
        matches!(error.cause(), Cause::Body(BodyError::Broken { .. })),
        "{error:?}"
    );
    assert_eq!(
        (error.status(), error.request_id()),
        (Some(503), Some("id-2"))
    );
    assert!(error.is_retryable());
    assert_eq!(error.attempts(), 3);
}
