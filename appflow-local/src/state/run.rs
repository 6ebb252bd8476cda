//! [`Run`]: one run of a flow.

use crate::clock::Millis;
use crate::runs::Counts;
use appflow_sdk::types::ExecutionStatus;
use serde::{Deserialize, Serialize};

/// A run.
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
    /// From when to when an incremental run reads.
    pub(crate) pull: Option<(Millis, Millis)>,
    /// What a run that moved data has counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) counts: Option<Counts>,
    /// The keys of the files that it wrote.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) files: Vec<String>,
    /// Why the first of its records failed, though the run did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) first_failure: Option<String>,
}

/// How far a run is.
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
    /// It moves data, and ends when that is done.
    Working,
    /// It moved data until it was canceled, and is about to stop.
    Stopping,
    Canceled,
}

impl Phase {
    /// When it ends by itself.
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

    /// What is said of the run where there is one line for it.
    pub(crate) fn message(&self) -> Option<&str> {
        match self {
            Self::Successful => Some("Successfully ran the flow"),
            Self::Error { message } => Some(message),
            _ => None,
        }
    }
}
