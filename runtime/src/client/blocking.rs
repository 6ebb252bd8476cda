//! A future of a call in, its output out, on a thread that waits: for programs that are not asynchronous.
//!
//! All blocking calls of a process run on one thread with a small runtime, which starts with the first of them. The
//! caller's thread only waits for the result, so no runtime is ever started inside another.

use crate::aws::ConfigurationError;
use std::future::Future;
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use tokio::runtime::{Builder, Handle, RuntimeFlavor, worker_index};
use tracing::Instrument;
use tracing::instrument::WithSubscriber;

const IN_ASYNC: &str = "blocking call in an asynchronous task of a runtime that has one thread, where it would wait for itself: use the form with .await there, or tokio::task::spawn_blocking";

/// Runs the future to its end on the thread of blocking calls, while this thread waits.
///
/// # Errors
///
/// In an asynchronous task of a runtime that has one thread, which would wait for itself.
pub fn block_on<F>(future: F) -> Result<F::Output, ConfigurationError>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    // On a thread that runs tasks, and on no other that belongs to a runtime, waiting holds up those tasks.
    let runs_tasks = worker_index().is_some();
    let flavor = Handle::try_current().map(|handle| handle.runtime_flavor());
    let flavor = flavor.ok().filter(|_| runs_tasks);
    if flavor == Some(RuntimeFlavor::CurrentThread) {
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
        // Another thread takes over the tasks meanwhile.
        Some(_) => tokio::task::block_in_place(run),
        None => run(),
    }
}

fn wait<T>(receiver: &Receiver<T>) -> Result<T, ConfigurationError> {
    // The sender goes without a word only when the future panicked.
    let text = "the call panicked: see the message of its panic";
    receiver.recv().map_err(|_| ConfigurationError::new(text))
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

/// Gives a builder with a field `call` its `send_blocking`; nothing without the feature `blocking`.
#[doc(hidden)]
#[macro_export]
macro_rules! send_blocking {
    ($output:ty, $error:ty) => {
        /// Like `send`, for programs that are not asynchronous: this thread waits for the answer.
        ///
        /// It can be called anywhere but in an asynchronous task of a runtime that has one thread; there it is an
        /// error at once.
        pub fn send_blocking(self) -> ::std::result::Result<$output, $error> {
            self.call.send_blocking()
        }
    };
}

/// Gives a waiter's builder with a field `call` its `wait_blocking`; nothing without the feature `blocking`.
#[doc(hidden)]
#[macro_export]
macro_rules! wait_blocking {
    ($poll:ty, $error:ty) => {
        /// Like `wait`, for programs that are not asynchronous: this thread waits until the answer is final.
        ///
        /// It can be called anywhere but in an asynchronous task of a runtime that has one thread; there it is an
        /// error at once.
        pub fn wait_blocking(
            self,
            max_wait: ::std::time::Duration,
        ) -> ::std::result::Result<$poll, $error> {
            $crate::waiter::wait_blocking::<Self>(self.call, max_wait)
        }
    };
}

/// Gives a client its constructors that block; nothing without the feature `blocking`.
#[doc(hidden)]
#[macro_export]
macro_rules! from_env_blocking {
    ($config:ty, $error:ty) => {
        /// Like [`from_env`](Self::from_env), for programs that are not asynchronous: this thread waits for the
        /// settings. With a profile of its own: `Client::from_env().profile_name("dev").blocking()`.
        pub fn from_env_blocking() -> ::std::result::Result<Self, $error> {
            Self::from_env().blocking()
        }

        /// Like [`config_from_env`](Self::config_from_env), for programs that are not asynchronous: this thread waits
        /// for the settings.
        pub fn config_from_env_blocking() -> ::std::result::Result<$config, $error> {
            Self::config_from_env().blocking()
        }
    };
}
