//! [`RetrySettings`]: the retry settings of a client or a call.

use aws_smithy_types::retry::{RetryConfig, RetryMode as ConfigMode};
use std::time::Duration;

/// The initial backoff of a [`RetryConfig`] in which it is not set.
const CONFIG_DEFAULT_BACKOFF: Duration = Duration::from_secs(1);

/// The mode of handling failed attempts.
///
/// The names and their meanings are those of the "Retry behavior" page of the AWS SDKs and Tools Reference Guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum RetryMode {
    /// Backoff and a retry quota. It never delays a first attempt. This is the default.
    #[default]
    Standard,
    /// [`Standard`](Self::Standard), and a limit on the request rate of the client while the service throttles: every
    /// attempt may wait, including the first one.
    Adaptive,
    /// One attempt for each call.
    Off,
}

/// The retry settings: the number of attempts, the backoff and the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetrySettings {
    /// The retry mode. The default is [`RetryMode::Standard`].
    pub mode: RetryMode,
    /// The maximum number of attempts for each call, including the first one. The default is 3. Zero counts as one:
    /// every call is sent.
    pub max_attempts: u32,
    /// The upper bound of the first backoff, for every kind of failure. The default is `None`, which follows the rules:
    /// 50 ms, or 1 s after throttling; always 1 s by the rules before 2026.
    pub initial_backoff: Option<Duration>,
    /// The maximum backoff. The default is 20 s. A server that requests more with `x-amz-retry-after` gets up to 5 s
    /// more.
    pub max_backoff: Duration,
    /// `true` for the rules of 2026 ("Retry Behavior 2.1"): a shorter backoff after transient failures, a higher cost
    /// of retries, and lower and upper bounds for `x-amz-retry-after`. The default is `true`, as in all AWS SDKs since
    /// 2026-11-10. The rules before them are available only with [`with_new_rules_2026`](Self::with_new_rules_2026).
    pub new_rules_2026: bool,
}

impl RetrySettings {
    /// Returns settings with three attempts, backoff and a retry quota.
    pub const fn standard() -> Self {
        Self {
            mode: RetryMode::Standard,
            max_attempts: 3,
            initial_backoff: None,
            max_backoff: Duration::from_secs(20),
            new_rules_2026: true,
        }
    }

    /// Returns the [`standard`](Self::standard) settings, with a limit on the request rate of the client while the
    /// service throttles.
    pub const fn adaptive() -> Self {
        let mut settings = Self::standard();
        settings.mode = RetryMode::Adaptive;
        settings
    }

    /// Returns settings with one attempt for each call.
    pub const fn off() -> Self {
        let mut settings = Self::standard();
        settings.mode = RetryMode::Off;
        settings
    }

    /// Sets the maximum number of attempts for each call, including the first one.
    pub const fn with_max_attempts(mut self, max_attempts: u32) -> Self {
        self.max_attempts = max_attempts;
        self
    }

    /// Sets the upper bound of the first backoff, for every kind of failure.
    pub const fn with_initial_backoff(mut self, initial_backoff: Duration) -> Self {
        self.initial_backoff = Some(initial_backoff);
        self
    }

    /// Sets the maximum backoff.
    pub const fn with_max_backoff(mut self, max_backoff: Duration) -> Self {
        self.max_backoff = max_backoff;
        self
    }

    /// Sets whether the rules of 2026 apply, or those before them, for a program that depends on their longer backoff.
    pub const fn with_new_rules_2026(mut self, new_rules_2026: bool) -> Self {
        self.new_rules_2026 = new_rules_2026;
        self
    }

    /// Returns the number of attempts that these settings allow: at least 1, and 1 if retries are off.
    pub fn attempts_allowed(&self) -> u32 {
        match self.mode {
            RetryMode::Off => 1,
            _ => self.max_attempts.max(1),
        }
    }
}

impl Default for RetrySettings {
    fn default() -> Self {
        Self::standard()
    }
}

impl From<&RetryConfig> for RetrySettings {
    /// Converts the mode, the number of attempts and both backoffs. A [`RetryConfig`] does not distinguish an initial
    /// backoff of 1 s that was set from its default of 1 s, so 1 s counts as not set; use
    /// [`RetrySettings::with_initial_backoff`] to set it.
    fn from(config: &RetryConfig) -> Self {
        let initial = config.initial_backoff();
        Self {
            mode: match config.mode() {
                ConfigMode::Adaptive => RetryMode::Adaptive,
                // The enum may gain variants; every mode so far is based on standard.
                _ => RetryMode::Standard,
            },
            max_attempts: config.max_attempts(),
            initial_backoff: (initial != CONFIG_DEFAULT_BACKOFF).then_some(initial),
            max_backoff: config.max_backoff(),
            ..Self::standard()
        }
    }
}

impl From<RetryConfig> for RetrySettings {
    fn from(config: RetryConfig) -> Self {
        Self::from(&config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_retry_config_equals_its_settings() {
        let standard = RetrySettings::standard();
        let cases = [
            (RetryConfig::standard(), standard),
            (RetryConfig::adaptive(), RetrySettings::adaptive()),
            (RetryConfig::disabled(), standard.with_max_attempts(1)),
            (
                RetryConfig::standard()
                    .with_max_attempts(7)
                    .with_initial_backoff(Duration::from_millis(10))
                    .with_max_backoff(Duration::from_secs(3)),
                standard
                    .with_max_attempts(7)
                    .with_initial_backoff(Duration::from_millis(10))
                    .with_max_backoff(Duration::from_secs(3)),
            ),
        ];
        for (config, expected) in cases {
            assert_eq!(RetrySettings::from(&config), expected, "{config:?}");
            assert_eq!(RetrySettings::from(config), expected);
        }
    }

    #[test]
    fn a_call_gets_at_least_one_attempt() {
        let cases = [
            (RetrySettings::default(), 3),
            (RetrySettings::standard().with_max_attempts(0), 1),
            (RetrySettings::off(), 1),
            (RetrySettings::off().with_max_attempts(5), 1),
            (RetrySettings::adaptive().with_max_attempts(5), 5),
        ];
        for (settings, expected) in cases {
            assert_eq!(settings.attempts_allowed(), expected, "{settings:?}");
        }
    }
}
