//! [`TimeoutSettings`]: how long connecting, an attempt and a whole call may take.

use aws_smithy_types::timeout::TimeoutConfig;
use std::time::Duration;

/// Time limits; `None` stands for no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TimeoutSettings {
    /// Connecting, TLS included. Default: 3.1 seconds. A transport of your own keeps its own limit.
    pub connect: Option<Duration>,
    /// One attempt, from connecting to the last byte of the answer. Default: 60 seconds.
    pub attempt: Option<Duration>,
    /// The whole call, retries and waiting between them included. Default: 5 minutes.
    pub operation: Option<Duration>,
}

impl Default for TimeoutSettings {
    fn default() -> Self {
        Self {
            connect: Some(Self::DEFAULT_CONNECT),
            attempt: Some(Duration::from_secs(60)),
            operation: Some(Duration::from_secs(300)),
        }
    }
}

impl TimeoutSettings {
    /// The default limit for connecting, which outlasts one lost SYN packet.
    pub(crate) const DEFAULT_CONNECT: Duration = Duration::from_millis(3_100);

    /// No limits at all.
    pub const NONE: Self = Self {
        connect: None,
        attempt: None,
        operation: None,
    };

    /// Sets the limit for connecting.
    pub fn with_connect(mut self, limit: Duration) -> Self {
        self.connect = Some(limit);
        self
    }

    /// Sets the limit for one attempt.
    pub fn with_attempt(mut self, limit: Duration) -> Self {
        self.attempt = Some(limit);
        self
    }

    /// Sets the limit for the whole call.
    pub fn with_operation(mut self, limit: Duration) -> Self {
        self.operation = Some(limit);
        self
    }
}

impl From<&TimeoutConfig> for TimeoutSettings {
    /// What AWS's own type sets is taken, what it disables has no limit, and what it leaves open keeps our default.
    fn from(config: &TimeoutConfig) -> Self {
        // Its accessors do not tell what is disabled from what is open; taking defaults does.
        let mut with_defaults = config.clone();
        with_defaults.take_defaults_from(&Self::default().into());
        Self {
            connect: with_defaults.connect_timeout(),
            attempt: config
                .operation_attempt_timeout()
                .or(config.read_timeout())
                .or(with_defaults.operation_attempt_timeout()),
            operation: with_defaults.operation_timeout(),
        }
    }
}

impl From<TimeoutConfig> for TimeoutSettings {
    fn from(config: TimeoutConfig) -> Self {
        Self::from(&config)
    }
}

impl From<TimeoutSettings> for TimeoutConfig {
    fn from(settings: TimeoutSettings) -> Self {
        let mut builder = Self::builder();
        builder.set_connect_timeout(settings.connect);
        builder.set_operation_attempt_timeout(settings.attempt);
        builder.set_operation_timeout(settings.operation);
        builder.build()
    }
}
