//! [`Run`]: one run of a flow.

use crate::clock::Millis;
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
            Self::InProgress { .. } => ExecutionStatus::Inprogress,
            Self::Successful => ExecutionStatus::Successful,
            Self::Error { .. } => ExecutionStatus::Error,
            Self::CancelStarted { .. } => ExecutionStatus::Cancelstarted,
            Self::Canceled => ExecutionStatus::Canceled,
        }
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
