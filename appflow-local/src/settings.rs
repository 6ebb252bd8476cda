//! [`Settings`]: durations, volumes and quotas of the emulated service.

use std::time::Duration;

/// The durations, volumes and quotas of a service.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The time that a run is `InProgress`.
    pub run_duration: Duration,
    /// The time that a canceled run is `CancelStarted`.
    pub cancel_duration: Duration,
    /// The time that a private connection is `PENDING`.
    pub provisioning_duration: Duration,
    /// The number of records that a run processes.
    pub records_per_run: i64,
    /// The size of a record in bytes.
    pub bytes_per_record: i64,
    /// The number of runs that are kept for each flow. The oldest finished runs are removed first.
    pub runs_kept: usize,
    /// The number of client tokens that are kept for each account and region. The oldest are removed first.
    pub client_tokens_kept: usize,
    /// The maximum number of flows in an account and region.
    pub max_flows: usize,
    /// The maximum number of connector profiles in an account and region.
    pub max_profiles: usize,
    /// The maximum number of concurrent runs in an account and region.
    pub max_concurrent_runs: usize,
    /// The time that an S3 endpoint may take to respond to a request, or to send the next bytes of an object.
    pub s3_timeout: Duration,
    /// `true` if flows with warnings are rejected, though AppFlow accepts them.
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
            s3_timeout: Duration::from_secs(30),
            strict: false,
        }
    }
}

pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
