//! [`ServerProtocol`]: the service's half of a protocol, beside the client's half.

use crate::protocol::{Protocol, WriteError};
use crate::service::server::ServiceError;
use crate::value::schema::OperationSchema;
use crate::value::shape::Structure;
use bytes::Bytes;
use http::Response;
use http::request::Parts;
use std::collections::HashSet;

/// The values of a path's labels, percent-decoded, by the names of their members.
pub type Labels = Vec<(&'static str, String)>;

/// A request whose operation is known.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Method, target and headers.
    pub head: &'a Parts,
    /// The whole body.
    pub body: &'a Bytes,
    /// What stands in the path.
    pub labels: &'a Labels,
}

/// How requests are read and answers written.
pub trait ServerProtocol: Protocol {
    /// Whether a request is for this operation, and then what stands in its path.
    fn matches(&self, operation: &OperationSchema, head: &Parts) -> Option<Labels>;

    /// Reads a request into `input`; gives the paths of required members that were not there, in the form of
    /// [`Violation`](crate::service::server::Violation)s.
    fn read_request(
        &self,
        request: Request<'_>,
        input: &mut dyn Structure,
    ) -> Result<HashSet<String>, ServiceError>;

    /// Writes the answer of success.
    fn write_response(
        &self,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Bytes>, WriteError>;

    /// Writes an error answer.
    fn write_error(&self, error: &ServiceError) -> Response<Bytes>;
}
