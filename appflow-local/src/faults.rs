//! [`Faults`]: faults to inject into calls and runs.

use serde::{Deserialize, Serialize};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A fault of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Fault {
    /// Responds with this error; the operation does not run.
    Error {
        /// The error code, such as `InternalServerException`.
        code: String,
        /// The HTTP status.
        status: u16,
        /// The message.
        #[serde(default)]
        message: String,
    },
    /// Responds with `ThrottlingException`; the operation does not run.
    Throttle,
    /// Delays the response; the operation runs.
    Delay {
        /// The delay.
        milliseconds: u64,
    },
    /// Resets the connection without a response; the operation runs.
    Reset,
    /// Closes the connection in the middle of the response body; the operation runs.
    HalfBody,
}

/// A fault for the next calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallFault {
    /// The name of the operation; `None` for all operations.
    #[serde(default)]
    pub operation: Option<String>,
    /// The number of calls.
    #[serde(default = "once")]
    pub times: u32,
    /// The fault.
    #[serde(flatten)]
    pub fault: Fault,
}

/// A failure of the next runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunFault {
    /// The name of the flow; `None` for all flows.
    #[serde(default)]
    pub flow_name: Option<String>,
    /// The number of runs.
    #[serde(default = "once")]
    pub times: u32,
    /// The message in their execution records.
    pub message: String,
}

fn once() -> u32 {
    1
}

/// The faults to inject into the next calls and runs.
#[derive(Debug, Default)]
pub struct Faults {
    pending: Mutex<Pending>,
}

/// The pending faults, in the order in which they were added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Pending {
    /// Faults of calls.
    pub calls: Vec<CallFault>,
    /// Failures of runs.
    pub runs: Vec<RunFault>,
}

impl Faults {
    /// Injects a fault into the next `times` calls of an operation, such as `StartFlow`, or of any operation for `None`.
    pub fn next_calls(&self, operation: Option<&str>, times: u32, fault: Fault) {
        self.add_call(CallFault {
            operation: operation.map(str::to_owned),
            times,
            fault,
        });
    }

    /// Makes the next `times` runs of a flow, or of any flow for `None`, fail with a message.
    pub fn next_runs(&self, flow_name: Option<&str>, times: u32, message: impl Into<String>) {
        self.add_run(RunFault {
            flow_name: flow_name.map(str::to_owned),
            times,
            message: message.into(),
        });
    }

    /// Returns the pending faults.
    pub fn pending(&self) -> Pending {
        self.lock().clone()
    }

    /// Removes all faults.
    pub fn clear(&self) {
        *self.lock() = Pending::default();
    }

    /// Adds a fault of calls. One for zero calls would stay forever, so it is ignored.
    pub(crate) fn add_call(&self, fault: CallFault) {
        if fault.times > 0 {
            self.lock().calls.push(fault);
        }
    }

    /// Adds a failure of runs, as `add_call` does.
    pub(crate) fn add_run(&self, fault: RunFault) {
        if fault.times > 0 {
            self.lock().runs.push(fault);
        }
    }

    /// Takes the fault for a call and counts it down.
    pub(crate) fn take_call(&self, operation: &str) -> Option<Fault> {
        let mut pending = self.lock();
        let calls = &mut pending.calls;
        let concerns = |fault: &CallFault| {
            fault.times > 0
                && fault
                    .operation
                    .as_deref()
                    .is_none_or(|name| name == operation)
        };
        let index = calls.iter().position(concerns)?;
        let entry = calls.get_mut(index)?;
        entry.times -= 1;
        let fault = entry.fault.clone();
        calls.retain(|fault| fault.times > 0);
        Some(fault)
    }

    /// Takes the failure message for a run and counts it down.
    pub(crate) fn take_run(&self, flow_name: &str) -> Option<String> {
        let mut pending = self.lock();
        let runs = &mut pending.runs;
        let concerns = |fault: &RunFault| {
            fault.times > 0
                && fault
                    .flow_name
                    .as_deref()
                    .is_none_or(|name| name == flow_name)
        };
        let index = runs.iter().position(concerns)?;
        let entry = runs.get_mut(index)?;
        entry.times -= 1;
        let message = entry.message.clone();
        runs.retain(|fault| fault.times > 0);
        Some(message)
    }

    fn lock(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
