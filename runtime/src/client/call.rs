//! A call of an operation: [`Call`], and [`Customize`] for one with settings of its own.

use crate::client::changes::{Changes, Mutation};
use crate::client::config::Config;
use crate::client::error::Error;
use crate::client::operation::{CalledOperation, Operation};
use crate::client::{Client, Prepared};
use crate::http::time::SharedClock;
use crate::value::shape::Shape;
use http::{HeaderName, HeaderValue};
use std::fmt;
use std::sync::{Arc, Mutex};

/// A call that is being built. Generated builders hold one.
pub struct Call<O: Operation> {
    pub(super) client: Client,
    /// The current input. It is on the heap, since inputs can be large, and builders and futures are moved many times.
    pub input: Box<O::Input>,
    pub(super) changes: Changes,
}

impl<O: Operation> Call<O> {
    /// Creates a call with an empty input.
    pub fn new(client: Client) -> Self {
        Self::of(client, Box::new(O::Input::empty()))
    }

    /// Creates a call with this input.
    pub fn of(client: Client, input: Box<O::Input>) -> Self {
        Self {
            client,
            input,
            changes: Changes::default(),
        }
    }

    /// Sends the call and waits for the response.
    ///
    /// # Errors
    ///
    /// Returns an error if the input is invalid, no request can be sent, or no attempt succeeds.
    pub async fn send(self) -> Result<O::Output, O::Error> {
        Ok(self.send_to_runtime().await?)
    }

    /// Prepares the request, and drops the input.
    pub(super) fn prepare(mut self) -> Result<Prepared, Error> {
        let parameters = O::endpoint_parameters(&self.input);
        Prepared::new(
            &self.client,
            CalledOperation::of::<O>(),
            self.input.as_mut(),
            &self.changes,
            &parameters,
        )
    }

    /// Sends the call, and returns the error of the runtime instead of the client's error.
    pub(crate) async fn send_to_runtime(self) -> Result<O::Output, Error> {
        let prepared = self.prepare()?;
        let answered = prepared.run().await?;
        let mut output = O::Output::empty();
        answered.read(&prepared, &mut output)?;
        #[cfg(feature = "event-stream")]
        if let Some(source) = answered.open_events(&prepared, &mut output).await?
            && let Some(events) = O::events(&output)
        {
            events.open(source);
        }
        O::set_request_id(&mut output, answered.request_id());
        O::set_validated_checksums(&mut output, answered.into_validated());
        Ok(output)
    }

    /// Sends the call while this thread waits for the response.
    ///
    /// # Errors
    ///
    /// Returns an error as [`send`](Self::send) does, and at once in an asynchronous task of a current-thread runtime.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<O::Output, O::Error>
    where
        O::Error: 'static,
    {
        let waited = crate::client::blocking::block_on(self.send());
        waited.unwrap_or_else(|error| Err(crate::client::error::Error::from(error).into()))
    }

    /// Returns the clock of the client.
    pub(crate) fn clock(&self) -> SharedClock {
        self.client.config().clock()
    }

    /// Changes settings, headers or the request for this call only.
    pub fn customize(self) -> Customize<O> {
        Customize { call: self }
    }
}

impl<O: Operation> Clone for Call<O> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            input: self.input.clone(),
            changes: self.changes.clone(),
        }
    }
}

impl<O: Operation> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &O::schema().name)
            .field("input", &self.input)
            .finish_non_exhaustive()
    }
}

/// A call with settings of its own.
#[derive(Clone, Debug)]
#[must_use = "nothing is sent until `send` is called"]
pub struct Customize<O: Operation> {
    pub(super) call: Call<O>,
}

impl<O: Operation> Customize<O> {
    /// Uses these settings instead of the client's. Start from [`Config::to_builder`] of the client's own.
    ///
    /// The call shares everything with the client that the settings do not change: connections (unless the transport,
    /// the connect timeout, the CA bundle or the proxy differ), credentials (unless the provider differs) and the retry
    /// quota.
    pub fn config_override(mut self, config: Config) -> Self {
        self.call.changes.config = Some(config);
        self
    }

    /// Adds or replaces a header, which is signed like the others.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.call.changes.headers.push((name, value));
        self
    }

    /// Changes the request of each attempt, after the interceptors of the client and before it is signed.
    ///
    /// Clones of the call share the change, which runs for one attempt at a time.
    pub fn mutate_request(
        mut self,
        change: impl FnMut(&mut http::request::Parts) + Send + 'static,
    ) -> Self {
        let change = Mutation(Arc::new(Mutex::new(change)));
        self.call.changes.mutations.push(change);
        self
    }

    /// Sends the call and waits for the response.
    ///
    /// # Errors
    ///
    /// Returns an error if the input is invalid, no request can be sent, or no attempt succeeds.
    pub async fn send(self) -> Result<O::Output, O::Error> {
        self.call.send().await
    }

    /// Sends the call while this thread waits for the response.
    ///
    /// # Errors
    ///
    /// Returns an error as [`send`](Self::send) does, and at once in an asynchronous task of a current-thread runtime.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<O::Output, O::Error>
    where
        O::Error: 'static,
    {
        self.call.send_blocking()
    }
}
