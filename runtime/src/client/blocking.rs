//! A future of a call in, its output out, on a thread that waits: for programs that are not asynchronous.
//!
//! All blocking calls of a process run on one thread with a small runtime, which starts with the first of them. The
//! caller's thread only waits for the result, so no runtime is ever started inside another.

use crate::aws::ConfigurationError;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, channel};
use std::task::{Context, Poll, Waker};
use std::thread;
use tokio::runtime::{Builder, Handle, RuntimeFlavor};
use tokio::task::coop;
use tracing::Instrument;
use tracing::instrument::WithSubscriber;

/// More than a task may do before it has to let others go first.
const MORE_THAN_A_BUDGET: usize = 1_024;

const IN_ASYNC: &str = "send_blocking() was called in an asynchronous task of a runtime that has one thread, where it would wait for itself: use send().await there, or tokio::task::spawn_blocking";

/// Runs the future to its end while this thread waits. An error where the thread must not wait.
pub(crate) fn block_on<F>(future: F) -> Result<F::Output, ConfigurationError>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let flavor = Handle::try_current().map(|handle| handle.runtime_flavor());
    if matches!(flavor, Ok(RuntimeFlavor::CurrentThread)) && is_in_task() {
        return Err(ConfigurationError::new(IN_ASYNC));
    }
    let runtime = runtime()?;
    // Spans and subscribers belong to threads, and the caller's are the ones that count.
    let future = future.in_current_span().with_current_subscriber();
    let run = || {
        let (sender, receiver) = channel();
        runtime.spawn(async move {
            // A caller is always waiting; if it is gone, so is the interest in the result.
            let _ = sender.send(future.await);
        });
        wait(&receiver)
    };
    match flavor {
        Ok(RuntimeFlavor::MultiThread) => run_in_worker(run),
        _ => run(),
    }
}

fn wait<T>(receiver: &Receiver<T>) -> Result<T, ConfigurationError> {
    // The sender goes without a word only when the future panicked.
    let text = "the call panicked: see the message of its panic";
    receiver.recv().map_err(|_| ConfigurationError::new(text))
}

/// Runs this on a thread that may be a worker of a runtime, whose other tasks another thread takes over meanwhile.
fn run_in_worker<T>(
    run: impl FnOnce() -> Result<T, ConfigurationError>,
) -> Result<T, ConfigurationError> {
    // It panics, and runs nothing, in the few places that cannot be told beforehand, such as tasks of a `LocalSet`.
    catch_unwind(AssertUnwindSafe(|| tokio::task::block_in_place(run)))
        .unwrap_or_else(|_| Err(ConfigurationError::new(IN_ASYNC)))
}

/// Whether this code runs in an asynchronous task, rather than on a thread that may block and only belongs to a runtime.
/// A task has a budget, and nothing else has.
fn is_in_task() -> bool {
    let mut context = Context::from_waker(Waker::noop());
    (0..MORE_THAN_A_BUDGET).any(|_| match coop::poll_proceed(&mut context) {
        Poll::Ready(unit) => {
            unit.made_progress();
            false
        }
        Poll::Pending => true,
    })
}

/// The runtime that blocking calls share.
fn runtime() -> Result<&'static Handle, ConfigurationError> {
    static RUNTIME: OnceLock<Result<Handle, ConfigurationError>> = OnceLock::new();
    RUNTIME.get_or_init(start).as_ref().map_err(Clone::clone)
}

fn start() -> Result<Handle, ConfigurationError> {
    let failed = |error: std::io::Error| {
        ConfigurationError::new(format!("no thread for blocking calls: {error}"))
    };
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(failed)?;
    let handle = runtime.handle().clone();
    thread::Builder::new()
        .name("smithy-blocking".to_owned())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))
        .map_err(failed)?;
    Ok(handle)
}

/// Gives a builder with a method `into_call` its `send_blocking`; nothing without the feature `blocking`.
#[doc(hidden)]
#[macro_export]
macro_rules! send_blocking {
    ($output:ty, $error:ty) => {
        /// Like `send`, for programs that are not asynchronous: this thread waits for the answer.
        ///
        /// It can be called anywhere but in an asynchronous task of a runtime that has one thread; there it is an
        /// error at once.
        pub fn send_blocking(self) -> ::std::result::Result<$output, $error> {
            self.into_call().send_blocking()
        }
    };
}
