//! [`RefreshGate`]: which refresh may be tried now. One at a time, and none soon after one that failed.

use crate::identity::credentials::cached_token::CachedToken;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a refresh that failed is not tried again.
const PAUSE: Duration = Duration::from_secs(30);

/// Keeps the refreshes of cached tokens apart. Clones share what they know.
#[derive(Clone, Default)]
pub(crate) struct RefreshGate(Arc<Shared>);

#[derive(Default)]
struct Shared {
    /// Services hand out a new refresh token for each old one, so two refreshes at once could lose both.
    turn: tokio::sync::Mutex<()>,
    failed: Mutex<Vec<Failed>>,
    /// Refreshed tokens that could not be written to their files.
    unsaved: Mutex<Vec<CachedToken>>,
}

/// A refresh that failed: of which file, when, and what was said.
struct Failed {
    path: PathBuf,
    at: Instant,
    why: String,
}

impl RefreshGate {
    /// Waits until nobody else refreshes.
    pub(crate) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.turn.lock().await
    }

    /// Why the refresh of this file failed, if that was a short while ago.
    pub(crate) fn failed_lately(&self, path: &Path, now: Instant) -> Option<String> {
        let mut failed = self.failed();
        failed.retain(|failed| now.saturating_duration_since(failed.at) < PAUSE);
        let failed = failed.iter().find(|failed| failed.path == path)?;
        Some(failed.why.clone())
    }

    /// Notes that the refresh of this file failed.
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

    /// The token that was read, or the one that could not be written if that expires later.
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
