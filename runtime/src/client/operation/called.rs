//! [`CalledOperation`], by which a transport identifies the call of a request.

use crate::client::operation::Operation;
use crate::protocol::ServiceSchema;
use crate::value::schema::OperationSchema;
use crate::value::shape::{Shape, Structure};
use std::fmt;

/// The operation of a request. Each request of a client has it as an extension, for transports that need it, such as
/// those of tests.
#[derive(Clone, Copy)]
pub struct CalledOperation {
    service: fn() -> &'static ServiceSchema,
    operation: &'static OperationSchema,
    input: fn() -> Box<dyn Structure>,
    output: fn() -> Box<dyn Structure>,
}

impl CalledOperation {
    /// Describes this operation.
    pub fn of<O: Operation>() -> Self {
        Self {
            service: O::service,
            operation: O::schema(),
            input: || Box::new(O::Input::empty()),
            output: || Box::new(O::Output::empty()),
        }
    }

    /// Returns the service of the operation.
    pub fn service(&self) -> &'static ServiceSchema {
        (self.service)()
    }

    /// Returns the description of the operation.
    pub fn operation(&self) -> &'static OperationSchema {
        self.operation
    }

    /// Creates an empty input.
    pub fn empty_input(&self) -> Box<dyn Structure> {
        (self.input)()
    }

    /// Creates an empty output.
    pub fn empty_output(&self) -> Box<dyn Structure> {
        (self.output)()
    }
}

impl fmt::Debug for CalledOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation.name)
    }
}
