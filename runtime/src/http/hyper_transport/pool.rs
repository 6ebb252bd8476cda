//! [`Pool`]: the idle connections of a transport.

use crate::http::hyper_transport::link::Link;
use crate::http::hyper_transport::target::Key;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep_until};

/// A pool of idle connections.
pub(super) struct Pool {
    timeout: Duration,
    max_per_key: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The connections of each key, the one with the longest idle time first.
    idle: HashMap<Key, Vec<Idle>>,
    /// `true` while a task closes expired connections.
    is_watched: bool,
}

struct Idle {
    link: Link,
    until: Instant,
}

impl Pool {
    /// Creates a pool with an idle timeout and a maximum number of connections for each key.
    pub(super) fn new(timeout: Duration, max_per_key: usize) -> Arc<Self> {
        Arc::new(Self {
            timeout,
            max_per_key,
            state: Mutex::default(),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the connection that was used last and that its server has not closed, if there is one.
    pub(super) fn take(&self, key: &Key) -> Option<Link> {
        loop {
            let mut idle = self.state().idle.get_mut(key)?.pop()?;
            if idle.until > Instant::now() && idle.link.is_idle() {
                return Some(idle.link);
            }
        }
    }

    /// Stores a connection for the next request.
    pub(super) fn put(self: &Arc<Self>, key: &Key, link: Link) {
        let now = Instant::now();
        let until = now + self.timeout;
        let mut state = self.state();
        let links = match state.idle.get_mut(key) {
            Some(links) => links,
            None => state.idle.entry(key.clone()).or_default(),
        };
        // The task that closes expired connections may be on a runtime that nothing drives.
        let expired: Vec<_> = links.extract_if(.., |idle| idle.until <= now).collect();
        // The connection that was used last is the most likely to be open.
        let surplus =
            (links.len() >= self.max_per_key && !links.is_empty()).then(|| links.remove(0));
        if links.len() < self.max_per_key {
            links.push(Idle { link, until });
        }
        let watch = !std::mem::replace(&mut state.is_watched, true);
        drop(state);
        drop((surplus, expired));
        if watch {
            self.watch();
        }
    }

    /// Starts the task that closes expired connections.
    fn watch(self: &Arc<Self>) {
        let watch = Watch(Arc::downgrade(self));
        // Without a runtime, the next `put` tries again.
        if let Ok(handle) = Handle::try_current() {
            handle.spawn(watch.run());
        }
    }

    /// Closes expired connections. Returns the time at which the next one expires, or `None` if there is none: the task
    /// ends then.
    fn sweep(&self) -> Option<Instant> {
        let now = Instant::now();
        let mut closed = Vec::new();
        let mut state = self.state();
        state.idle.retain(|_, links| {
            closed.extend(links.extract_if(.., |idle| idle.until <= now));
            !links.is_empty()
        });
        let next = state.idle.values().flatten().map(|idle| idle.until).min();
        state.is_watched = next.is_some();
        drop(state);
        next
    }
}

/// A task that closes expired connections. It may end with its runtime; another one is started then.
struct Watch(Weak<Pool>);

impl Watch {
    async fn run(mut self) {
        while let Some(next) = self.0.upgrade().and_then(|pool| pool.sweep()) {
            sleep_until(next).await;
        }
        // Another task may be running already.
        self.0 = Weak::new();
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(pool) = self.0.upgrade() {
            pool.state().is_watched = false;
        }
    }
}

#[cfg(test)]
mod tests;
