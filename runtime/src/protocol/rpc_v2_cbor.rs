//! Smithy RPC v2 CBOR: the operation in the path, and everything else as a CBOR map in the body.

#[cfg(any(feature = "server", feature = "test-util"))]
mod server;

use crate::protocol::rpc_v2::{self, Format};
#[cfg(any(feature = "server", feature = "test-util"))]
use crate::protocol::server::ServerProtocol;
use crate::protocol::{
    ErrorDocument, Protocol, ReadError, RequestParts, ServiceSchema, WriteError, document_error,
    query_compatible,
};
#[cfg(feature = "event-stream")]
use crate::value::codec::value_from_cbor_leniently;
use crate::value::codec::{CborError, Dialect, each_member, from_cbor_leniently, to_cbor};
use crate::value::schema::OperationSchema;
#[cfg(feature = "event-stream")]
use crate::value::schema::TargetSchema;
#[cfg(feature = "event-stream")]
use crate::value::shape::Slot;
use crate::value::shape::Structure;
use bytes::Bytes;
use http::HeaderValue;
use http::response::Parts;

const CBOR: HeaderValue = HeaderValue::from_static("application/cbor");
const EVENTS: HeaderValue = HeaderValue::from_static("application/vnd.amazon.eventstream");
const FORMAT: Format = Format {
    name: HeaderValue::from_static("rpc-v2-cbor"),
    media_type: CBOR,
    write_document,
};

/// The protocol `smithy.protocols#rpcv2Cbor`.
#[derive(Debug, Clone, Copy)]
pub struct RpcV2Cbor {
    query_mode: bool,
}

impl RpcV2Cbor {
    /// The protocol without variations.
    pub const PLAIN: Self = Self { query_mode: false };
    /// The protocol with `aws.protocols#awsQueryCompatible`: errors also contain their codes in awsQuery.
    pub const QUERY_COMPATIBLE: Self = Self { query_mode: true };
}

impl Protocol for RpcV2Cbor {
    fn write_request(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<RequestParts, WriteError> {
        let accept = match operation.events {
            Some(_) => EVENTS,
            None => CBOR,
        };
        let called = (service, operation);
        rpc_v2::write_request(&FORMAT, accept, self.query_mode, called, input)
    }

    fn read_response(
        &self,
        operation: &OperationSchema,
        _: &Parts,
        body: &Bytes,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError> {
        // The document may be missing if the output has no members, and is a message of an event stream.
        if body.is_empty() && (output.schema().members.is_empty() || operation.events.is_some()) {
            return Ok(());
        }
        from_cbor_leniently(body, output).map_err(unreadable)
    }

    fn read_error(&self, head: &Parts, body: &Bytes) -> ErrorDocument {
        let mut document = ErrorDocument {
            query_code: query_compatible::read_code(self.query_mode, &head.headers),
            ..ErrorDocument::default()
        };
        let is_whole = each_member(body, &mut |name, member| match name {
            "__type" => document.code = member.text().map(|code| bare(&code).to_owned()),
            "message" | "Message" if document.message.is_none() => document.message = member.text(),
            _ => {}
        });
        if document.code.is_none() && document.message.is_none() {
            document.message = document_error::foreign(&head.headers, body, is_whole);
        }
        document
    }

    fn read_error_members(&self, _: &Parts, body: &Bytes, error: &mut dyn Structure) {
        let schema = error.schema();
        each_member(body, &mut |name, member| {
            let Some(index) = schema.position(name, 0) else {
                return;
            };
            if member.fill(error, index).is_err() {
                error.member_slot(index).clear();
            }
        });
    }

    #[cfg(feature = "event-stream")]
    fn read_event(
        &self,
        payload: &Bytes,
        target: Option<&'static TargetSchema>,
        slot: Slot<'_>,
    ) -> Result<(), ReadError> {
        value_from_cbor_leniently(payload, slot, target).map_err(unreadable)
    }

    fn reads(&self, content_type: &str) -> bool {
        content_type.contains("cbor")
    }

    #[cfg(any(feature = "server", feature = "test-util"))]
    fn server_side(&self) -> Option<&dyn ServerProtocol> {
        Some(self)
    }
}

fn write_document(structure: &dyn Structure, dialect: Dialect) -> Result<Bytes, WriteError> {
    let cbor = to_cbor(structure, dialect, &[]);
    cbor.map(Bytes::from)
        .map_err(|error| WriteError::Document(error.to_string()))
}

fn unreadable(error: CborError) -> ReadError {
    ReadError::Document {
        path: error.path().to_string(),
        reason: error.to_string(),
    }
}

/// Returns the name of an error without its namespace.
fn bare(code: &str) -> &str {
    code.rsplit('#').next().unwrap_or_default()
}
