//! [`Router`]: method, path and headers of a request in, the operation it is for out.

use crate::service::server::{Labels, ServerProtocol};
use crate::value::schema::OperationSchema;
use http::request::Parts;

/// Finds operations.
#[derive(Debug, Clone)]
pub struct Router<T> {
    protocol: &'static dyn ServerProtocol,
    operations: Vec<(T, &'static OperationSchema)>,
}

/// What a request is for.
#[derive(Debug, Clone)]
pub struct Route<T> {
    /// The operation.
    pub operation: T,
    /// What stands in the path.
    pub labels: Labels,
}

impl<T: Copy> Router<T> {
    /// A router for these operations.
    pub fn new(
        protocol: &'static dyn ServerProtocol,
        operations: impl IntoIterator<Item = (T, &'static OperationSchema)>,
    ) -> Self {
        Self {
            protocol,
            operations: operations.into_iter().collect(),
        }
    }

    /// The operation that a request is for.
    pub fn route(&self, head: &Parts) -> Option<Route<T>> {
        self.operations.iter().find_map(|(operation, schema)| {
            let labels = self.protocol.matches(schema, head)?;
            Some(Route {
                operation: *operation,
                labels,
            })
        })
    }
}
