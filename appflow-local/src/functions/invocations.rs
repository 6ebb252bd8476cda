//! [`Invocations`]: the responses of functions during one call.
//!
//! A call has exclusive access to the state, and a function may take minutes to respond. So a call that needs a response ends
//! without one, the function is invoked without access to the state, and the call is executed again with the response.

use super::{Failure, Invocation};
use serde_json::Value;
use smithy_reqwest::server::ServiceError;
use std::cell::RefCell;

/// The maximum number of invocations of a call. More are a bug here: a request that differs each time.
const MAX_INVOCATIONS: usize = 16;

/// The responses that a call has received, and the invocation that it waits for.
#[derive(Debug, Default)]
pub(crate) struct Invocations {
    responses: RefCell<Vec<(Invocation, Result<Value, Failure>)>>,
    pending: RefCell<Option<Invocation>>,
}

impl Invocations {
    /// Returns the successful response to an invocation.
    ///
    /// # Errors
    ///
    /// Returns an error if the function failed, or if the invocation is pending. In that case, the result of the call is
    /// discarded.
    pub(crate) fn response(&self, invocation: Invocation) -> Result<Value, ServiceError> {
        let responses = self.responses.borrow();
        let Some((_, response)) = responses.iter().find(|(known, _)| *known == invocation) else {
            let error = crate::generated::error::internal_server_exception(
                "the function was not invoked yet",
            );
            if responses.len() < MAX_INVOCATIONS {
                self.pending.replace(Some(invocation));
            }
            return Err(error);
        };
        let response = response.clone().map_err(Failure::into_error)?;
        match Failure::from_response(&response) {
            Some(failure) => Err(failure.into_error()),
            None => Ok(response),
        }
    }

    /// Takes the pending invocation.
    pub(crate) fn take_pending(&self) -> Option<Invocation> {
        self.pending.take()
    }

    /// Adds a response.
    pub(crate) fn add(&self, invocation: Invocation, response: Result<Value, Failure>) {
        self.responses.borrow_mut().push((invocation, response));
    }
}
