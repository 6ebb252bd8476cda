//! [`TimeoutSettings`]: the timeouts of connecting, of an attempt and of a whole call.

use aws_smithy_types::timeout::TimeoutConfig;
use std::time::Duration;

/// The timeouts of a call; `None` disables a timeout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TimeoutSettings {
    /// The connect timeout, which includes TLS. The default is 3.1 seconds. A custom transport keeps its own timeout.
    pub connect: Option<Duration>,
    /// The timeout of one attempt, from connecting to the last byte of the response. The default is 60 seconds.
    pub attempt: Option<Duration>,
    /// The timeout of the whole call, including retries and the delays between them. The default is 5 minutes.
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
    /// The default connect timeout, which allows for one lost SYN packet.
    pub(crate) const DEFAULT_CONNECT: Duration = Duration::from_millis(3_100);

    /// Settings without any timeout.
    pub const NONE: Self = Self {
        connect: None,
        attempt: None,
        operation: None,
    };

    /// Sets the connect timeout.
    pub fn with_connect(mut self, limit: Duration) -> Self {
        self.connect = Some(limit);
        self
    }

    /// Sets the timeout of one attempt.
    pub fn with_attempt(mut self, limit: Duration) -> Self {
        self.attempt = Some(limit);
        self
    }

    /// Sets the timeout of the whole call.
    pub fn with_operation(mut self, limit: Duration) -> Self {
        self.operation = Some(limit);
        self
    }
}

impl From<&TimeoutConfig> for TimeoutSettings {
    /// Converts the settings of the AWS SDK for Rust: a timeout that is set is used, one that is disabled is `None`,
    /// and one that is unset has the default of this crate.
    fn from(config: &TimeoutConfig) -> Self {
        // The accessors do not distinguish a disabled timeout from an unset one; `take_defaults_from` does.
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
