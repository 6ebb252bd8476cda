//! Reads and writes the token files of the AWS CLI. Unknown members are kept.

use crate::identity::credentials::ProviderConfig;
use crate::identity::credentials::json::{self, JsonError};
use crate::value::codec::timestamp;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The time before the expiration at which a token is refreshed.
const REFRESH_WINDOW: Duration = Duration::from_secs(300);

/// A token file.
#[derive(Clone)]
pub(crate) struct CachedToken {
    path: PathBuf,
    pub(super) members: Map<String, Value>,
}

/// The error of a token file that cannot be used. No message shows its contents.
#[derive(Debug, thiserror::Error)]
pub(super) enum CacheError {
    #[error("no token cache: no home directory (HOME is not set)")]
    NoHome,
    #[error("failed to read `{}`: {source}", path.display())]
    Read {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("`{}`: invalid token file: {source}", path.display())]
    Invalid { path: PathBuf, source: JsonError },
    #[error("`{}`: `{member}` is missing", path.display())]
    Missing { path: PathBuf, member: &'static str },
    #[error("`{}`: `{member}` is not a timestamp", path.display())]
    Time { path: PathBuf, member: &'static str },
}

impl CachedToken {
    /// Reads a file. A token that could not be written to it recently takes precedence.
    pub(super) fn read(config: &ProviderConfig, path: &Path) -> Result<Self, CacheError> {
        let bytes = config.files.read(path).map_err(|source| CacheError::Read {
            path: path.to_owned(),
            source,
        })?;
        let members = json::object(&bytes).map_err(|source| CacheError::Invalid {
            path: path.to_owned(),
            source,
        })?;
        let read = Self {
            path: path.to_owned(),
            members,
        };
        Ok(config.refreshes.newest(read))
    }

    /// Returns the same file with other members.
    pub(super) fn with(&self, members: Map<String, Value>) -> Self {
        Self {
            path: self.path.clone(),
            members,
        }
    }

    /// Replaces the file. A token that cannot be written is kept in memory, since the previous refresh token is no
    /// longer valid.
    pub(super) fn save(&self, config: &ProviderConfig) {
        let bytes = Value::Object(self.members.clone()).to_string();
        if let Err(error) = config.files.write_private(&self.path, bytes.as_bytes()) {
            tracing::debug!(
                path = %self.path.display(),
                %error,
                "failed to write the refreshed token to its file; this process keeps it in memory"
            );
            config.refreshes.keep(self.clone());
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns a required string.
    pub(super) fn text(&self, member: &'static str) -> Result<&str, CacheError> {
        self.text_in(&self.members, member)
    }

    /// Returns a required string of an object in the file.
    pub(super) fn text_in<'a>(
        &self,
        members: &'a Map<String, Value>,
        member: &'static str,
    ) -> Result<&'a str, CacheError> {
        let text = json::text(members, member).map_err(|source| CacheError::Invalid {
            path: self.path.clone(),
            source,
        })?;
        text.ok_or_else(|| self.missing(member))
    }

    /// Returns a required string of several lines.
    pub(super) fn lines(&self, member: &'static str) -> Result<&str, CacheError> {
        let lines = self.members.get(member).and_then(Value::as_str);
        lines.ok_or_else(|| self.missing(member))
    }

    /// Returns a required time.
    pub(super) fn time_in(
        &self,
        members: &Map<String, Value>,
        member: &'static str,
    ) -> Result<SystemTime, CacheError> {
        time(self.text_in(members, member)?).ok_or_else(|| CacheError::Time {
            path: self.path.clone(),
            member,
        })
    }

    pub(super) fn missing(&self, member: &'static str) -> CacheError {
        CacheError::Missing {
            path: self.path.clone(),
            member,
        }
    }

    /// Returns the expiration: that of an SSO token itself, or that of the keys in a login token.
    pub(crate) fn expires_at(&self) -> Option<SystemTime> {
        let keys = self.members.get("accessToken").and_then(Value::as_object);
        let members = keys.unwrap_or(&self.members);
        self.time_in(members, "expiresAt").ok()
    }
}

/// Returns whether a token with this expiration needs no refresh yet.
pub(super) fn is_fresh(expires_at: SystemTime, now: SystemTime) -> bool {
    now.checked_add(REFRESH_WINDOW)
        .is_some_and(|soon| soon < expires_at)
}

fn time(text: &str) -> Option<SystemTime> {
    SystemTime::try_from(timestamp::from_text(text)?).ok()
}

/// Formats the time that is this number of seconds after `now`, as the AWS CLI does.
pub(super) fn time_after(now: SystemTime, seconds: u64) -> Option<String> {
    let time = now.checked_add(Duration::from_secs(seconds))?;
    let whole = DateTime::from_secs(DateTime::from(time).secs());
    whole.fmt(Format::DateTime).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_every_version_of_the_cli_writes_them() {
        let expected = SystemTime::UNIX_EPOCH + Duration::from_secs(1_592_388_128);
        for text in [
            "2020-06-17T10:02:08Z",
            "2020-06-17T10:02:08UTC",
            "2020-06-17T10:02:08 UTC",
            "2020-06-17T12:02:08+02:00",
        ] {
            assert_eq!(time(text), Some(expected), "{text}");
        }
        for text in ["", "UTC", "tomorrow", "2020-06-31"] {
            assert_eq!(time(text), None, "{text}");
        }
        assert_eq!(time_after(expected, 60).unwrap(), "2020-06-17T10:03:08Z");
    }
}
