//! [`Settings`]: how the emulated service behaves where the real one leaves it open.

use std::time::Duration;

/// Durations, volumes and quotas.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// How long a run is `InProgress`.
    pub run_duration: Duration,
    /// How long a canceled run is `CancelStarted`.
    pub cancel_duration: Duration,
    /// How long a private connection is `PENDING`.
    pub provisioning_duration: Duration,
    /// How many records a run processes.
    pub records_per_run: i64,
    /// How many bytes a record has.
    pub bytes_per_record: i64,
    /// How many runs of a flow are kept; the oldest finished ones go first.
    pub runs_kept: usize,
    /// How many client tokens of an account and region are remembered; the oldest go first.
    pub client_tokens_kept: usize,
    /// The most flows in an account and region.
    pub max_flows: usize,
    /// The most connector profiles in an account and region.
    pub max_profiles: usize,
    /// The most runs in progress at once in an account and region.
    pub max_concurrent_runs: usize,
    /// Whether flows are refused for what AppFlow accepts and is doubtful.
    pub strict: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            run_duration: Duration::from_secs(1),
            cancel_duration: Duration::from_millis(500),
            provisioning_duration: Duration::from_secs(1),
            records_per_run: 100,
            bytes_per_record: 256,
            runs_kept: 1000,
            client_tokens_kept: 10_000,
            max_flows: 1000,
            max_profiles: 100,
            max_concurrent_runs: 1000,
            strict: false,
        }
    }
}

pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
