//! [`RefreshGate`], which allows one token refresh at a time, and none soon after a failure.

use crate::http::time::{SharedClock, within};
use crate::identity::credentials::cached_token::CachedToken;
use std::fmt;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::MutexGuard;

/// The time after a failed refresh in which it is not repeated.
const PAUSE: Duration = Duration::from_secs(30);
/// The maximum time to wait for another refresh, whose task may be on a runtime that nothing drives.
const LIMIT: Duration = Duration::from_secs(20);

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
    /// Waits until no other refresh is in progress, or for [`LIMIT`]. In that case, returns no guard.
    pub(crate) async fn turn(&self, clock: &SharedClock) -> Option<MutexGuard<'_, ()>> {
        if let Ok(turn) = self.0.turn.try_lock() {
            return Some(turn);
        }
        let turn = pin!(self.0.turn.lock());
        within(clock, Some(LIMIT), turn).await.ok()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::credentials::ProviderConfig;
    use serde_json::json;

    fn token(folder: &Path, name: &str, expires_at: &str) -> CachedToken {
        let path = folder.join(name);
        let members = json!({"expiresAt": expires_at}).to_string();
        std::fs::write(&path, members).unwrap();
        CachedToken::read(&ProviderConfig::new(), &path)
            .ok()
            .unwrap()
    }

    #[test]
    fn of_the_tokens_of_a_file_the_latest_kept_one_replaces_those_that_expire_earlier() {
        let folder = tempfile::tempdir().unwrap();
        let token = |name, expires_at| token(folder.path(), name, expires_at);
        let gate = RefreshGate::default();
        let newest = |read: &CachedToken| gate.newest(read.clone()).expires_at();
        let (old, new) = (
            token("a", "2030-01-01T00:00:00Z"),
            token("a", "2030-01-02T00:00:00Z"),
        );
        assert_eq!(newest(&old), old.expires_at());
        gate.keep(old.clone());
        gate.keep(new.clone());
        assert_eq!(newest(&old), new.expires_at());
        let (other, latest) = (
            token("b", "2030-01-01T00:00:00Z"),
            token("a", "2030-01-03T00:00:00Z"),
        );
        assert_eq!(newest(&other), other.expires_at());
        assert_eq!(newest(&latest), latest.expires_at());
        // A token of another file leaves it alone, and a later one of the same file replaces it.
        gate.keep(other);
        assert_eq!(newest(&old), new.expires_at());
        gate.keep(old.clone());
        assert_eq!(newest(&old), old.expires_at());
    }

    #[test]
    fn a_failure_is_known_for_half_a_minute_and_only_for_its_file() {
        let gate = RefreshGate::default();
        let (a, b, at) = (Path::new("a"), Path::new("b"), Instant::now());
        gate.note(a, at, "first".to_owned());
        gate.note(b, at, "other".to_owned());
        gate.note(a, at, "second".to_owned());
        let why = |path, seconds| gate.failed_lately(path, at + Duration::from_secs(seconds));
        assert_eq!(why(a, 29).as_deref(), Some("second"));
        assert_eq!(why(b, 29).as_deref(), Some("other"));
        assert_eq!(why(Path::new("c"), 0), None);
        assert_eq!(why(a, 30), None);
        assert_eq!(why(a, 0), None);
        assert_eq!(format!("{gate:?}"), "RefreshGate");
    }
}
