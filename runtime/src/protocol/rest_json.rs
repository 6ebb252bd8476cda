//! AWS restJson1: members by their HTTP bindings, and all others as a JSON object in the body.

pub(super) mod error_members;
#[cfg(any(feature = "server", feature = "test-util"))]
mod server;

use crate::protocol::ServiceSchema;
use crate::protocol::payload::{payload, read_raw_payload, stream, write_raw_payload};
#[cfg(any(feature = "server", feature = "test-util"))]
use crate::protocol::server::ServerProtocol;
use crate::protocol::{
    ErrorDocument, Protocol, ReadError, RequestParts, WriteError, document_error, http_binding,
};
#[cfg(feature = "event-stream")]
use crate::value::codec::member_from_json_leniently;
use crate::value::codec::{Dialect, WireError, from_json_leniently, to_json, value_to_json};
#[cfg(feature = "event-stream")]
use crate::value::schema::TargetSchema;
use crate::value::schema::{Location, MemberSchema, OperationSchema};
use crate::value::shape::{Slot, Structure, Value};
use bytes::Bytes;
pub(super) use error_members::read_body as read_error_body;
use http::header::CONTENT_TYPE;
use http::response::Parts;
use http::{HeaderMap, HeaderValue};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The protocol `aws.protocols#restJson1`.
#[derive(Debug, Clone, Copy)]
pub struct RestJson1;

impl Protocol for RestJson1 {
    fn write_request(
        &self,
        _: &ServiceSchema,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<RequestParts, WriteError> {
        let target = http_binding::write_target(operation, input)?;
        let host_prefix = http_binding::write_host_prefix(operation, input)?;
        let mut headers = http_binding::write_headers(input)?;
        let body = write_body(input, &mut headers)?;
        Ok(RequestParts {
            target,
            headers,
            body,
            stream: stream(input),
            host_prefix,
        })
    }

    fn read_response(
        &self,
        _: &OperationSchema,
        head: &Parts,
        body: &Bytes,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError> {
        http_binding::read_head(head, output)?;
        match payload(output) {
            Some((index, _)) => read_payload(body, output.member_slot(index)),
            None => read_document(body, output),
        }
    }

    fn read_error(&self, head: &Parts, body: &Bytes) -> ErrorDocument {
        document_error::read(&head.headers, body)
    }

    fn read_error_members(&self, head: &Parts, body: &Bytes, error: &mut dyn Structure) {
        error_members::read_head(head, error);
        read_error_body(body, error);
    }

    #[cfg(feature = "event-stream")]
    fn read_event(
        &self,
        payload: &Bytes,
        target: Option<&'static TargetSchema>,
        slot: Slot<'_>,
    ) -> Result<(), ReadError> {
        read_event(payload, target, slot)
    }

    fn reads(&self, content_type: &str) -> bool {
        content_type.contains("json")
    }

    #[cfg(any(feature = "server", feature = "test-util"))]
    fn server_side(&self) -> Option<&dyn ServerProtocol> {
        Some(self)
    }
}

fn write_body(input: &dyn Structure, headers: &mut HeaderMap) -> Result<Bytes, WriteError> {
    if let Some((index, member)) = payload(input) {
        return write_payload(member, input.member(index), headers, Dialect::REQUEST);
    }
    let has_document = input
        .schema()
        .members
        .iter()
        .any(|member| member.location == Location::Body);
    if !has_document {
        return Ok(Bytes::new());
    }
    // The body is an object even if no member is set: services reject an empty body where they expect a document.
    headers.entry(CONTENT_TYPE).or_insert(JSON);
    let json = to_json(input, Dialect::REQUEST)
        .map_err(|error| WriteError::Document(error.to_string()))?;
    Ok(json.into())
}

pub(crate) fn write_payload(
    member: &'static MemberSchema,
    value: Value<'_>,
    headers: &mut HeaderMap,
    dialect: Dialect,
) -> Result<Bytes, WriteError> {
    if let Some(body) = write_raw_payload(member, &value, headers) {
        return Ok(body);
    }
    let body = match value {
        // A service that expects a structure rejects an empty body.
        Value::Absent if member.empty_document => Bytes::from_static(b"{}"),
        Value::Absent => return Ok(Bytes::new()),
        value => {
            let json = value_to_json(value, member.target, dialect).map_err(|error| {
                WriteError::Unwritable {
                    member: member.name,
                    reason: error.to_string(),
                }
            })?;
            json.into()
        }
    };
    headers.entry(CONTENT_TYPE).or_insert(JSON);
    Ok(body)
}

pub(crate) fn read_payload(body: &Bytes, slot: Slot<'_>) -> Result<(), ReadError> {
    if body.is_empty() {
        return Ok(());
    }
    match read_raw_payload(body, slot.fill())? {
        Some(slot) => from_json_leniently(body, slot).map_err(document_error),
        None => Ok(()),
    }
}

/// Reads a JSON object into a structure. An empty body is an empty object.
pub(super) fn read_document(body: &Bytes, output: &mut dyn Structure) -> Result<(), ReadError> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    from_json_leniently(body, Slot::Structure(output)).map_err(document_error)
}

/// Reads the JSON document in the payload of an event.
#[cfg(feature = "event-stream")]
pub(super) fn read_event(
    payload: &Bytes,
    target: Option<&'static TargetSchema>,
    slot: Slot<'_>,
) -> Result<(), ReadError> {
    member_from_json_leniently(payload, slot, target).map_err(document_error)
}

fn document_error(error: WireError) -> ReadError {
    ReadError::Document {
        path: error.path().to_string(),
        reason: error.to_string(),
    }
}
