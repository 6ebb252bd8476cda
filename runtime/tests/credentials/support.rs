//! A clock, a transport and a home directory for tests.

use smithy_reqwest::credentials::{
    Credentials, CredentialsError, ProvideCredentials, ProviderConfig, describe,
};
use smithy_reqwest::environment::Environment;
use smithy_reqwest::http::{
    Body, BoxFuture, Request, Response, Transport, TransportError, TransportErrorKind,
};
use smithy_reqwest::time::Clock;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

/// The time 2030-01-01T00:00:00Z.
pub(crate) const NOW: Duration = Duration::from_secs(1_893_456_000);
pub(crate) const KEYS: &str = r#"{"Code": "Success", "AccessKeyId": "AK", "SecretAccessKey": "SK", "Token": "ST", "Expiration": "2030-01-01T06:00:00Z"}"#;

/// A clock that stands still, except that a sleep advances it and ends at once.
#[derive(Debug)]
pub(crate) struct FakeClock {
    start: Instant,
    passed: Mutex<Duration>,
}

impl FakeClock {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            start: Instant::now(),
            passed: Mutex::default(),
        })
    }

    pub(crate) fn advance(&self, seconds: u64) {
        *self.passed.lock().unwrap() += Duration::from_secs(seconds);
    }

    pub(crate) fn passed(&self) -> Duration {
        *self.passed.lock().unwrap()
    }
}

/// A handle of the clock, which sleeping needs.
#[derive(Debug, Clone)]
pub(crate) struct SharedFakeClock(pub(crate) Arc<FakeClock>);

impl Clock for SharedFakeClock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + NOW + self.0.passed()
    }

    fn monotonic(&self) -> Instant {
        self.0.start + self.0.passed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let clock = Arc::clone(&self.0);
        Box::pin(async move { *clock.passed.lock().unwrap() += duration })
    }
}

/// Returns a configuration of providers that the test controls.
pub(crate) fn provider_config(
    environment: Environment,
    transport: &Arc<FakeTransport>,
    clock: &Arc<FakeClock>,
) -> ProviderConfig {
    ProviderConfig::new()
        .environment(environment)
        .transport(transport.clone())
        .clock(Arc::new(SharedFakeClock(clock.clone())))
}

/// Returns the time this number of seconds after [`NOW`].
pub(crate) fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + NOW + Duration::from_secs(seconds)
}

/// The result of a request.
pub(crate) enum Reply {
    Answer(u16, String),
    /// A response with a header.
    Headed(u16, String, (&'static str, &'static str)),
    Hang,
    Refuse,
}

pub(crate) fn ok(body: impl Into<String>) -> Reply {
    Reply::Answer(200, body.into())
}

/// A transport that records each request as `METHOD uri`, and responds as the test defines.
pub(crate) struct FakeTransport {
    seen: Mutex<Vec<http::request::Parts>>,
    bodies: Mutex<Vec<String>>,
    answer: Box<dyn Fn(&str) -> Reply + Send + Sync>,
}

impl FakeTransport {
    pub(crate) fn new(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self {
            seen: Mutex::default(),
            bodies: Mutex::default(),
            answer: Box::new(answer),
        })
    }

    /// Returns a transport that fails the test if a request is sent.
    pub(crate) fn forbidden() -> Arc<Self> {
        Self::new(|line| panic!("{line} was sent"))
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.seen.lock().unwrap().iter().map(line).collect()
    }

    /// Returns the bodies of all requests.
    pub(crate) fn bodies(&self) -> Vec<String> {
        self.bodies.lock().unwrap().clone()
    }

    /// Returns the form of a request, as pairs.
    pub(crate) fn form(&self, index: usize) -> Vec<(String, String)> {
        let body = self.bodies().swap_remove(index);
        let decoded = |text: &str| {
            let text = percent_encoding::percent_decode_str(text);
            text.decode_utf8().unwrap().into_owned()
        };
        body.split('&')
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (decoded(name), decoded(value)))
            .collect()
    }

    /// Returns the values of a header in all requests, with an empty one where it was not sent.
    pub(crate) fn header(&self, name: &str) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        let value = |parts: &http::request::Parts| match parts.headers.get(name) {
            Some(value) => value.to_str().unwrap().to_owned(),
            None => String::new(),
        };
        seen.iter().map(value).collect()
    }
}

fn line(parts: &http::request::Parts) -> String {
    format!("{} {}", parts.method, parts.uri)
}

impl Transport for FakeTransport {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let (parts, body) = request.into_parts();
        let body = body.bytes().unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        self.bodies.lock().unwrap().push(body);
        let reply = (self.answer)(&line(&parts));
        self.seen.lock().unwrap().push(parts);
        Box::pin(async move {
            match reply {
                Reply::Answer(status, body) => {
                    let response = http::Response::builder().status(status);
                    Ok(response.body(Body::from_bytes(body)).unwrap())
                }
                Reply::Headed(status, body, (name, value)) => {
                    let response = http::Response::builder().status(status);
                    let response = response.header(name, value);
                    Ok(response.body(Body::from_bytes(body)).unwrap())
                }
                Reply::Hang => std::future::pending().await,
                Reply::Refuse => Err(TransportError::new(
                    TransportErrorKind::Connect,
                    "connection refused",
                )),
            }
        })
    }
}

impl fmt::Debug for FakeTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FakeTransport")
    }
}

/// Returns the response of STS for a role, with these keys.
pub(crate) fn assumed(key: &str) -> String {
    format!(
        "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>\
         <AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/x/y</Arn></AssumedRoleUser>\
         <Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>S&amp;K</SecretAccessKey>\
         <SessionToken>ST</SessionToken><Expiration>2030-01-01T01:00:00Z</Expiration></Credentials>\
         </AssumeRoleResult></AssumeRoleResponse>"
    )
}

/// Converts pairs of texts to owned ones.
pub(crate) fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    let owned = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    owned.into_iter().collect()
}

/// A home directory with these profile files.
pub(crate) struct Home {
    directory: tempfile::TempDir,
}

impl Home {
    pub(crate) fn new(config: &str, credentials: &str) -> Self {
        let directory = tempfile::Builder::new().prefix("a home").tempdir().unwrap();
        std::fs::create_dir(directory.path().join(".aws")).unwrap();
        std::fs::write(directory.path().join(".aws/config"), config).unwrap();
        std::fs::write(directory.path().join(".aws/credentials"), credentials).unwrap();
        Self { directory }
    }

    pub(crate) fn path(&self) -> &str {
        self.directory.path().to_str().unwrap()
    }

    pub(crate) fn environment(&self, pairs: &[(&str, &str)]) -> Environment {
        Environment::from_pairs([("HOME", self.path())].iter().chain(pairs).copied())
    }
}

pub(crate) async fn keys(provider: &impl ProvideCredentials) -> Credentials {
    match provider.provide_credentials().await {
        Ok(credentials) => credentials,
        Err(error) => panic!("{}", describe(&error)),
    }
}

/// Returns the kind of the error and its whole text.
pub(crate) async fn failure(provider: &impl ProvideCredentials) -> (&'static str, String) {
    let error = provider.provide_credentials().await.unwrap_err();
    let kind = match &error {
        CredentialsError::CredentialsNotLoaded(_) => "not configured",
        CredentialsError::InvalidConfiguration(_) => "badly configured",
        CredentialsError::ProviderError(_) => "failed",
        _ => "other",
    };
    (kind, describe(&error))
}
