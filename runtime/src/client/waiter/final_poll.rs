//! [`FinalPoll`]: the answer that ended a wait, with how long it took to come.

use crate::client::waiter::{OperationFailed, WaiterError};
use std::time::Duration;

/// The answer that ended a wait. It may be an error of the service: that a thing is not found is what one waits for
/// after deleting it.
#[derive(Debug)]
pub struct FinalPoll<T, E> {
    result: Result<T, E>,
    polls: u32,
    waited: Duration,
}

impl<T, E> FinalPoll<T, E> {
    pub(super) fn new(result: Result<T, E>, polls: u32, waited: Duration) -> Self {
        Self {
            result,
            polls,
            waited,
        }
    }

    /// The answer, borrowed.
    pub fn as_result(&self) -> Result<&T, &E> {
        self.result.as_ref()
    }

    /// The answer.
    pub fn into_result(self) -> Result<T, E> {
        self.result
    }

    /// The answer of a wait that only an output can end; an error is one of the waiter named `waiter`.
    pub fn into_output(self, waiter: &'static str) -> Result<T, WaiterError<T, E>> {
        let polls = self.polls;
        self.result.map_err(|error| {
            WaiterError::OperationFailed(OperationFailed::new(waiter, error, polls))
        })
    }

    /// How many calls were made.
    pub fn polls(&self) -> u32 {
        self.polls
    }

    /// How long the wait took.
    pub fn waited(&self) -> Duration {
        self.waited
    }
}
