//! [`Faults`]: what is to go wrong, and how often.

use serde::{Deserialize, Serialize};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What happens to a call instead of, or before, its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Fault {
    /// The answer is this error; the operation does not run.
    Error {
        /// The error code, such as `InternalServerException`.
        code: String,
        /// The HTTP status.
        status: u16,
        /// The message.
        #[serde(default)]
        message: String,
    },
    /// The answer is `ThrottlingException`; the operation does not run.
    Throttle,
    /// The answer comes late; the operation runs.
    Delay {
        /// How late.
        milliseconds: u64,
    },
    /// The connection is reset without an answer; the operation runs.
    Reset,
    /// The connection is closed in the middle of the answer; the operation runs.
    HalfBody,
}

/// A fault for the next calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallFault {
    /// The operation that it is for; all operations when absent.
    #[serde(default)]
    pub operation: Option<String>,
    /// For how many calls.
    #[serde(default = "once")]
    pub times: u32,
    /// What happens.
    #[serde(flatten)]
    pub fault: Fault,
}

/// A failure of the next runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunFault {
    /// The flow whose runs fail; all flows when absent.
    #[serde(default)]
    pub flow_name: Option<String>,
    /// How many runs fail.
    #[serde(default = "once")]
    pub times: u32,
    /// What their records say.
    pub message: String,
}

fn once() -> u32 {
    1
}

/// The faults that are still to come.
#[derive(Debug, Default)]
pub struct Faults {
    pending: Mutex<Pending>,
}

/// Faults that are still to come, in the order in which they were asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Pending {
    /// Faults of calls.
    pub calls: Vec<CallFault>,
    /// Failures of runs.
    pub runs: Vec<RunFault>,
}

impl Faults {
    /// Lets the next `times` calls of an operation, such as `StartFlow`, meet a fault; of any operation for `None`.
    pub fn next_calls(&self, operation: Option<&str>, times: u32, fault: Fault) {
        self.add_call(CallFault {
            operation: operation.map(str::to_owned),
            times,
            fault,
        });
    }

    /// Lets the next `times` runs of a flow fail with a message; of any flow for `None`.
    pub fn next_runs(&self, flow_name: Option<&str>, times: u32, message: impl Into<String>) {
        self.add_run(RunFault {
            flow_name: flow_name.map(str::to_owned),
            times,
            message: message.into(),
        });
    }

    /// What is still to come.
    pub fn pending(&self) -> Pending {
        self.lock().clone()
    }

    /// Forgets all faults.
    pub fn clear(&self) {
        *self.lock() = Pending::default();
    }

    /// What is for no call would never be used up, so it is not kept.
    pub(crate) fn add_call(&self, fault: CallFault) {
        if fault.times > 0 {
            self.lock().calls.push(fault);
        }
    }

    /// The same for runs.
    pub(crate) fn add_run(&self, fault: RunFault) {
        if fault.times > 0 {
            self.lock().runs.push(fault);
        }
    }

    /// The fault of a call, which is used up by it.
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

    /// The message with which a run fails, which is used up by it.
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
