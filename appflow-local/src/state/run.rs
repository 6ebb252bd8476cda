//! [`Run`]: the stored form of a run.

use crate::clock::Millis;
use crate::runs::Counts;
use appflow_sdk::types::ExecutionStatus;
use serde::{Deserialize, Serialize};

/// A run of a flow.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Run {
    /// Its number among the runs of its flow.
    pub(crate) number: u64,
    pub(crate) id: String,
    pub(crate) started_at: Millis,
    pub(crate) updated_at: Millis,
    pub(crate) phase: Phase,
    pub(crate) records: i64,
    pub(crate) bytes: i64,
    /// The time range that an incremental run reads.
    pub(crate) pull: Option<(Millis, Millis)>,
    /// The counts of a run that moved data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) counts: Option<Counts>,
    /// The keys of the written files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) files: Vec<String>,
    /// The reason why its first failed record failed, if the run succeeded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) first_failure: Option<String>,
}

/// The phase of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Phase {
    InProgress {
        ends_at: Millis,
        failure: Option<String>,
    },
    Successful,
    Error {
        message: String,
    },
    CancelStarted {
        ends_at: Millis,
    },
    /// The run moves data and ends when its job ends.
    Working,
    /// The run was canceled while it moved data, and its job is stopping.
    Stopping,
    Canceled,
}

impl Phase {
    /// Returns the time at which the phase ends by itself.
    pub(crate) fn ends_at(&self) -> Option<Millis> {
        match self {
            Self::InProgress { ends_at, .. } | Self::CancelStarted { ends_at } => Some(*ends_at),
            _ => None,
        }
    }

    pub(crate) fn status(&self) -> ExecutionStatus {
        match self {
            Self::InProgress { .. } | Self::Working => ExecutionStatus::Inprogress,
            Self::Successful => ExecutionStatus::Successful,
            Self::Error { .. } => ExecutionStatus::Error,
            Self::CancelStarted { .. } | Self::Stopping => ExecutionStatus::Cancelstarted,
            Self::Canceled => ExecutionStatus::Canceled,
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        matches!(self, Self::Successful | Self::Error { .. } | Self::Canceled)
    }

    /// Returns the one-line message about the run.
    pub(crate) fn message(&self) -> Option<&str> {
        match self {
            Self::Successful => Some("Successfully ran the flow"),
            Self::Error { message } => Some(message),
            _ => None,
        }
    }
}
