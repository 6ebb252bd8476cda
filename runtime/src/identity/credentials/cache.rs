//! [`CachingProvider`]: many calls in, few calls of the provider it wraps out.

use crate::http::time::SharedClock;
use crate::identity::credentials::{
    Credentials, CredentialsError, ProvideCredentials, Result, SharedCredentialsProvider,
    shared_error,
};
use aws_credential_types::provider::future;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use tokio::runtime::Handle;
use tokio::sync::watch;

/// Credentials are refreshed this long before they expire, at most: half of their life, if that is less.
const REFRESH_WINDOW: Duration = Duration::from_secs(300);
/// The window is up to this much shorter, so that a fleet that started at once does not refresh at once.
const JITTER: Duration = Duration::from_secs(60);
/// In this last while before the expiry calls wait for the refresh: a request signed with the old keys might arrive too
/// late.
const LAST_WHILE: Duration = Duration::from_secs(60);
/// How long valid credentials are used on before another refresh is tried.
const PAUSE: Duration = Duration::from_secs(5);

/// Keeps the credentials of another provider and refreshes them before they expire.
///
/// - Calls at the same time share one refresh. It runs on a task of its own: a caller that goes away takes nothing from
///   the others.
/// - Credentials are refreshed in the background from 4 to 5 minutes before their expiry (or from half of their life, if
///   that is later), while calls go on with the ones at hand. In the last minute calls wait for the refresh.
/// - A refresh that fails leaves credentials that are still valid in use, and is tried again after 5 seconds. Without
///   any, each call gets the error; errors are not kept.
/// - Credentials without an expiry are kept for good, until [`invalidate`](Self::invalidate).
///
/// Cheap to clone; clones share the credentials.
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
    /// The refresh that is under way.
    flight: Option<Flight>,
}

struct Kept {
    credentials: Credentials,
    /// `None` when they do not expire.
    refresh_at: Option<SystemTime>,
    /// No refresh before this, as long as they are valid.
    pause_until: Instant,
}

/// What everybody who waits for a refresh will see; closed without a value when the refresh was cut off.
type Flight = watch::Receiver<Option<Outcome>>;
type Outcome = std::result::Result<Credentials, Arc<CredentialsError>>;

impl CachingProvider {
    /// Keeps what this provider gives.
    pub fn new(provider: impl ProvideCredentials + 'static, clock: SharedClock) -> Self {
        Self {
            inner: Arc::new(Inner {
                provider: SharedCredentialsProvider::new(provider),
                clock,
                state: Mutex::default(),
            }),
        }
    }

    /// Forgets the credentials, so that the next call gets new ones: for when the service says they have expired.
    pub fn invalidate(&self) {
        self.inner.state().kept = None;
    }

    /// Like [`invalidate`](Self::invalidate), unless the credentials have been replaced since these were handed out: of
    /// many calls that fail at once, only the first costs a refresh.
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

    /// The credentials that serve without waiting; starts the refresh when it is due.
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
        if remaining < LAST_WHILE {
            return None;
        }
        let handle = Handle::try_current().ok()?;
        self.join(&mut state, &handle);
        Some(credentials)
    }

    /// The outcome of a refresh, be it one that is under way; on failure, credentials that are still valid.
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
        // Whoever runs the refresh may be shut down. That is no reason to fail, once.
        for _ in 0..2 {
            let flight = {
                let mut state = self.state();
                // Another caller's refresh may have landed since this one looked.
                if let Some(credentials) = state.fresh(self.clock.now()) {
                    return Ok(credentials);
                }
                let handle = Handle::try_current().ok();
                handle.map(|handle| self.join(&mut state, &handle))
            };
            let Some(mut flight) = flight else {
                // Without tokio there is no task to run it on: the caller runs it.
                return self.refresh().await;
            };
            let landed = flight.wait_for(Option::is_some).await;
            if let Some(outcome) = landed.ok().and_then(|outcome| outcome.clone()) {
                return outcome;
            }
        }
        Err(Arc::new(CredentialsError::unhandled(
            "the credentials provider panicked, or its runtime was shut down",
        )))
    }

    /// The refresh that is under way, or a new one.
    fn join(self: &Arc<Self>, state: &mut State, handle: &Handle) -> Flight {
        // A flight that is closed was cut off: one that lands is taken out of the state before.
        if let Some(flight) = state
            .flight
            .as_ref()
            .filter(|flight| flight.has_changed().is_ok())
        {
            return flight.clone();
        }
        let (sender, flight) = watch::channel(None);
        let inner = Arc::clone(self);
        handle.spawn(async move {
            let outcome = inner.refresh().await;
            inner.state().flight = None;
            sender.send_replace(Some(outcome));
        });
        state.flight = Some(flight.clone());
        flight
    }

    /// Asks the provider, and keeps what it gives.
    async fn refresh(&self) -> Outcome {
        let result = self.provider.provide_credentials().await;
        let pause_until = self.clock.monotonic() + PAUSE;
        let now = self.clock.now();
        let mut state = self.state();
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
                    // What an error holds, such as what a process wrote, may be long, and may be a secret.
                    tracing::debug!(
                        %error,
                        "AWS credentials cannot be refreshed; the ones at hand are still valid"
                    );
                }
                Err(Arc::new(error))
            }
        }
    }
}

impl State {
    /// The credentials, while no refresh is due.
    fn fresh(&self, now: SystemTime) -> Option<Credentials> {
        let kept = self.kept.as_ref()?;
        let is_fresh = kept.refresh_at.is_none_or(|due| now < due);
        is_fresh.then(|| kept.credentials.clone())
    }
}

impl Kept {
    /// How long they are still valid; `None` when they have expired.
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

/// When credentials that were loaded now have to be refreshed.
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
