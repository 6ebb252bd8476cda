//! [`CachingProvider`], which caches the credentials of another provider.

use crate::http::time::{SharedClock, within};
use crate::identity::credentials::{
    Credentials, CredentialsError, ProvideCredentials, Result, SharedCredentialsProvider,
    shared_error,
};
use aws_credential_types::provider::future;
use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use tokio::runtime::{self, Handle};
use tokio::sync::watch;

/// The maximum time before the expiration at which credentials are refreshed. For short-lived ones it is half of their
/// lifetime.
const REFRESH_WINDOW: Duration = Duration::from_secs(300);
/// The maximum by which the window is shortened, so that a fleet that starts at once does not refresh at once.
const JITTER: Duration = Duration::from_secs(60);
/// The time before the expiration in which calls wait for the refresh: a request signed with the old keys may arrive
/// too late.
const MANDATORY_REFRESH_WINDOW: Duration = Duration::from_secs(60);
/// The time for which valid credentials are used after a failed refresh, before another attempt.
const PAUSE: Duration = Duration::from_secs(5);
/// The time for which callers on one runtime wait for a refresh on another one, which makes no progress while nothing
/// drives that runtime.
const WAIT_ELSEWHERE: Duration = Duration::from_secs(10);

/// A provider that caches the credentials of another one and refreshes them before they expire.
///
/// - Concurrent calls share one refresh. It runs on a task of its own, so that a caller that is dropped does not affect
///   the others. If that task is on another Tokio runtime, they share it for the first 10 seconds, and one of them starts
///   another refresh then. For this, the clock must be able to wait, which [`SystemClock`](crate::http::time::SystemClock)
///   is on runtimes with `enable_time`.
/// - A refresh has no timeout of its own: the wrapped provider should have one.
/// - Credentials are refreshed in the background from 4 to 5 minutes before their expiration (or from half of their
///   lifetime, if that is later), while calls use the cached ones. In the last minute, calls wait for the refresh.
/// - After a failed refresh, credentials that are still valid remain in use, and another refresh is tried after 5
///   seconds. Without valid credentials, each call gets the error; errors are not cached.
/// - Credentials without an expiration are cached until [`invalidate`](Self::invalidate).
///
/// The provider is cheap to clone; clones share the credentials.
#[derive(Clone)]
pub struct CachingProvider {
    inner: Arc<Inner>,
}

struct Inner {
    provider: SharedCredentialsProvider,
    clock: SharedClock,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    /// The refresh in progress.
    flight: Option<Flight>,
}

struct Kept {
    credentials: Credentials,
    /// `None` if the credentials do not expire.
    refresh_at: Option<SystemTime>,
    /// The time before which valid credentials are not refreshed.
    pause_until: Instant,
}

/// A refresh in progress.
#[derive(Clone)]
struct Flight {
    /// The receiver of all callers that wait. It is closed without a value if the refresh was cancelled.
    outcome: watch::Receiver<Option<Outcome>>,
    /// The runtime of its task.
    runtime: runtime::Id,
    /// The time after which callers on other runtimes do not wait.
    until: Instant,
}

type Outcome = std::result::Result<Credentials, Arc<CredentialsError>>;

impl CachingProvider {
    /// Creates a cache for the credentials of a provider.
    pub fn new(provider: impl ProvideCredentials + 'static, clock: SharedClock) -> Self {
        Self {
            inner: Arc::new(Inner {
                provider: SharedCredentialsProvider::new(provider),
                clock,
                state: Mutex::default(),
            }),
        }
    }

    /// Removes the credentials from the cache, so that the next call gets new ones. Use it if the service reports them
    /// as expired.
    pub fn invalidate(&self) {
        self.inner.state().kept = None;
    }

    /// Removes the credentials from the cache like [`invalidate`](Self::invalidate), unless they have been replaced
    /// since these were returned. Of many calls that fail at once, only the first causes a refresh.
    pub fn invalidate_if_current(&self, rejected: &Credentials) {
        let mut state = self.inner.state();
        let is_current = state.kept.as_ref().is_some_and(|kept| {
            kept.credentials.access_key_id() == rejected.access_key_id()
                && kept.credentials.session_token() == rejected.session_token()
        });
        if is_current {
            state.kept = None;
        }
    }
}

impl ProvideCredentials for CachingProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        match self.inner.at_hand() {
            Some(credentials) => future::ProvideCredentials::ready(Ok(credentials)),
            None => future::ProvideCredentials::new(self.inner.refreshed()),
        }
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the credentials that can be used without waiting, and starts the refresh if it is due.
    fn at_hand(self: &Arc<Self>) -> Option<Credentials> {
        let now = self.clock.now();
        let mut state = self.state();
        if let Some(credentials) = state.fresh(now) {
            return Some(credentials);
        }
        let kept = state.kept.as_ref()?;
        let remaining = kept.remaining(now)?;
        let credentials = kept.credentials.clone();
        if self.clock.monotonic() < kept.pause_until {
            return Some(credentials);
        }
        if remaining < MANDATORY_REFRESH_WINDOW {
            return None;
        }
        let handle = Handle::try_current().ok()?;
        self.join(&mut state, &handle);
        Some(credentials)
    }

    /// Returns the result of a refresh, which may be one in progress. If it fails, returns credentials that are still
    /// valid.
    async fn refreshed(self: &Arc<Self>) -> Result {
        let error = match self.wait().await {
            Ok(credentials) => return Ok(credentials),
            Err(error) => error,
        };
        let now = self.clock.now();
        let state = self.state();
        match state.kept.as_ref().filter(|kept| kept.is_valid(now)) {
            Some(kept) => Ok(kept.credentials.clone()),
            None => Err(shared_error::again(&error)),
        }
    }

    async fn wait(self: &Arc<Self>) -> Outcome {
        // The runtime of the refresh may shut down. That is not a reason to fail the first time.
        let mut was_cancelled = false;
        loop {
            let Ok(handle) = Handle::try_current() else {
                // Without tokio there is no task for the refresh: the caller runs it.
                let result = self.provider.provide_credentials().await;
                return self.store(&mut self.state(), result);
            };
            let flight = {
                let mut state = self.state();
                // The refresh of another caller may have ended since the last check.
                if let Some(credentials) = state.fresh(self.clock.now()) {
                    return Ok(credentials);
                }
                self.join(&mut state, &handle)
            };
            let limit = flight.limit(handle.id(), self.clock.monotonic());
            let mut outcome = flight.outcome.clone();
            let outcome = pin!(outcome.wait_for(Option::is_some));
            match within(&self.clock, limit, outcome).await {
                Ok(Ok(outcome)) => {
                    if let Some(outcome) = outcome.clone() {
                        return outcome;
                    }
                }
                Ok(Err(_)) if std::mem::replace(&mut was_cancelled, true) => break,
                Ok(Err(_)) => {}
                // The next one to wait starts another.
                Err(_) => drop(self.state().take(&flight.outcome)),
            }
        }
        Err(Arc::new(CredentialsError::unhandled(
            "the credentials provider panicked, or its runtime was shut down",
        )))
    }

    /// Returns the refresh in progress, or starts one.
    fn join(self: &Arc<Self>, state: &mut State, handle: &Handle) -> Flight {
        let now = self.clock.monotonic();
        if let Some(flight) = &state.flight
            && flight.can_be_shared(handle.id(), now)
        {
            return flight.clone();
        }
        let (sender, outcome) = watch::channel(None);
        let flight = Flight {
            outcome: outcome.clone(),
            runtime: handle.id(),
            until: now + WAIT_ELSEWHERE,
        };
        let inner = Arc::clone(self);
        handle.spawn(async move {
            let result = inner.provider.provide_credentials().await;
            let ended = {
                let mut state = inner.state();
                match state.take(&outcome) {
                    Some(_) => inner.store(&mut state, result),
                    // Callers have started another refresh, whose credentials are newer.
                    None => result.map_err(Arc::new),
                }
            };
            sender.send_replace(Some(ended));
        });
        state.flight = Some(flight.clone());
        flight
    }

    /// Caches the result of the provider.
    fn store(&self, state: &mut State, result: Result) -> Outcome {
        let pause_until = self.clock.monotonic() + PAUSE;
        let now = self.clock.now();
        match result {
            Ok(credentials) => {
                state.kept = Some(Kept {
                    refresh_at: credentials.expiry().map(|expiry| due(expiry, now)),
                    credentials: credentials.clone(),
                    pause_until,
                });
                Ok(credentials)
            }
            Err(error) => {
                if let Some(kept) = state.kept.as_mut().filter(|kept| kept.is_valid(now)) {
                    kept.pause_until = pause_until;
                    // The text of an error, such as the output of a process, may be long, and may be a secret.
                    tracing::debug!(
                        %error,
                        "failed to refresh AWS credentials; the current ones are still valid"
                    );
                }
                Err(Arc::new(error))
            }
        }
    }
}

impl Flight {
    /// Returns whether a caller on this runtime can wait for it.
    fn can_be_shared(&self, runtime: runtime::Id, now: Instant) -> bool {
        // A closed one was cancelled: one that completes is removed from the state first.
        let is_open = self.outcome.has_changed().is_ok();
        is_open && self.limit(runtime, now) != Some(Duration::ZERO)
    }

    /// Returns the time for which a caller on this runtime waits; `None` if there is no limit.
    fn limit(&self, runtime: runtime::Id, now: Instant) -> Option<Duration> {
        let is_elsewhere = runtime != self.runtime;
        is_elsewhere.then(|| self.until.saturating_duration_since(now))
    }
}

impl State {
    /// Removes the refresh in progress if it has this outcome.
    fn take(&mut self, outcome: &watch::Receiver<Option<Outcome>>) -> Option<Flight> {
        let flight = &mut self.flight;
        flight.take_if(|flight| flight.outcome.same_channel(outcome))
    }

    /// Returns the credentials if no refresh is due.
    fn fresh(&self, now: SystemTime) -> Option<Credentials> {
        let kept = self.kept.as_ref()?;
        let is_fresh = kept.refresh_at.is_none_or(|due| now < due);
        is_fresh.then(|| kept.credentials.clone())
    }
}

impl Kept {
    /// Returns the time for which they are still valid; `None` if they have expired.
    fn remaining(&self, now: SystemTime) -> Option<Duration> {
        let Some(expiry) = self.credentials.expiry() else {
            return Some(Duration::MAX);
        };
        let remaining = expiry.duration_since(now).ok()?;
        (!remaining.is_zero()).then_some(remaining)
    }

    fn is_valid(&self, now: SystemTime) -> bool {
        self.remaining(now).is_some()
    }
}

/// Returns the time at which credentials loaded now have to be refreshed.
fn due(expiry: SystemTime, now: SystemTime) -> SystemTime {
    let life = expiry.duration_since(now).unwrap_or_default();
    let jitter = JITTER.mul_f32(fastrand::f32());
    let window = (REFRESH_WINDOW - jitter).min(life / 2);
    expiry.checked_sub(window).unwrap_or(now)
}

impl fmt::Debug for CachingProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachingProvider")
            .field("provider", &self.inner.provider)
            .finish_non_exhaustive()
    }
}
