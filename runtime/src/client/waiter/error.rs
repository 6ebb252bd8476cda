//! [`WaiterError`]: why a wait did not succeed: the waiter, the reason, and the last answer.

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

/// A wait that did not succeed.
#[non_exhaustive]
pub enum WaiterError<T, E> {
    /// The time was over before the answer was final.
    ExceededMaxWait(ExceededMaxWait<T, E>),
    /// What was waited for will never be there.
    FailureState(FailureState<T, E>),
    /// A call failed with an error that the waiter does not expect.
    OperationFailed(OperationFailed<E>),
}

/// The time was over before the answer was final.
#[derive(Debug)]
pub struct ExceededMaxWait<T, E> {
    waiter: &'static str,
    max_wait: Duration,
    /// On the heap, so that results with this error stay small.
    poll: Box<FinalPoll<T, E>>,
}

/// What was waited for will never be there.
#[derive(Debug)]
pub struct FailureState<T, E> {
    waiter: &'static str,
    reason: &'static str,
    detail: Option<String>,
    poll: Box<FinalPoll<T, E>>,
}

/// A call failed with an error that the waiter does not expect.
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

    /// The time that was allowed.
    pub fn max_wait(&self) -> Duration {
        self.max_wait
    }

    /// The last answer before the time was over.
    pub fn final_poll(&self) -> &FinalPoll<T, E> {
        &self.poll
    }

    /// The last answer before the time was over.
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

    /// What in the answer says so.
    pub fn reason(&self) -> &'static str {
        self.reason
    }

    /// What the answer itself says of the reason, where it does.
    pub fn detail(&self) -> Option<&str> {
        self.detail.as_deref()
    }

    /// The answer that says so.
    pub fn final_poll(&self) -> &FinalPoll<T, E> {
        &self.poll
    }

    /// The answer that says so.
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

    /// The call's error.
    pub fn error(&self) -> &E {
        &self.error
    }

    /// The call's error.
    pub fn into_error(self) -> E {
        self.error
    }
}

impl<T, E> WaiterError<T, E> {
    /// An error of a wait before its first call.
    #[cfg(feature = "blocking")]
    pub fn not_started(waiter: &WaiterSchema, error: ConfigurationError) -> Self
    where
        E: From<Error>,
    {
        let error = Error::from(error).into();
        Self::OperationFailed(OperationFailed::new(waiter.name, error, 0))
    }

    /// With what the output itself says of the reason, if it was an output that will never be what was waited for.
    #[must_use]
    pub fn with_detail(mut self, detail: impl FnOnce(&T) -> Option<String>) -> Self {
        if let Self::FailureState(error) = &mut self {
            error.detail = error.poll.as_result().ok().and_then(detail);
        }
        self
    }

    /// The waiter's name.
    pub fn waiter(&self) -> &'static str {
        match self {
            Self::ExceededMaxWait(error) => error.waiter,
            Self::FailureState(error) => error.waiter,
            Self::OperationFailed(error) => error.waiter,
        }
    }

    /// How many calls were made.
    pub fn polls(&self) -> u32 {
        match self {
            Self::ExceededMaxWait(error) => error.poll.polls(),
            Self::FailureState(error) => error.poll.polls(),
            Self::OperationFailed(error) => error.polls,
        }
    }

    /// The last output, where the last call had one.
    pub fn last_output(&self) -> Option<&T> {
        match self {
            Self::ExceededMaxWait(error) => error.poll.as_result().ok(),
            Self::FailureState(error) => error.poll.as_result().ok(),
            Self::OperationFailed(_) => None,
        }
    }

    /// The last call's error, where it had one.
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
                "not there in the {:?} allowed, after {}",
                error.max_wait,
                times(error.poll.polls())
            )?,
            Self::FailureState(error) => {
                write!(f, "it will not come, since {}", error.reason)?;
                if let Some(detail) = &error.detail {
                    write!(f, ": {}", Printable(detail))?;
                }
                let (polls, waited) = (times(error.poll.polls()), error.poll.waited());
                write!(f, " ({polls} in {waited:.1?})")?;
            }
            Self::OperationFailed(error) => {
                write!(f, "a call failed, after {}", times(error.polls))?;
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
    /// `{:?}` prints the line of `Display`, and `{:#?}` the structure.
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
