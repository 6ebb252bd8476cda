//! Waiters: a call and a judgment of its answers in; the call is repeated until the judgment is final, or time is up.
//!
//! A generated waiter says only what an answer means ([`Waiter::judge_output`], [`Waiter::judge_error`]); [`wait`] does
//! the rest, by Smithy's rules: the first call goes out at once, the pauses grow from the least to the greatest delay
//! with jitter, and the last call is made when there is just time for it. What waits by other rules than a model can
//! state uses [`poll`] directly.

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

/// What a waiter is called, and how long it pauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct WaiterSchema {
    /// Its name in the model.
    pub name: &'static str,
    /// The least pause between calls.
    pub min_delay: Duration,
    /// The greatest pause between calls.
    pub max_delay: Duration,
}

impl WaiterSchema {
    /// Describes a waiter; delays are in seconds.
    pub const fn new(name: &'static str, min_delay: u64, max_delay: u64) -> Self {
        Self {
            name,
            min_delay: Duration::from_secs(min_delay),
            max_delay: Duration::from_secs(max_delay),
        }
    }
}

/// What an answer means for the wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// What was waited for is there.
    Success,
    /// It will never be there, for this reason.
    Failure(&'static str),
    /// It may be there later.
    Retry,
}

/// A waiter of a generated client, as a type.
pub trait Waiter: 'static {
    /// The operation that is called until it gives the answer.
    type Operation: Operation;

    /// Its name and its delays.
    fn schema() -> &'static WaiterSchema;

    /// What an output means; `None` when no acceptor of the model matches it, and then the wait goes on.
    fn judge_output(
        input: &<Self::Operation as Operation>::Input,
        output: &<Self::Operation as Operation>::Output,
    ) -> Option<Verdict> {
        let _ = (input, output);
        None
    }

    /// What an error means; `None` when no acceptor of the model matches it, and then the wait fails with it.
    fn judge_error(error: &Error) -> Option<Verdict> {
        let _ = error;
        None
    }
}

type OutputOf<W> = <<W as Waiter>::Operation as Operation>::Output;
type ErrorOf<W> = <<W as Waiter>::Operation as Operation>::Error;
type PollOf<W> = FinalPoll<OutputOf<W>, ErrorOf<W>>;
type WaiterErrorOf<W> = WaiterError<OutputOf<W>, ErrorOf<W>>;

/// Repeats a call until its waiter's judgment is final, or `max_wait` is over.
///
/// A call that is under way when the time is over is not cut off: its own time limits are the client's.
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

/// Like [`wait`], while this thread waits.
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

/// Repeats `attempt`, which gives an answer and what it means, until that is final, or `max_wait` is over.
///
/// Where it is `None`, an output means another attempt, and an error the end.
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
