//! Smithy RPC v2 CBOR: the operation in the path, and everything else as a CBOR map in the body.

#[cfg(any(feature = "server", feature = "test-util"))]
mod server;

use crate::protocol::aws_json::query_code;
#[cfg(any(feature = "server", feature = "test-util"))]
use crate::protocol::server::ServerProtocol;
use crate::protocol::{
    ErrorDocument, Protocol, ReadError, RequestParts, ServiceSchema, WriteError, document_error,
    http_binding,
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
use http::header::{ACCEPT, CONTENT_TYPE};
use http::response::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};

const CBOR: HeaderValue = HeaderValue::from_static("application/cbor");
const EVENTS: HeaderValue = HeaderValue::from_static("application/vnd.amazon.eventstream");
/// The header of requests and responses that contains the name of the protocol.
const PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");
const NAME: HeaderValue = HeaderValue::from_static("rpc-v2-cbor");

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
        let mut headers = HeaderMap::new();
        headers.insert(PROTOCOL, NAME);
        headers.insert(
            ACCEPT,
            match operation.events {
                Some(_) => EVENTS,
                None => CBOR,
            },
        );
        if self.query_mode {
            headers.insert("x-amzn-query-mode", HeaderValue::from_static("true"));
        }
        let body = match input.schema().is_unit() {
            true => Bytes::new(),
            false => {
                headers.insert(CONTENT_TYPE, CBOR);
                write_document(input, Dialect::REQUEST)?
            }
        };
        Ok(RequestParts {
            target: format!("/service/{}/operation/{}", service.name, operation.name),
            headers,
            body,
            stream: None,
            host_prefix: http_binding::write_host_prefix(operation, input)?,
        })
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
            query_code: self.query_mode.then(|| query_code(&head.headers)).flatten(),
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
