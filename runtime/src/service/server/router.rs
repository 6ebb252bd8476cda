//! [`Router`], which finds the operation of a request.

use crate::protocol::ServiceSchema;
use crate::service::server::{Labels, ServerProtocol, ServiceError};
use crate::value::schema::OperationSchema;
use bytes::Bytes;
use http::request::Parts;

/// A router of requests to operations.
#[derive(Debug, Clone)]
pub struct Router<T> {
    protocol: &'static dyn ServerProtocol,
    service: &'static ServiceSchema,
    operations: Vec<(T, &'static OperationSchema)>,
}

/// The operation and the labels of a request.
#[derive(Debug, Clone)]
pub struct Route<T> {
    /// The operation.
    pub operation: T,
    /// The labels of the path.
    pub labels: Labels,
}

impl<T: Copy> Router<T> {
    /// Creates a router for these operations of a service.
    pub fn new(
        protocol: &'static dyn ServerProtocol,
        service: &'static ServiceSchema,
        operations: impl IntoIterator<Item = (T, &'static OperationSchema)>,
    ) -> Self {
        Self {
            protocol,
            service,
            operations: operations.into_iter().collect(),
        }
    }

    /// Returns the operation that a request is for.
    ///
    /// # Errors
    ///
    /// Returns `UnknownOperationException` if the request is for no operation of the service.
    pub fn route(&self, head: &Parts, body: &Bytes) -> Result<Route<T>, ServiceError> {
        let mut operations = self.operations.iter();
        let found = operations.find_map(|(operation, schema)| {
            let labels = self.protocol.matches(self.service, schema, head, body)?;
            Some(Route {
                operation: *operation,
                labels,
            })
        });
        found.ok_or_else(|| self.protocol.unknown_operation())
    }
}
