//! [`FinalPoll`], the result that ends a wait, with the duration and the number of calls.

use crate::client::waiter::{OperationFailed, WaiterError};
use std::time::Duration;

/// The result that ends a wait. It may be an error of the service, such as that of a resource that is not found after
/// its deletion.
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

    /// Returns a reference to the result.
    ///
    /// # Errors
    ///
    /// Returns the error of the service if that is the result.
    pub fn as_result(&self) -> Result<&T, &E> {
        self.result.as_ref()
    }

    /// Returns the result.
    ///
    /// # Errors
    ///
    /// Returns the error of the service if that is the result.
    pub fn into_result(self) -> Result<T, E> {
        self.result
    }

    /// Returns the output of a wait that only an output can end.
    ///
    /// # Errors
    ///
    /// Returns an error of the waiter named `waiter` if the result is an error.
    pub fn into_output(self, waiter: &'static str) -> Result<T, WaiterError<T, E>> {
        let polls = self.polls;
        self.result.map_err(|error| {
            WaiterError::OperationFailed(OperationFailed::new(waiter, error, polls))
        })
    }

    /// Returns the number of calls.
    pub fn polls(&self) -> u32 {
        self.polls
    }

    /// Returns the duration of the wait.
    pub fn waited(&self) -> Duration {
        self.waited
    }
}
