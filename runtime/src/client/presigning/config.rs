//! [`PresigningConfig`]: the time in which a presigned request is valid.

use std::time::{Duration, SystemTime};

/// The longest time in which a signature in a query can be valid: one week.
const MAX: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// The time in which a presigned request is valid. It also ends with the credentials that sign the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresigningConfig {
    start_time: Option<SystemTime>,
    expires_in: Duration,
}

/// A builder of [`PresigningConfig`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PresigningConfigBuilder {
    start_time: Option<SystemTime>,
    expires_in: Option<Duration>,
}

/// The error type of an invalid [`PresigningConfig`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PresigningConfigError {
    /// The duration exceeds one week.
    #[error("expires_in: it must not exceed one week")]
    ExpiresInDurationTooLong,
    /// The duration is not set.
    #[error("expires_in: it must be set")]
    ExpiresInRequired,
}

impl PresigningConfig {
    /// Creates settings of requests that are valid from now on, for a duration of at most one week. Fractions of a
    /// second are ignored.
    ///
    /// # Errors
    ///
    /// Returns an error if the duration exceeds one week.
    pub fn expires_in(expires_in: Duration) -> Result<Self, PresigningConfigError> {
        Self::builder().expires_in(expires_in).build()
    }

    /// Creates a builder.
    pub fn builder() -> PresigningConfigBuilder {
        PresigningConfigBuilder::default()
    }

    /// Returns the time from which requests are valid, unless it is the time at which they are signed.
    pub fn start_time(&self) -> Option<SystemTime> {
        self.start_time
    }

    /// Returns the duration in which requests are valid.
    pub fn expires(&self) -> Duration {
        self.expires_in
    }
}

impl PresigningConfigBuilder {
    /// Sets the time from which requests are valid. The default is the time at which they are signed.
    pub fn start_time(mut self, start_time: SystemTime) -> Self {
        self.start_time = Some(start_time);
        self
    }

    /// Sets or removes the time from which requests are valid.
    pub fn set_start_time(&mut self, start_time: Option<SystemTime>) -> &mut Self {
        self.start_time = start_time;
        self
    }

    /// Sets the duration in which requests are valid. The maximum is one week.
    pub fn expires_in(mut self, expires_in: Duration) -> Self {
        self.expires_in = Some(expires_in);
        self
    }

    /// Sets or removes the duration in which requests are valid.
    pub fn set_expires_in(&mut self, expires_in: Option<Duration>) -> &mut Self {
        self.expires_in = expires_in;
        self
    }

    /// Builds the settings.
    ///
    /// # Errors
    ///
    /// Returns an error if the duration is not set or exceeds one week.
    pub fn build(self) -> Result<PresigningConfig, PresigningConfigError> {
        let expires_in = self
            .expires_in
            .ok_or(PresigningConfigError::ExpiresInRequired)?;
        if expires_in > MAX {
            return Err(PresigningConfigError::ExpiresInDurationTooLong);
        }
        Ok(PresigningConfig {
            start_time: self.start_time,
            expires_in,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_required_and_at_most_a_week() {
        let second = Duration::from_secs(1);
        let config = PresigningConfig::expires_in(MAX).unwrap();
        assert_eq!((config.start_time(), config.expires()), (None, MAX));
        let error = PresigningConfig::expires_in(MAX + second).unwrap_err();
        assert_eq!(error, PresigningConfigError::ExpiresInDurationTooLong);
        let error = PresigningConfig::builder().build().unwrap_err();
        assert_eq!(error, PresigningConfigError::ExpiresInRequired);
        let mut builder = PresigningConfig::builder().start_time(SystemTime::UNIX_EPOCH);
        builder.set_expires_in(Some(second));
        let config = builder.build().unwrap();
        let expected = (Some(SystemTime::UNIX_EPOCH), second);
        assert_eq!((config.start_time(), config.expires()), expected);
    }
}
