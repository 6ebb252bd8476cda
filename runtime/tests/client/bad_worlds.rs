//! Tests with servers that misbehave: errors describe the fault, and no call hangs, crashes or returns a wrong
//! response.

use super::server::{Connection, Server, config, json, soon, thing, throttled};
use crate::service::{client, get_thing};
use smithy_reqwest::config::TimeoutSettings;
use smithy_reqwest::error::Cause;
use smithy_reqwest::http::{BodyError, TransportErrorKind};
use smithy_reqwest::retry::RetrySettings;
use smithy_reqwest::{Error, config::Builder};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;

/// Returns the result of a call with these settings.
async fn call(config: Builder) -> Result<Option<String>, Error> {
    let client = client(config.build());
    let output = soon(get_thing(&client).send()).await?;
    Ok(output.name)
}

fn transport_kind(error: &Error) -> Option<TransportErrorKind> {
    match error.cause() {
        Cause::Transport(error) => Some(error.kind()),
        _ => None,
    }
}

#[tokio::test]
async fn connection_refused_is_retried_and_reported() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = call(config(address)).await.unwrap_err();
    assert_eq!(transport_kind(&error), Some(TransportErrorKind::Connect));
    assert_eq!(error.attempts(), 3);
    assert!(error.is_retryable());
    let text = error.to_string();
    let start = format!("GetThing: no connection to http://{address}: ");
    assert!(text.starts_with(&start), "{text}");
    assert!(text.to_lowercase().contains("refused"), "{text}");
}

/// Starts a server that spoils the first connection with this function.
async fn first_spoiled<F, R>(spoil: F) -> Server
where
    F: Fn(Connection) -> R + Copy + Send + Sync + 'static,
    R: Future<Output = ()> + Send,
{
    Server::new(move |number, mut connection| async move {
        if number == 1 {
            connection.read_request().await;
            spoil(connection).await;
            return;
        }
        while connection.read_request().await.is_some() {
            connection.write(&thing()).await;
        }
    })
    .await
}

#[tokio::test]
async fn a_reset_before_any_response_is_retried() {
    let server = first_spoiled(|connection| async move { connection.reset() }).await;
    assert_eq!(
        call(server.config()).await.unwrap().as_deref(),
        Some("thing")
    );
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_reset_in_the_midst_of_headers_is_retried() {
    let server = first_spoiled(|mut connection| async move {
        connection.write(b"HTTP/1.1 200 OK\r\ncontent-ty").await;
        connection.reset();
    })
    .await;
    assert_eq!(
        call(server.config()).await.unwrap().as_deref(),
        Some("thing")
    );
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_reset_in_the_midst_of_a_body_is_retried() {
    let server = first_spoiled(|mut connection| async move {
        connection
            .write(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"name\":")
            .await;
        connection.reset();
    })
    .await;
    assert_eq!(
        call(server.config()).await.unwrap().as_deref(),
        Some("thing")
    );
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_body_that_ends_too_early_is_retried() {
    for half in [
        "content-length: 100\r\n\r\n{\"name\":",
        "transfer-encoding: chunked\r\n\r\n8\r\n{\"name\":",
    ] {
        let server = first_spoiled(move |mut connection| async move {
            connection
                .write(format!("HTTP/1.1 200 OK\r\n{half}").as_bytes())
                .await;
        })
        .await;
        assert_eq!(
            call(server.config()).await.unwrap().as_deref(),
            Some("thing")
        );
        assert_eq!(server.connections(), 2);
    }
}

#[tokio::test]
async fn an_incomplete_body_is_an_error_with_the_received_length() {
    let server = Server::new(|_, mut connection| async move {
        connection.read_request().await;
        connection
            .write(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"name\":")
            .await;
    })
    .await;
    let error = call(server.config()).await.unwrap_err();
    assert!(
        matches!(
            error.cause(),
            Cause::Body(BodyError::Broken { received: 8, .. })
        ),
        "{error:?}"
    );
    assert_eq!(error.attempts(), 3);
    assert!(error.is_retryable());
}

#[tokio::test]
async fn responses_that_are_not_http_are_errors() {
    let server = Server::new(|_, mut connection| async move {
        connection.read_request().await;
        connection.write(b"220 mail.example ESMTP\r\n\r\n").await;
    })
    .await;
    let error = call(server.config()).await.unwrap_err();
    assert!(transport_kind(&error).is_some(), "{error:?}");
}

#[tokio::test]
async fn a_hundred_throttles_in_a_row_are_borne_while_attempts_and_quota_last() {
    let server = Server::new(|_, mut connection| async move {
        let mut requests = 0;
        while connection.read_request().await.is_some() {
            requests += 1;
            let answer = if requests <= 100 {
                throttled()
            } else {
                thing()
            };
            connection.write(&answer).await;
        }
    })
    .await;
    let retry = RetrySettings::standard()
        .with_initial_backoff(Duration::ZERO)
        .with_max_attempts(101);
    let config = server.config().retry_config(retry);
    assert_eq!(call(config).await.unwrap().as_deref(), Some("thing"));
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn throttling_without_end_stops_when_the_quota_is_used_up() {
    let server = Server::answering(throttled()).await;
    let retry = RetrySettings::standard()
        .with_initial_backoff(Duration::ZERO)
        .with_max_attempts(1_000);
    let error = call(server.config().retry_config(retry)).await.unwrap_err();
    assert!(error.is_throttling());
    // The quota has 500 tokens, and a retry costs 5.
    assert_eq!(error.attempts(), 101);
    let error = call(server.config()).await.unwrap_err();
    assert_eq!(error.attempts(), 3, "by default");
    assert_eq!(
        error.to_string(),
        "GetThing: ThrottlingException (429): slow down [attempt 3 of 3]"
    );
}

#[tokio::test]
async fn an_endless_body_is_cut_at_the_limit_and_not_asked_for_again() {
    let server = Server::new(|_, mut connection| async move {
        connection.read_request().await;
        connection
            .write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
            .await;
        let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
        while connection.write(chunk.as_bytes()).await {}
    })
    .await;
    let error = call(server.config().max_response_bytes(1 << 20))
        .await
        .unwrap_err();
    assert!(
        matches!(
            error.cause(),
            Cause::Body(BodyError::TooLong { limit: 0x10_0000 })
        ),
        "{error:?}"
    );
    assert_eq!(error.attempts(), 1);
    assert!(
        error.to_string().contains("limit of 1048576 bytes"),
        "{error}"
    );
}

#[tokio::test]
async fn a_body_of_200_megabytes_is_rejected_by_its_length_without_being_read() {
    static WRITTEN: AtomicUsize = AtomicUsize::new(0);
    let server = Server::new(|_, mut connection| async move {
        connection.read_request().await;
        connection
            .write(b"HTTP/1.1 200 OK\r\ncontent-length: 200000000\r\n\r\n")
            .await;
        let piece = [b' '; 1 << 16];
        while connection.write(&piece).await {
            WRITTEN.fetch_add(piece.len(), Ordering::SeqCst);
        }
    })
    .await;
    let error = call(server.config()).await.unwrap_err();
    assert!(
        matches!(error.cause(), Cause::Body(BodyError::TooLong { .. })),
        "{error:?}"
    );
    assert_eq!(error.attempts(), 1);
    // This is what buffers of the system hold, and far less than the body.
    let written = WRITTEN.load(Ordering::SeqCst);
    assert!(written < 32 << 20, "{written}");
}

#[tokio::test]
async fn headers_beyond_all_limits_are_an_error() {
    let many: String = (0..10_000).map(|n| format!("x-{n}: y\r\n")).collect();
    let long = format!("x-long: {}\r\n", "y".repeat(4 << 20));
    for headers in [many, long] {
        let server = Server::answering(json("200 OK", &headers, "{}")).await;
        let error = call(server.config()).await.unwrap_err();
        assert!(transport_kind(&error).is_some(), "{error:?}");
    }
}

#[tokio::test]
async fn responses_that_cannot_be_read_are_errors_that_say_where() {
    let deep = "[".repeat(10_000);
    let deep_member = format!(r#"{{"name":{deep}"#);
    let deep_unknown = format!(r#"{{"unknown":{deep}{}}}"#, "]".repeat(10_000));
    let table: [(&[u8], &str); 6] = [
        (
            b"{\"name\":\"\xff\xfe\"}",
            "invalid utf-8 sequence of 1 bytes from index 9",
        ),
        (b"\xff\xfe", "invalid utf-8 sequence"),
        (deep.as_bytes(), "invalid type"),
        (deep_member.as_bytes(), "name: invalid type"),
        (
            b"{\"name\":[12]}",
            "name: invalid type: a list, expected text",
        ),
        (b"{\"name\":\"cut of", "name: EOF"),
    ];
    for (body, expected) in table {
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
        let answer = [answer.as_bytes(), body].concat();
        let server = Server::answering(answer).await;
        let error = call(server.config()).await.unwrap_err();
        assert!(matches!(error.cause(), Cause::Response(_)), "{error:?}");
        assert_eq!(error.status(), Some(200));
        let text = error.to_string();
        assert!(text.contains("failed to read the response: "), "{text}");
        assert!(text.contains(expected), "{text} / {expected}");
    }
    // Members that the model does not define are skipped, however deep they are.
    let server = Server::answering(json("200 OK", "", &deep_unknown)).await;
    assert_eq!(call(server.config()).await.unwrap(), None);
    // Depth in an error response is harmless too.
    let server = Server::answering(json("400 Bad Request", "", &deep)).await;
    let error = call(server.config()).await.unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(400), None));
}

#[tokio::test]
async fn a_page_instead_of_a_response_is_named_by_its_content_type() {
    let page = "<html>Please log in to the hotel</html>";
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\n\r\n{page}",
        page.len()
    );
    let server = Server::answering(answer).await;
    let error = call(server.config()).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("failed to read the response") && text.contains("(content type text/html)"),
        "{text}"
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_error_states_where_it_led() {
    let elsewhere = Server::answering(thing()).await;
    let location = format!("location: http://{}/\r\n", elsewhere.address);
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "307 Temporary Redirect",
    ] {
        let server = Server::answering(json(status, &location, "")).await;
        let error = call(server.config()).await.unwrap_err();
        let text = error.to_string();
        let expected = format!(
            "redirects are not followed (to http://{}/)",
            elsewhere.address
        );
        assert!(text.contains(&expected), "{text}");
        assert_eq!(error.attempts(), 1);
    }
    assert_eq!(
        elsewhere.connections(),
        0,
        "nothing signed may reach another host"
    );
}

#[tokio::test]
async fn server_errors_are_retried_and_client_errors_are_not() {
    for (status, attempts) in [
        ("500 Internal Server Error", 3),
        ("502 Bad Gateway", 3),
        ("503 Service Unavailable", 3),
        ("504 Gateway Timeout", 3),
        ("400 Bad Request", 1),
        ("403 Forbidden", 1),
        ("404 Not Found", 1),
        ("501 Not Implemented", 1),
    ] {
        let server = Server::answering(json(status, "", "{}")).await;
        let error = call(server.config()).await.unwrap_err();
        assert_eq!(error.attempts(), attempts, "{status}");
        assert_eq!(error.is_retryable(), attempts > 1, "{status}");
    }
}

#[tokio::test]
async fn a_body_that_trickles_meets_the_limit_of_the_attempt() {
    let server = Server::new(|_, mut connection| async move {
        connection.read_request().await;
        connection
            .write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n")
            .await;
        while connection.write(b" ").await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
    let limits = TimeoutSettings::default().with_attempt(Duration::from_millis(60));
    let config = server.config().timeout_config(limits);
    let error = call(config.retry_config(RetrySettings::off()))
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(error.to_string().contains("attempt timed out after 60ms"), "{error}");
}

#[tokio::test]
async fn a_thousand_calls_at_once_share_one_quota() {
    use crate::service::GetThing;
    use smithy_reqwest::testing::TestTransport;
    let transport = TestTransport::new();
    for _ in 0..3_000 {
        transport.throttle::<GetThing>();
    }
    let client = Arc::new(client(transport.config().build()));
    let calls: Vec<_> = (0..1_000)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get_thing(&client).send().await.unwrap_err() })
        })
        .collect();
    let mut attempts = 0;
    for call in calls {
        let error = soon(call).await.unwrap();
        assert!(error.is_throttling());
        attempts += error.attempts();
    }
    // 500 tokens pay for 100 retries at 5 each, across all callers.
    assert_eq!(attempts, 1_100);
    assert_eq!(transport.requests().len(), 1_100);
}
