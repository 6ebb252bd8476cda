//! [`Router`], which finds the operation of a request.

use crate::protocol::ServiceSchema;
use crate::service::server::{Labels, ServerProtocol, ServiceError};
use crate::value::schema::{OperationSchema, Segment};
use bytes::Bytes;
use http::request::Parts;
use std::cmp::Reverse;

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

    /// Returns the operation that a request is for: of several, the most specific one, by Smithy's rules for paths.
    ///
    /// # Errors
    ///
    /// Returns `UnknownOperationException` if the request is for no operation of the service.
    pub fn route(&self, head: &Parts, body: &Bytes) -> Result<Route<T>, ServiceError> {
        let found = self.operations.iter().filter_map(|(operation, schema)| {
            let labels = self.protocol.matches(self.service, schema, head, body)?;
            let route = Route {
                operation: *operation,
                labels,
            };
            Some((Specificity::of(schema, head.uri.path()), route))
        });
        // Of equals, the minimum is the first.
        let found = found.min_by_key(|(specificity, _)| Reverse(specificity.clone()));
        found.map_or_else(
            || Err(self.protocol.unknown_operation()),
            |(_, route)| Ok(route),
        )
    }
}

/// The specificity of a path that matches a request, in the order of the comparison.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Specificity {
    /// `false` if a label that is not greedy has matched several segments.
    exact: bool,
    /// The segments of the path. A longer path is more specific than its beginning.
    segments: Vec<SegmentKind>,
    /// The number of constant parameters.
    parameters: usize,
}

/// A segment of a path, from the least specific.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum SegmentKind {
    Greedy,
    Label,
    Literal,
}

impl Specificity {
    fn of(operation: &OperationSchema, path: &str) -> Self {
        let mut segments = Vec::new();
        for segment in operation.path {
            match segment {
                Segment::Literal(text) => {
                    let pieces = text.split('/').filter(|piece| !piece.is_empty());
                    segments.extend(pieces.map(|_| SegmentKind::Literal));
                }
                Segment::Label(_) => segments.push(SegmentKind::Label),
                Segment::Greedy(_) => segments.push(SegmentKind::Greedy),
            }
        }
        Self {
            exact: segments.contains(&SegmentKind::Greedy)
                || segments.len() == path.matches('/').count(),
            segments,
            parameters: operation.query.len(),
        }
    }
}
