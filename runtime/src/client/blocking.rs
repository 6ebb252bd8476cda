//! Calls for programs that are not asynchronous: the thread of the caller waits for the result.
//!
//! All blocking calls of a process run on one thread with a small runtime, which starts with the first of them. The
//! thread of the caller only waits for the result, so that no runtime is started inside another.

use crate::aws::ConfigurationError;
use std::future::Future;
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use tokio::runtime::{Builder, Handle, RuntimeFlavor, worker_index};
use tracing::Instrument;
use tracing::instrument::WithSubscriber;

const IN_ASYNC: &str = "blocking call in an asynchronous task of a current-thread runtime: use the form with .await, or tokio::task::spawn_blocking";

/// Runs a future to completion on the thread of blocking calls, while this thread waits.
///
/// # Errors
///
/// Returns an error in an asynchronous task of a current-thread runtime, which would wait for itself.
pub fn block_on<F>(future: F) -> Result<F::Output, ConfigurationError>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    // Only on a thread that runs tasks does waiting hold up those tasks.
    let runs_tasks = worker_index().is_some();
    let flavor = Handle::try_current().map(|handle| handle.runtime_flavor());
    let flavor = flavor.ok().filter(|_| runs_tasks);
    if flavor == Some(RuntimeFlavor::CurrentThread) {
        return Err(ConfigurationError::new(IN_ASYNC));
    }
    let runtime = runtime()?;
    // Spans and subscribers belong to threads. Those of the caller apply.
    let future = future.in_current_span().with_current_subscriber();
    let run = || {
        let (sender, receiver) = channel();
        runtime.spawn(async move {
            // The caller waits for the result. If it no longer exists, the result is not needed.
            let _ = sender.send(future.await);
        });
        wait(&receiver)
    };
    match flavor {
        // Another thread runs the tasks in the meantime.
        Some(_) => tokio::task::block_in_place(run),
        None => run(),
    }
}

fn wait<T>(receiver: &Receiver<T>) -> Result<T, ConfigurationError> {
    // The sender is dropped without a result only if the future panicked.
    let text = "the call panicked";
    receiver.recv().map_err(|_| ConfigurationError::new(text))
}

/// Returns the runtime of all blocking calls.
fn runtime() -> Result<&'static Handle, ConfigurationError> {
    static RUNTIME: OnceLock<Result<Handle, ConfigurationError>> = OnceLock::new();
    RUNTIME.get_or_init(start).as_ref().map_err(Clone::clone)
}

fn start() -> Result<Handle, ConfigurationError> {
    let failed = |error: std::io::Error| {
        ConfigurationError::new(format!(
            "failed to start the thread for blocking calls: {error}"
        ))
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

/// Defines `send_blocking` for a builder with a method `into_call`. Expands to nothing without the feature `blocking`.
#[doc(hidden)]
#[macro_export]
macro_rules! send_blocking {
    ($output:ty, $error:ty) => {
        /// Sends the call while this thread waits for the response. It is the form of `send` for programs that are not
        /// asynchronous.
        ///
        /// # Errors
        ///
        /// Returns an error as `send` does, and at once in an asynchronous task of a current-thread runtime.
        pub fn send_blocking(self) -> ::std::result::Result<$output, $error> {
            self.into_call().send_blocking()
        }
    };
}

/// Defines `wait_blocking` for the builder of a waiter with a field `call`. Expands to nothing without the feature
/// `blocking`.
#[doc(hidden)]
#[macro_export]
macro_rules! wait_blocking {
    ($poll:ty, $error:ty) => {
        /// Waits on this thread until the result is final. It is the form of `wait` for programs that are not
        /// asynchronous.
        ///
        /// # Errors
        ///
        /// Returns an error as `wait` does, and at once in an asynchronous task of a current-thread runtime.
        pub fn wait_blocking(
            self,
            max_wait: ::std::time::Duration,
        ) -> ::std::result::Result<$poll, $error> {
            $crate::waiter::wait_blocking::<Self>(self.into_call(), max_wait)
        }
    };
}

/// Defines the blocking constructors of a client. Expands to nothing without the feature `blocking`.
#[doc(hidden)]
#[macro_export]
macro_rules! from_env_blocking {
    ($config:ty, $error:ty) => {
        /// Creates a client with the settings of the environment while this thread waits. It is the form of
        /// [`from_env`](Self::from_env) for programs that are not asynchronous. To use another profile:
        /// `Client::from_env().profile_name("dev").blocking()`.
        ///
        /// # Errors
        ///
        /// Returns an error if a setting is invalid, or in an asynchronous task of a current-thread runtime.
        pub fn from_env_blocking() -> ::std::result::Result<Self, $error> {
            Self::from_env().blocking()
        }

        /// Reads the settings of the environment while this thread waits. It is the form of
        /// [`config_from_env`](Self::config_from_env) for programs that are not asynchronous.
        ///
        /// # Errors
        ///
        /// Returns an error if a setting is invalid, or in an asynchronous task of a current-thread runtime.
        pub fn config_from_env_blocking() -> ::std::result::Result<$config, $error> {
            Self::config_from_env().blocking()
        }
    };
}
