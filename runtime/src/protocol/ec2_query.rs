//! EC2 Query: forms as in AWS Query, with different names and lists, and responses in XML without a wrapper.

#[cfg(any(feature = "server", feature = "test-util"))]
mod server;

use crate::protocol::query_form::{EC2_QUERY, write_request};
#[cfg(any(feature = "server", feature = "test-util"))]
use crate::protocol::server::ServerProtocol;
use crate::protocol::xml::{Reader, read_error, read_error_members};
use crate::protocol::{
    ErrorDocument, Protocol, ReadError, RequestParts, ServiceSchema, WriteError,
};
use crate::value::schema::OperationSchema;
use crate::value::shape::{Slot, Structure};
use bytes::Bytes;
use http::response::Parts;

/// The protocol `aws.protocols#ec2Query`.
#[derive(Debug, Clone, Copy)]
pub struct Ec2Query;

impl Protocol for Ec2Query {
    fn write_request(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<RequestParts, WriteError> {
        write_request(EC2_QUERY, service, operation, input)
    }

    fn read_response(
        &self,
        _: &OperationSchema,
        _: &Parts,
        body: &Bytes,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError> {
        if output.schema().members.is_empty() {
            return Ok(());
        }
        Ok(Reader::new(body)?.document(Slot::Structure(output), None)?)
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
