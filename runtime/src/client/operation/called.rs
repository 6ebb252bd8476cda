//! [`CalledOperation`]: what a transport can learn of the call behind a request.

use crate::client::operation::Operation;
use crate::protocol::ServiceSchema;
use crate::value::schema::OperationSchema;
use crate::value::shape::{Shape, Structure};
use std::fmt;

/// The operation that a request is for: an extension of every request that a client sends, for transports that want to
/// know, such as those of tests.
#[derive(Clone, Copy)]
pub struct CalledOperation {
    service: fn() -> &'static ServiceSchema,
    operation: &'static OperationSchema,
    input: fn() -> Box<dyn Structure>,
    output: fn() -> Box<dyn Structure>,
}

impl CalledOperation {
    /// This operation.
    pub fn of<O: Operation>() -> Self {
        Self {
            service: O::service,
            operation: O::schema(),
            input: || Box::new(O::Input::empty()),
            output: || Box::new(O::Output::empty()),
        }
    }

    /// The service it belongs to.
    pub fn service(&self) -> &'static ServiceSchema {
        (self.service)()
    }

    /// How it is called.
    pub fn operation(&self) -> &'static OperationSchema {
        self.operation
    }

    /// An empty input.
    pub fn empty_input(&self) -> Box<dyn Structure> {
        (self.input)()
    }

    /// An empty output.
    pub fn empty_output(&self) -> Box<dyn Structure> {
        (self.output)()
    }
}

impl fmt::Debug for CalledOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation.name)
    }
}
