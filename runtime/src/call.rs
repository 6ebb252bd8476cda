//! [`Call`]: an operation, its input and a client in; the output or the client's error out.

use crate::Error;
use crate::client::{Client, Prepared};
use crate::config::Config;
use crate::operation::Operation;
use crate::shape::Shape;
use crate::time::SharedClock;
use http::{HeaderName, HeaderValue};
use std::fmt;

/// A call that is being put together. Generated builders hold one.
pub struct Call<O: Operation> {
    client: Client,
    /// The input as it is so far.
    pub input: O::Input,
    changes: Changes,
}

/// What is different for one call.
#[derive(Clone, Default)]
pub(crate) struct Changes {
    pub(crate) config: Option<Config>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
}

impl<O: Operation> Call<O> {
    /// A call with an empty input.
    pub fn new(client: Client) -> Self {
        Self {
            client,
            input: O::Input::empty(),
            changes: Changes::default(),
        }
    }

    /// Sends the call and waits for its answer.
    pub async fn send(self) -> Result<O::Output, O::Error> {
        Ok(self.send_to_runtime().await?)
    }

    /// The same, with the error as the runtime has it.
    pub(crate) async fn send_to_runtime(mut self) -> Result<O::Output, Error> {
        let prepared = Prepared::new(&self.client, O::schema(), &mut self.input, &self.changes)?;
        drop(self);
        let answered = prepared.run().await?;
        let mut output = O::Output::empty();
        answered.read(&prepared, &mut output)?;
        O::set_request_id(&mut output, answered.request_id());
        Ok(output)
    }

    /// Where the time comes from.
    pub(crate) fn clock(&self) -> SharedClock {
        self.client.config().clock()
    }

    /// Changes settings, headers or the request for this call alone.
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
    call: Call<O>,
}

impl<O: Operation> Customize<O> {
    /// Uses these settings instead of the client's. The call then has connections, credentials and retry quota of its
    /// own: start from [`Config::to_builder`] of the client's settings to keep the rest.
    pub fn config_override(mut self, config: Config) -> Self {
        self.call.changes.config = Some(config);
        self
    }

    /// Adds a header, or replaces one; it is signed like the others.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.call.changes.headers.push((name, value));
        self
    }

    /// Sends the call and waits for its answer.
    pub async fn send(self) -> Result<O::Output, O::Error> {
        self.call.send().await
    }
}
