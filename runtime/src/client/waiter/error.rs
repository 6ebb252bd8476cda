//! [`WaiterError`], the error of a waiter, with the reason and the last result.

use crate::client::waiter::FinalPoll;
#[cfg(feature = "blocking")]
use crate::client::{
    error::{ConfigurationError, Error},
    waiter::WaiterSchema,
};
use crate::http::debug_error::fmt_error;
use crate::value::printable::Printable;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// The error of a waiter.
#[non_exhaustive]
pub enum WaiterError<T, E> {
    /// The maximum wait time was over before the result was final.
    ExceededMaxWait(ExceededMaxWait<T, E>),
    /// A failure state was reached.
    FailureState(FailureState<T, E>),
    /// A call failed with an error that the waiter does not expect.
    OperationFailed(OperationFailed<E>),
}

/// The error of a wait whose time was over before the result was final.
#[derive(Debug)]
pub struct ExceededMaxWait<T, E> {
    waiter: &'static str,
    max_wait: Duration,
    /// The result is on the heap, so that results with this error stay small.
    poll: Box<FinalPoll<T, E>>,
}

/// The error of a wait that reached a failure state.
#[derive(Debug)]
pub struct FailureState<T, E> {
    waiter: &'static str,
    reason: &'static str,
    detail: Option<String>,
    poll: Box<FinalPoll<T, E>>,
}

/// The error of a call that the waiter does not expect.
#[derive(Debug)]
pub struct OperationFailed<E> {
    waiter: &'static str,
    error: E,
    polls: u32,
}

impl<T, E> ExceededMaxWait<T, E> {
    pub(super) fn new(waiter: &'static str, max_wait: Duration, poll: FinalPoll<T, E>) -> Self {
        Self {
            waiter,
            max_wait,
            poll: Box::new(poll),
        }
    }

    /// Returns the maximum wait time.
    pub fn max_wait(&self) -> Duration {
        self.max_wait
    }

    /// Returns the last result before the time was over.
    pub fn final_poll(&self) -> &FinalPoll<T, E> {
        &self.poll
    }

    /// Returns the last result before the time was over.
    pub fn into_final_poll(self) -> FinalPoll<T, E> {
        *self.poll
    }
}

impl<T, E> FailureState<T, E> {
    pub(super) fn new(waiter: &'static str, reason: &'static str, poll: FinalPoll<T, E>) -> Self {
        Self {
            waiter,
            reason,
            detail: None,
            poll: Box::new(poll),
        }
    }

    /// Returns the reason: the part of the result that marks the failure state.
    pub fn reason(&self) -> &'static str {
        self.reason
    }

    /// Returns the explanation of the failure state in the result, if there is one.
    pub fn detail(&self) -> Option<&str> {
        self.detail.as_deref()
    }

    /// Returns the result that marks the failure state.
    pub fn final_poll(&self) -> &FinalPoll<T, E> {
        &self.poll
    }

    /// Returns the result that marks the failure state.
    pub fn into_final_poll(self) -> FinalPoll<T, E> {
        *self.poll
    }
}

impl<E> OperationFailed<E> {
    pub(super) fn new(waiter: &'static str, error: E, polls: u32) -> Self {
        Self {
            waiter,
            error,
            polls,
        }
    }

    /// Returns the error of the call.
    pub fn error(&self) -> &E {
        &self.error
    }

    /// Returns the error of the call.
    pub fn into_error(self) -> E {
        self.error
    }
}

impl<T, E> WaiterError<T, E> {
    /// Creates the error of a wait that failed before its first call.
    #[cfg(feature = "blocking")]
    pub fn not_started(waiter: &WaiterSchema, error: ConfigurationError) -> Self
    where
        E: From<Error>,
    {
        let error = Error::from(error).into();
        Self::OperationFailed(OperationFailed::new(waiter.name, error, 0))
    }

    /// Adds the explanation in the output, if an output marks the failure state.
    #[must_use]
    pub fn with_detail(mut self, detail: impl FnOnce(&T) -> Option<String>) -> Self {
        if let Self::FailureState(error) = &mut self {
            error.detail = error.poll.as_result().ok().and_then(detail);
        }
        self
    }

    /// Returns the name of the waiter.
    pub fn waiter(&self) -> &'static str {
        match self {
            Self::ExceededMaxWait(error) => error.waiter,
            Self::FailureState(error) => error.waiter,
            Self::OperationFailed(error) => error.waiter,
        }
    }

    /// Returns the number of calls.
    pub fn polls(&self) -> u32 {
        match self {
            Self::ExceededMaxWait(error) => error.poll.polls(),
            Self::FailureState(error) => error.poll.polls(),
            Self::OperationFailed(error) => error.polls,
        }
    }

    /// Returns the last output, if the last call had one.
    pub fn last_output(&self) -> Option<&T> {
        match self {
            Self::ExceededMaxWait(error) => error.poll.as_result().ok(),
            Self::FailureState(error) => error.poll.as_result().ok(),
            Self::OperationFailed(_) => None,
        }
    }

    /// Returns the error of the last call, if it had one.
    pub fn last_error(&self) -> Option<&E> {
        match self {
            Self::ExceededMaxWait(error) => error.poll.as_result().err(),
            Self::FailureState(error) => error.poll.as_result().err(),
            Self::OperationFailed(error) => Some(&error.error),
        }
    }
}

impl<T, E: fmt::Display> fmt::Display for WaiterError<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "waiting for {}: ", self.waiter())?;
        match self {
            Self::ExceededMaxWait(error) => write!(
                f,
                "timed out after {:?} ({})",
                error.max_wait,
                times(error.poll.polls())
            )?,
            Self::FailureState(error) => {
                write!(f, "reached a failure state: {}", error.reason)?;
                if let Some(detail) = &error.detail {
                    write!(f, ": {}", Printable(detail))?;
                }
                let (polls, waited) = (times(error.poll.polls()), error.poll.waited());
                write!(f, " ({polls} in {waited:.1?})")?;
            }
            Self::OperationFailed(error) => {
                write!(f, "the call failed ({})", times(error.polls))?;
            }
        }
        match self.last_error() {
            Some(error) => write!(f, ": {error}"),
            None => Ok(()),
        }
    }
}

fn times(polls: u32) -> String {
    match polls {
        1 => "1 call".to_owned(),
        polls => format!("{polls} calls"),
    }
}

impl<T: fmt::Debug, E: fmt::Debug + fmt::Display> fmt::Debug for WaiterError<T, E> {
    /// Writes the line of `Display` for `{:?}`, and the structure for `{:#?}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_error(self, f, |f| match self {
            Self::ExceededMaxWait(error) => error.fmt(f),
            Self::FailureState(error) => error.fmt(f),
            Self::OperationFailed(error) => error.fmt(f),
        })
    }
}

impl<T: fmt::Debug, E: StdError + 'static> StdError for WaiterError<T, E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.last_error().map(|error| error as _)
    }
}
