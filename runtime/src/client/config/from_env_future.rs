//! [`FromEnv`], a future that reads the settings of the environment. Its configuration can be changed before it is
//! awaited.

use crate::aws::ConfigurationError;
use crate::client::config::Config;
use crate::http::{BoxError, BoxFuture};
use crate::identity::credentials::ProviderConfig;
use crate::identity::environment::Environment;
use crate::protocol::ServiceSchema;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A future that reads the settings of the environment and of the profile.
#[must_use = "nothing is read before it is awaited"]
pub struct FromEnv<T> {
    service: &'static ServiceSchema,
    make: fn(Result<Config, ConfigurationError>) -> T,
    state: State,
}

enum State {
    /// The configuration, which is boxed so that the future is small.
    Told(Box<ProviderConfig>),
    Reading(BoxFuture<'static, Result<Config, ConfigurationError>>),
    Done,
}

impl<T> FromEnv<T> {
    /// Creates a future that makes a value from the settings of a service; for generated code.
    #[doc(hidden)]
    pub fn new(
        service: &'static ServiceSchema,
        make: fn(Result<Config, ConfigurationError>) -> T,
    ) -> Self {
        Self {
            service,
            make,
            state: State::Told(Box::default()),
        }
    }

    /// Takes all settings, credentials included, from this profile, regardless of `AWS_PROFILE`. Variables such as
    /// `AWS_REGION` still take precedence over its settings, but keys in variables do not take precedence over its
    /// credentials.
    pub fn profile_name(self, name: impl Into<String>) -> Self {
        let name = name.into();
        self.tell(|config| config.profile_name(name))
    }

    /// Reads these variables instead of those of the process.
    pub fn environment(self, environment: Environment) -> Self {
        self.tell(|config| config.environment(environment))
    }

    /// Sets the function that returns the code of an MFA device for its serial number, if the profile has `mfa_serial`.
    pub fn mfa<F, R>(self, ask: F) -> Self
    where
        F: Fn(String) -> R + Send + Sync + 'static,
        R: Future<Output = Result<String, BoxError>> + Send + 'static,
    {
        self.tell(|config| config.mfa(ask))
    }

    /// Sets the sources of settings and credentials: variables, files, transports and the clock.
    pub fn provider_config(self, config: ProviderConfig) -> Self {
        self.tell(|_| config)
    }

    /// Reads the settings while this thread waits, for programs that are not asynchronous.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> T
    where
        T: Send + 'static,
    {
        let make = self.make;
        crate::client::blocking::block_on(self).unwrap_or_else(|error| make(Err(error)))
    }

    fn tell(mut self, change: impl FnOnce(ProviderConfig) -> ProviderConfig) -> Self {
        if let State::Told(config) = self.state {
            self.state = State::Told(Box::new(change(*config)));
        }
        self
    }
}

impl<T> Future for FromEnv<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        if let State::Told(config) = &self.state {
            let config = config.as_ref().clone();
            let reading = Config::from_provider_config(self.service, config);
            self.state = State::Reading(Box::pin(reading));
        }
        let State::Reading(reading) = &mut self.state else {
            return Poll::Pending;
        };
        let Poll::Ready(config) = reading.as_mut().poll(context) else {
            return Poll::Pending;
        };
        self.state = State::Done;
        Poll::Ready((self.make)(config))
    }
}

impl<T> fmt::Debug for FromEnv<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromEnv")
            .field("service", &self.service.sdk_id)
            .finish_non_exhaustive()
    }
}
