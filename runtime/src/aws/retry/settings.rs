//! [`RetrySettings`]: what a client or one call asks for in; what the strategy may do, as plain numbers, out.

use aws_smithy_types::retry::{RetryConfig, RetryMode as ConfigMode};
use std::time::Duration;

/// The initial backoff that [`RetryConfig`] carries when nobody set one.
const CONFIG_DEFAULT_BACKOFF: Duration = Duration::from_secs(1);

/// How a client reacts to failed attempts.
///
/// The names and what they mean come from the "Retry behavior" page of the AWS SDKs and Tools Reference Guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum RetryMode {
    /// Backoff and a retry quota; never delays a first attempt. The default.
    #[default]
    Standard,
    /// [`Standard`](Self::Standard), and a limit on the client's own request rate once the service throttles: every
    /// attempt may wait, the first one too.
    Adaptive,
    /// One attempt per call.
    Off,
}

/// How often, how soon and under which rules a call is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetrySettings {
    /// How to react to failed attempts. Default: [`RetryMode::Standard`].
    pub mode: RetryMode,
    /// Attempts per call, the first one included. Default: 3. Zero counts as one: a call that is made is sent.
    pub max_attempts: u32,
    /// The upper bound of the first backoff, for every kind of failure. Default: `None`, which leaves it to the rules:
    /// 50 ms, or 1 s after throttling; always 1 s by the rules before 2026.
    pub initial_backoff: Option<Duration>,
    /// The longest backoff. Default: 20 s. A server that asks for more with `x-amz-retry-after` gets up to 5 s more.
    pub max_backoff: Duration,
    /// Whether the rules of 2026 ("Retry Behavior 2.1") hold: shorter backoff after transient failures, retries that
    /// cost more of the quota, and `x-amz-retry-after` bounded from both sides. Default: true, as in all AWS SDKs since
    /// 2026-11-10; the rules before them can be had by [`with_new_rules_2026`](Self::with_new_rules_2026) alone.
    pub new_rules_2026: bool,
}

impl RetrySettings {
    /// Three attempts with backoff and a retry quota.
    pub const fn standard() -> Self {
        Self {
            mode: RetryMode::Standard,
            max_attempts: 3,
            initial_backoff: None,
            max_backoff: Duration::from_secs(20),
            new_rules_2026: true,
        }
    }

    /// [`standard`](Self::standard), with the client's own rate limited once the service throttles.
    pub const fn adaptive() -> Self {
        let mut settings = Self::standard();
        settings.mode = RetryMode::Adaptive;
        settings
    }

    /// One attempt per call.
    pub const fn off() -> Self {
        let mut settings = Self::standard();
        settings.mode = RetryMode::Off;
        settings
    }

    /// With this many attempts per call, the first one included.
    pub const fn with_max_attempts(mut self, max_attempts: u32) -> Self {
        self.max_attempts = max_attempts;
        self
    }

    /// With this upper bound of the first backoff, for every kind of failure.
    pub const fn with_initial_backoff(mut self, initial_backoff: Duration) -> Self {
        self.initial_backoff = Some(initial_backoff);
        self
    }

    /// With this longest backoff.
    pub const fn with_max_backoff(mut self, max_backoff: Duration) -> Self {
        self.max_backoff = max_backoff;
        self
    }

    /// With the rules of 2026, or with those before them, for a program that was tuned to their longer backoff.
    pub const fn with_new_rules_2026(mut self, new_rules_2026: bool) -> Self {
        self.new_rules_2026 = new_rules_2026;
        self
    }

    /// The attempts a call gets under these settings: at least 1, and 1 when retries are off.
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
    /// Takes over mode, attempts and both backoffs. A [`RetryConfig`] does not tell an initial backoff of 1 s that
    /// somebody set from its own default of 1 s, so 1 s counts as not set; [`RetrySettings::with_initial_backoff`]
    /// can say it.
    fn from(config: &RetryConfig) -> Self {
        let initial = config.initial_backoff();
        Self {
            mode: match config.mode() {
                ConfigMode::Adaptive => RetryMode::Adaptive,
                // The enum may grow; standard is what every mode so far builds on.
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
    fn a_retry_config_says_the_same_as_settings() {
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
