//! Tests of time: timeouts, settings of one call, clock skew, expired keys, cancelled calls, and runtimes that shut
//! down.

use super::server::{punctual, Server, json, keys, soon, thing};
use crate::service::{client, get_thing};
use smithy_reqwest::config::{Credentials, ProvideCredentials, TimeoutSettings};
use smithy_reqwest::credentials::CredentialsError;
use smithy_reqwest::error::Cause;
use smithy_reqwest::http::BoxFuture;
use smithy_reqwest::retry::RetrySettings;
use smithy_reqwest::time::{Clock, SystemClock};
use smithy_reqwest::timeout::Timeout;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

const SHORT: Duration = Duration::from_millis(60);

/// Starts a server that accepts connections and never responds.
async fn silent() -> Server {
    Server::new(|_, mut connection| async move { connection.wait_for_end().await }).await
}

#[tokio::test]
async fn every_timeout_has_an_error_with_its_duration() {
    let server = silent().await;
    let retry = RetrySettings::standard()
        .with_initial_backoff(Duration::ZERO)
        .with_max_attempts(2);
    let none = TimeoutSettings::NONE;
    // Without TLS the connection is established at once; with it, the silent server prevents that.
    let table = [
        (
            "https",
            none.with_connect(SHORT),
            Timeout::Connect(SHORT),
            2,
            "connect timed out after 60ms",
        ),
        (
            "http",
            none.with_attempt(SHORT),
            Timeout::Attempt(SHORT),
            2,
            "attempt timed out after 60ms",
        ),
        (
            "http",
            none.with_operation(SHORT),
            Timeout::Operation(SHORT),
            1,
            "call timed out after 60ms",
        ),
    ];
    for (scheme, limits, expected, attempts, text) in table {
        let config = server
            .config()
            .endpoint_url(format!("{scheme}://{}", server.address))
            .timeout_config(limits)
            .retry_config(retry);
        let client = client(config.build());
        let error = soon(get_thing(&client).send()).await.unwrap_err();
        assert!(
            matches!(error.cause(), Cause::Timeout(found) if *found == expected),
            "{error:?}"
        );
        assert!(error.is_timeout() && error.is_retryable());
        let route = match expected {
            Timeout::Operation(_) => String::new(),
            _ => format!(" ({scheme}://{})", server.address),
        };
        assert_eq!(
            error.to_string(),
            format!("GetThing: {text}{route} [attempt {attempts} of 2]")
        );
    }
}

#[tokio::test]
async fn a_call_with_limits_and_retries_of_its_own_shares_connections_and_credentials() {
    let server = Server::new(|_, mut connection| async move {
        let mut requests = 0;
        while connection.read_request().await.is_some() {
            requests += 1;
            let busy = json("503 Service Unavailable", "", "{}");
            connection
                .write(&if requests % 2 == 0 { busy } else { thing() })
                .await;
        }
    })
    .await;
    let provider = Fresh::default();
    let client = client(
        server
            .config()
            .credentials_provider(provider.clone())
            .build(),
    );
    soon(get_thing(&client).send()).await.unwrap();
    let own = client
        .config()
        .to_builder()
        .retry_config(RetrySettings::off())
        .timeout_config(TimeoutSettings::default().with_attempt(Duration::from_secs(50)))
        .build();
    let call = get_thing(&client).customize().config_override(own);
    let error = soon(call.send()).await.unwrap_err();
    assert_eq!(
        (error.status(), error.attempts()),
        (Some(503), 1),
        "{error}"
    );
    assert_eq!(
        soon(get_thing(&client).send())
            .await
            .unwrap()
            .name
            .as_deref(),
        Some("thing")
    );
    assert_eq!(server.connections(), 1);
    assert_eq!(provider.asked(), 1);
}

#[tokio::test]
async fn a_call_with_credentials_of_its_own_does_not_use_the_clients() {
    let server = Server::new(|_, mut connection| async move {
        while let Some(request) = connection.read_request().await {
            let name = if request.contains("AKIDOWN") {
                "own"
            } else {
                "shared"
            };
            connection
                .write(&json("200 OK", "", &format!(r#"{{"name":"{name}"}}"#)))
                .await;
        }
    })
    .await;
    let client = client(server.config().build());
    let own = client
        .config()
        .to_builder()
        .credentials_provider(keys("AKIDOWN"));
    let call = get_thing(&client).customize().config_override(own.build());
    assert_eq!(
        soon(call.send()).await.unwrap().name.as_deref(),
        Some("own")
    );
    assert_eq!(
        soon(get_thing(&client).send())
            .await
            .unwrap()
            .name
            .as_deref(),
        Some("shared")
    );
}

/// A provider that returns new keys for each call, AKID1, AKID2 and so on, and counts them.
#[derive(Debug, Clone, Default)]
struct Fresh(Arc<AtomicUsize>);

impl Fresh {
    fn asked(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

impl ProvideCredentials for Fresh {
    fn provide_credentials<'a>(
        &'a self,
    ) -> aws_credential_types::provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let number = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        let found: Result<Credentials, CredentialsError> = Ok(keys(&format!("AKID{number}")));
        aws_credential_types::provider::future::ProvideCredentials::ready(found)
    }
}

/// Starts a server that reports keys as expired, unless they are the accepted ones.
async fn accepting(keys: &'static str) -> Server {
    Server::new(move |_, mut connection| async move {
        while let Some(request) = connection.read_request().await {
            let expired = json(
                "403 Forbidden",
                "x-amzn-errortype: ExpiredTokenException\r\n",
                r#"{"message":"The security token included in the request is expired"}"#,
            );
            let is_accepted = request.contains(&format!("Credential={keys}/"));
            connection
                .write(&if is_accepted { thing() } else { expired })
                .await;
        }
    })
    .await
}

#[tokio::test]
async fn expired_credentials_are_refreshed_once_in_a_call() {
    let server = accepting("AKID2").await;
    let provider = Fresh::default();
    let first = client(
        server
            .config()
            .credentials_provider(provider.clone())
            .build(),
    );
    soon(get_thing(&first).send()).await.unwrap();
    assert_eq!(provider.asked(), 2);

    let server = accepting("none").await;
    let provider = Fresh::default();
    let second = client(
        server
            .config()
            .credentials_provider(provider.clone())
            .build(),
    );
    let error = soon(get_thing(&second).send()).await.unwrap_err();
    assert_eq!(error.code(), Some("ExpiredTokenException"));
    assert_eq!((error.attempts(), provider.asked()), (2, 2));
}

/// A clock that differs from that of the machine by this number of seconds.
#[derive(Debug, Clone, Copy)]
struct Off(i64);

impl Clock for Off {
    fn now(&self) -> SystemTime {
        let off = Duration::from_secs(self.0.unsigned_abs());
        match self.0 {
            0.. => SystemTime::now() + off,
            _ => SystemTime::now() - off,
        }
    }

    fn monotonic(&self) -> Instant {
        SystemClock.monotonic()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        SystemClock.sleep(duration)
    }
}

#[tokio::test]
async fn a_clock_that_is_ten_minutes_off_either_way_costs_one_attempt_of_the_first_call() {
    for seconds in [-600, 600] {
        let server = punctual().await;
        let attempts = Arc::new(AtomicUsize::new(0));
        let config = server
            .config()
            .clock(Off(seconds))
            .interceptor(Counting(attempts.clone()));
        let client = client(config.build());
        for (call, expected) in [(1, 2), (2, 3), (3, 4)] {
            soon(get_thing(&client).send()).await.unwrap();
            assert_eq!(
                attempts.load(Ordering::SeqCst),
                expected,
                "call {call}, {seconds} s"
            );
        }
        let config = server
            .config()
            .clock(Off(seconds))
            .correct_clock_skew(false);
        let stubborn = crate::service::client(config.build());
        let error = soon(get_thing(&stubborn).send()).await.unwrap_err();
        assert_eq!(error.code(), Some("InvalidSignatureException"));
        assert_eq!(error.attempts(), 1);
    }
}

/// An interceptor that counts attempts.
#[derive(Debug)]
struct Counting(Arc<AtomicUsize>);

impl smithy_reqwest::interceptor::Interceptor for Counting {
    fn before_signing(
        &self,
        _: &smithy_reqwest::schema::OperationSchema,
        _: &mut http::request::Parts,
    ) -> Result<(), smithy_reqwest::http::BoxError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

#[tokio::test]
async fn a_call_dropped_at_any_point_leaves_the_client_healthy() {
    let server = Server::answering(thing()).await;
    let provider = Fresh::default();
    let client = client(
        server
            .config()
            .credentials_provider(provider.clone())
            .build(),
    );
    for polls in 0..40 {
        let mut call = pin!(get_thing(&client).send());
        for _ in 0..polls {
            let mut context = Context::from_waker(Waker::noop());
            if let Poll::Ready(output) = call.as_mut().poll(&mut context) {
                output.unwrap();
                break;
            }
            tokio::task::yield_now().await;
        }
    }
    for _ in 0..10 {
        assert_eq!(
            soon(get_thing(&client).send())
                .await
                .unwrap()
                .name
                .as_deref(),
            Some("thing")
        );
    }
    assert_eq!(
        provider.asked(),
        1,
        "credentials were fetched once for all callers"
    );
}

#[tokio::test]
async fn calls_dropped_while_they_wait_for_a_response_do_not_mix_up_later_responses() {
    // Each response contains the ID of its request; every second one is late.
    let server = Server::new(|_, mut connection| async move {
        while let Some(request) = connection.read_request().await {
            let id = request.split(['/', ' ']).nth(3).unwrap().to_owned();
            if id.starts_with("slow") {
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
            connection
                .write(&json("200 OK", "", &format!(r#"{{"name":"{id}"}}"#)))
                .await;
        }
    })
    .await;
    let client = client(server.config().build());
    for number in 0..20 {
        let mut slow = get_thing(&client);
        slow.input.id = Some(format!("slow{number}"));
        let dropped = tokio::time::timeout(Duration::from_millis(number), slow.send()).await;
        drop(dropped);
        let mut fast = get_thing(&client);
        fast.input.id = Some(format!("fast{number}"));
        let output = soon(fast.send()).await.unwrap();
        assert_eq!(output.name, Some(format!("fast{number}")));
    }
}

#[test]
fn a_runtime_that_ends_with_calls_in_flight_leaves_the_client_usable_in_another() {
    let runtime = || {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap()
    };
    let servers = runtime();
    let (server, hanging) = servers.block_on(async {
        let server = Server::answering(thing()).await;
        (server, silent().await)
    });
    let client = client(server.config().build());
    let stuck = crate::service::client(hanging.config().build());
    for _ in 0..3 {
        let first = runtime();
        first.block_on(async { get_thing(&client).send().await.unwrap() });
        let call = get_thing(&stuck);
        let task = first.spawn(async move { call.send().await });
        first.shutdown_background();
        let second = runtime();
        let joined = second.block_on(soon(task));
        assert!(joined.unwrap_err().is_cancelled());
        let output = second.block_on(async { soon(get_thing(&client).send()).await });
        assert_eq!(output.unwrap().name.as_deref(), Some("thing"));
    }
}
