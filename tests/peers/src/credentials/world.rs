//! An isolated environment for credential providers: variables, files, HTTP traffic and time of a scenario.

use anyhow::{Context, Result};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::Value;
use smithy_reqwest::credentials::{Credentials, CredentialsError, FileSystem, ProviderConfig};
use smithy_reqwest::environment::Environment;
use smithy_reqwest::http::{
    Body, BoxFuture, Request, Response, Transport, TransportError, TransportErrorKind,
};
use smithy_reqwest::time::Clock;
use std::collections::VecDeque;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// A folder that is removed on drop.
#[derive(Debug)]
pub(super) struct Scratch(pub(super) PathBuf);

impl Scratch {
    pub(super) fn new() -> Result<Self> {
        let name = format!("peers-{}-{:x}", std::process::id(), fastrand::u64(..));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    /// Writes a file below the folder.
    pub(super) fn write(&self, path: &str, text: &str) -> Result<()> {
        let path = self.0.join(path.trim_start_matches('/'));
        fs::create_dir_all(path.parent().context("a folder")?)?;
        Ok(fs::write(path, text)?)
    }

    /// Copies a folder into this one.
    pub(super) fn copy(&self, from: &Path) -> Result<()> {
        copy(from, &self.0)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            fs::write(&target, fs::read(entry.path())?)?;
        }
    }
    Ok(())
}

/// A clock that moves only with sleeps.
#[derive(Debug, Clone)]
pub(super) struct StillClock {
    now: SystemTime,
    start: Instant,
    passed: Arc<Mutex<Duration>>,
}

impl StillClock {
    pub(super) fn at(now: SystemTime) -> Self {
        Self {
            now,
            start: Instant::now(),
            passed: Arc::default(),
        }
    }

    fn passed(&self) -> Duration {
        *self.passed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for StillClock {
    fn now(&self) -> SystemTime {
        self.now + self.passed()
    }

    fn monotonic(&self) -> Instant {
        self.start + self.passed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // An attempt's time limit is a sleep too, which must not win against an answer that is there.
        if duration >= Duration::from_secs(1) {
            return Box::pin(std::future::pending());
        }
        let passed = self.passed.clone();
        Box::pin(async move { *passed.lock().unwrap_or_else(PoisonError::into_inner) += duration })
    }
}

/// A recorded or made-up exchange.
#[derive(Debug, Clone)]
pub(super) struct Exchange {
    pub(super) method: String,
    pub(super) uri: String,
    pub(super) status: u16,
    pub(super) body: String,
}

/// A transport that replays recorded responses in order, for matching requests.
#[derive(Debug, Default)]
pub(super) struct Recorded {
    left: Mutex<VecDeque<Exchange>>,
    /// The requests that were not recorded.
    pub(super) unexpected: Mutex<Vec<String>>,
    /// The received requests: URL and body.
    pub(super) sent: Mutex<Vec<(String, String)>>,
}

impl Recorded {
    pub(super) fn new(exchanges: impl IntoIterator<Item = Exchange>) -> Arc<Self> {
        Arc::new(Self {
            left: Mutex::new(exchanges.into_iter().collect()),
            ..Self::default()
        })
    }

    /// Returns the unexpected and the missing requests.
    pub(super) fn difference(&self) -> Option<String> {
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let unexpected = self
            .unexpected
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let is_same = left.is_empty() && unexpected.is_empty();
        (!is_same).then(|| format!("not asked for: {left:?}; not recorded: {unexpected:?}"))
    }
}

impl Transport for Recorded {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let (head, body) = request.into_parts();
        let body = body.bytes().unwrap_or_default();
        let body = String::from_utf8_lossy(&body).into_owned();
        let line = format!("{} {}", head.method, head.uri);
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.push((head.uri.to_string(), body));
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let next = left.pop_front();
        let is_next = |next: &Exchange| format!("{} {}", next.method, next.uri) == line;
        let answer = match next.filter(is_next) {
            Some(next) => http::Response::builder()
                .status(next.status)
                .body(Body::from_bytes(next.body))
                .map_err(|error| TransportError::new(TransportErrorKind::Other, error)),
            None => {
                let mut unexpected = self
                    .unexpected
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                unexpected.push(line);
                let why = "nothing more was recorded";
                Err(TransportError::new(TransportErrorKind::Connect, why))
            }
        };
        Box::pin(std::future::ready(answer))
    }
}

/// Returns providers with these variables, files and traffic.
pub(super) fn config(
    variables: &Value,
    files: &Scratch,
    transport: &Arc<Recorded>,
    now: SystemTime,
) -> ProviderConfig {
    let pairs = variables.as_object().into_iter().flatten();
    let pairs = pairs.map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default()));
    ProviderConfig::new()
        .environment(Environment::from_pairs(pairs))
        .files(FileSystem::below(&files.0))
        .transport(transport.clone())
        .clock(Arc::new(StillClock::at(now)))
}

/// Formats a time for `Date` headers.
pub(super) fn http_date(text: &str) -> Option<SystemTime> {
    let time = DateTime::from_str(text, Format::HttpDate).ok()?;
    SystemTime::try_from(time).ok()
}

/// Runs a future to its end.
pub(super) fn block_on<T>(future: impl Future<Output = T>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread();
    Ok({ runtime }.enable_all().build()?.block_on(future))
}

/// Formats an error with all its sources.
pub(super) fn told(error: &CredentialsError) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        told.push_str(": ");
        told.push_str(&error.to_string());
        cause = error.source();
    }
    told
}

/// Formats credentials as the scenarios do.
pub(super) fn written(credentials: &Credentials) -> Value {
    let mut written = serde_json::json!({
        "access_key_id": credentials.access_key_id(),
        "secret_access_key": credentials.secret_access_key(),
    });
    if let Some(token) = credentials.session_token() {
        written["session_token"] = token.into();
    }
    if let Some(account) = credentials.account_id() {
        written["account_id"] = account.as_str().into();
    }
    if let Some(expiry) = credentials.expiry() {
        written["expiry"] = DateTime::from(expiry).secs().into();
    }
    written
}
