//! [`RefreshGate`], which allows one token refresh at a time, and none soon after a failure.

use crate::identity::credentials::cached_token::CachedToken;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The time after a failed refresh in which it is not repeated.
const PAUSE: Duration = Duration::from_secs(30);

/// A gate that separates the refreshes of cached tokens. Clones share its state.
#[derive(Clone, Default)]
pub(crate) struct RefreshGate(Arc<Shared>);

#[derive(Default)]
struct Shared {
    /// The lock of refreshes. Services return a new refresh token for each old one, so two refreshes at once could lose
    /// both.
    turn: tokio::sync::Mutex<()>,
    failed: Mutex<Vec<Failed>>,
    /// Refreshed tokens that could not be written to their files.
    unsaved: Mutex<Vec<CachedToken>>,
}

/// A failed refresh: the file, the time and the error message.
struct Failed {
    path: PathBuf,
    at: Instant,
    why: String,
}

impl RefreshGate {
    /// Waits until no other refresh is in progress.
    pub(crate) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.turn.lock().await
    }

    /// Returns why the refresh of this file failed, if that was a short while ago.
    pub(crate) fn failed_lately(&self, path: &Path, now: Instant) -> Option<String> {
        let mut failed = self.failed();
        failed.retain(|failed| now.saturating_duration_since(failed.at) < PAUSE);
        let failed = failed.iter().find(|failed| failed.path == path)?;
        Some(failed.why.clone())
    }

    /// Stores the failure of the refresh of this file.
    pub(crate) fn note(&self, path: &Path, at: Instant, why: String) {
        let mut failed = self.failed();
        failed.retain(|failed| failed.path != path);
        failed.push(Failed {
            path: path.to_owned(),
            at,
            why,
        });
    }

    /// Keeps a token that could not be written to its file.
    pub(crate) fn keep(&self, token: CachedToken) {
        let mut unsaved = self.unsaved();
        unsaved.retain(|kept| kept.path() != token.path());
        unsaved.push(token);
    }

    /// Returns the token that was read, or the one that could not be written if that expires later.
    pub(crate) fn newest(&self, read: CachedToken) -> CachedToken {
        let unsaved = self.unsaved();
        let kept = unsaved.iter().find(|kept| kept.path() == read.path());
        kept.filter(|kept| kept.expires_at() > read.expires_at())
            .cloned()
            .unwrap_or(read)
    }

    fn unsaved(&self) -> std::sync::MutexGuard<'_, Vec<CachedToken>> {
        let unsaved = &self.0.unsaved;
        unsaved.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self) -> std::sync::MutexGuard<'_, Vec<Failed>> {
        let failed = &self.0.failed;
        failed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for RefreshGate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshGate")
    }
}
