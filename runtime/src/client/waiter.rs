//! Waiters, which repeat a call until its result is final, or the maximum wait time is over.
//!
//! A generated waiter only defines the acceptors of results ([`Waiter::judge_output`], [`Waiter::judge_error`]).
//! [`wait`] does the rest, by the rules of Smithy: the first call is sent at once, the delays grow from the minimum to
//! the maximum with jitter, and the last call is sent when there is just time for it. For waits by rules that a model
//! cannot express, use [`poll`] directly.

mod error;
mod final_poll;
mod timer;

pub use error::{ExceededMaxWait, FailureState, OperationFailed, WaiterError};
pub use final_poll::FinalPoll;

use crate::client::call::Call;
use crate::client::error::Error;
use crate::client::operation::Operation;
use crate::http::time::SharedClock;
use std::time::Duration;
use timer::Timer;

/// The name and the delays of a waiter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct WaiterSchema {
    /// The name in the model.
    pub name: &'static str,
    /// The minimum delay between calls.
    pub min_delay: Duration,
    /// The maximum delay between calls.
    pub max_delay: Duration,
}

impl WaiterSchema {
    /// Creates the description of a waiter. The delays are in seconds.
    pub const fn new(name: &'static str, min_delay: u64, max_delay: u64) -> Self {
        Self {
            name,
            min_delay: Duration::from_secs(min_delay),
            max_delay: Duration::from_secs(max_delay),
        }
    }
}

/// The meaning of a result for a waiter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The awaited state is reached.
    Success,
    /// The awaited state will never be reached, for this reason.
    Failure(&'static str),
    /// The awaited state may be reached later.
    Retry,
}

/// A waiter of a generated client.
pub trait Waiter: 'static {
    /// The operation that is called until the result is final.
    type Operation: Operation;

    /// Returns the name and the delays of the waiter.
    fn schema() -> &'static WaiterSchema;

    /// Returns the meaning of an output, or `None` if no acceptor of the model matches it. The wait then goes on.
    fn judge_output(
        input: &<Self::Operation as Operation>::Input,
        output: &<Self::Operation as Operation>::Output,
    ) -> Option<Verdict> {
        let _ = (input, output);
        None
    }

    /// Returns the meaning of an error, or `None` if no acceptor of the model matches it. The wait then fails with it.
    fn judge_error(error: &Error) -> Option<Verdict> {
        let _ = error;
        None
    }
}

type OutputOf<W> = <<W as Waiter>::Operation as Operation>::Output;
type ErrorOf<W> = <<W as Waiter>::Operation as Operation>::Error;
type PollOf<W> = FinalPoll<OutputOf<W>, ErrorOf<W>>;
type WaiterErrorOf<W> = WaiterError<OutputOf<W>, ErrorOf<W>>;

/// Repeats a call until the result is final for its waiter, or `max_wait` is over.
///
/// A call in progress at the end of this time is not cancelled: only the timeouts of the client limit it.
///
/// # Errors
///
/// Returns an error if `max_wait` is over, a failure state is reached, or a call fails with an error that no acceptor
/// matches.
pub async fn wait<W: Waiter>(
    call: Call<W::Operation>,
    max_wait: Duration,
) -> Result<PollOf<W>, WaiterErrorOf<W>> {
    let call = &call;
    let attempt = || async move {
        match call.clone().send_to_runtime().await {
            Ok(output) => {
                let verdict = W::judge_output(&call.input, &output);
                (Ok(output), verdict)
            }
            Err(error) => {
                let verdict = W::judge_error(&error);
                (Err(error.into()), verdict)
            }
        }
    };
    poll(W::schema(), call.clock(), max_wait, attempt).await
}

/// Repeats a call like [`wait`], while this thread waits.
///
/// # Errors
///
/// Returns an error as [`wait`] does, and at once in an asynchronous task of a current-thread runtime.
#[cfg(feature = "blocking")]
pub fn wait_blocking<W: Waiter>(
    call: Call<W::Operation>,
    max_wait: Duration,
) -> Result<PollOf<W>, WaiterErrorOf<W>>
where
    ErrorOf<W>: 'static,
{
    let waited = crate::client::blocking::block_on(wait::<W>(call, max_wait));
    waited.unwrap_or_else(|error| Err(WaiterError::not_started(W::schema(), error)))
}

/// Repeats `attempt`, which returns a result and its meaning, until the result is final, or `max_wait` is over.
///
/// If the meaning is `None`, an output leads to another attempt, and an error ends the wait.
///
/// # Errors
///
/// Returns an error if `max_wait` is over, a failure state is reached, or an attempt fails with an error without a
/// meaning.
pub async fn poll<T, E, F>(
    schema: &WaiterSchema,
    clock: SharedClock,
    max_wait: Duration,
    mut attempt: impl FnMut() -> F,
) -> Result<FinalPoll<T, E>, WaiterError<T, E>>
where
    F: Future<Output = (Result<T, E>, Option<Verdict>)>,
{
    let waiter = schema.name;
    let mut timer = Timer::start(clock, schema, max_wait);
    loop {
        let (result, verdict) = attempt().await;
        let (polls, waited) = (timer.polls(), timer.elapsed());
        let result = match (verdict, result) {
            (Some(Verdict::Success), result) => {
                return Ok(FinalPoll::new(result, polls, waited));
            }
            (Some(Verdict::Failure(reason)), result) => {
                let poll = FinalPoll::new(result, polls, waited);
                return Err(WaiterError::FailureState(FailureState::new(
                    waiter, reason, poll,
                )));
            }
            (None, Err(error)) => {
                return Err(WaiterError::OperationFailed(OperationFailed::new(
                    waiter, error, polls,
                )));
            }
            (Some(Verdict::Retry), result) => result,
            (None, Ok(output)) => Ok(output),
        };
        if !timer.pause().await {
            let poll = FinalPoll::new(result, polls, timer.elapsed());
            return Err(WaiterError::ExceededMaxWait(ExceededMaxWait::new(
                waiter, max_wait, poll,
            )));
        }
    }
}
