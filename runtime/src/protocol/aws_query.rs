//! AWS Query: forms that contain the name of the operation, and responses in XML.

#[cfg(any(feature = "server", feature = "test-util"))]
mod server;

use crate::protocol::query_form::{AWS_QUERY, write_request};
#[cfg(any(feature = "server", feature = "test-util"))]
use crate::protocol::server::ServerProtocol;
use crate::protocol::xml::{Reader, read_error, read_error_members};
use crate::protocol::{
    ErrorDocument, Protocol, ReadError, RequestParts, ServiceSchema, WriteError,
};
use crate::value::schema::OperationSchema;
use crate::value::shape::Structure;
use bytes::Bytes;
use http::response::Parts;

/// The protocol `aws.protocols#awsQuery`.
#[derive(Debug, Clone, Copy)]
pub struct AwsQuery;

impl Protocol for AwsQuery {
    fn write_request(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<RequestParts, WriteError> {
        write_request(AWS_QUERY, service, operation, input)
    }

    fn read_response(
        &self,
        operation: &OperationSchema,
        _: &Parts,
        body: &Bytes,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError> {
        // Some services return no document if the output has no members.
        if output.schema().members.is_empty() {
            return Ok(());
        }
        let wrapper = format!("{}Result", operation.name);
        Ok(Reader::new(body)?.wrapped(&wrapper, output)?)
    }

    fn read_error(&self, head: &Parts, body: &Bytes) -> ErrorDocument {
        read_error(&head.headers, body)
    }

    fn read_error_members(&self, _: &Parts, body: &Bytes, error: &mut dyn Structure) {
        read_error_members(body, error);
    }

    fn reads(&self, content_type: &str) -> bool {
        content_type.contains("xml")
    }

    #[cfg(any(feature = "server", feature = "test-util"))]
    fn server_side(&self) -> Option<&dyn ServerProtocol> {
        Some(self)
    }
}
