//! AWS restJson1: members by their HTTP bindings, the rest as a JSON object in the body.

mod error_members;
#[cfg(any(feature = "server", feature = "test-util"))]
mod server;

use crate::http::byte_stream::ByteStream;
use crate::protocol::ServiceSchema;
#[cfg(any(feature = "server", feature = "test-util"))]
use crate::protocol::server::ServerProtocol;
use crate::protocol::{
    ErrorDocument, Protocol, ReadError, RequestParts, WriteError, document_error, http_binding,
};
use crate::value::codec::{Dialect, WireError, from_json_leniently, to_json, value_to_json};
use crate::value::schema::{Location, MemberSchema, OperationSchema};
use crate::value::shape::{Slot, Structure, Value};
use aws_smithy_types::Blob;
use bytes::Bytes;
pub(super) use error_members::read_body as read_error_body;
use http::header::CONTENT_TYPE;
use http::response::Parts;
use http::{HeaderMap, HeaderValue};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// `aws.protocols#restJson1`.
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

    fn reads(&self, content_type: &str) -> bool {
        content_type.contains("json")
    }

    #[cfg(any(feature = "server", feature = "test-util"))]
    fn server_side(&self) -> Option<&dyn ServerProtocol> {
        Some(self)
    }
}

pub(crate) fn payload(structure: &dyn Structure) -> Option<(usize, &'static MemberSchema)> {
    let mut members = structure.schema().members.iter().enumerate();
    members.find(|(_, member)| member.location == Location::Payload)
}

/// The body, where it streams and is not in memory.
fn stream(input: &dyn Structure) -> Option<ByteStream> {
    match input.member(payload(input)?.0) {
        Value::Stream(stream) if stream.bytes().is_none() => Some(stream.clone()),
        _ => None,
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
    // An object even when no member is set: services refuse an empty body where they expect a document.
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
    let media_type = member
        .target
        .and_then(|target| target.media_type)
        .map(HeaderValue::from_static);
    let (content_type, body) = match value {
        Value::Blob(bytes) => (
            HeaderValue::from_static("application/octet-stream"),
            Bytes::copy_from_slice(bytes),
        ),
        Value::Stream(stream) => (
            HeaderValue::from_static("application/octet-stream"),
            Bytes::copy_from_slice(stream.bytes().unwrap_or_default()),
        ),
        Value::String(text) => (
            HeaderValue::from_static("text/plain"),
            Bytes::copy_from_slice(text.as_bytes()),
        ),
        Value::Enum(value) => (
            HeaderValue::from_static("text/plain"),
            Bytes::copy_from_slice(value.wire_value().as_bytes()),
        ),
        // A service that expects a structure refuses an empty body.
        Value::Absent if member.empty_document => (JSON, Bytes::from_static(b"{}")),
        Value::Absent => return Ok(Bytes::new()),
        value => {
            let json = value_to_json(value, member.target, dialect).map_err(|error| {
                WriteError::Unwritable {
                    member: member.name,
                    reason: error.to_string(),
                }
            })?;
            (JSON, json.into())
        }
    };
    headers
        .entry(CONTENT_TYPE)
        .or_insert(media_type.unwrap_or(content_type));
    Ok(body)
}

pub(crate) fn read_payload(body: &Bytes, slot: Slot<'_>) -> Result<(), ReadError> {
    if body.is_empty() {
        return Ok(());
    }
    match slot.fill() {
        Slot::Stream(place) => *place = body.clone().into(),
        Slot::Blob(place) => *place = Blob::new(body.to_vec()),
        Slot::String(place) => *place = utf8(body)?,
        Slot::Enum(place) => place.set_wire_value(&utf8(body)?),
        slot => {
            from_json_leniently(body, slot).map_err(document_error)?;
        }
    }
    Ok(())
}

fn utf8(body: &Bytes) -> Result<String, ReadError> {
    let reason = || "the body is not UTF-8".to_owned();
    String::from_utf8(body.to_vec()).map_err(|_| ReadError::Document {
        path: String::new(),
        reason: reason(),
    })
}

/// Reads a JSON object into a structure; nothing at all counts as an empty object.
pub(super) fn read_document(body: &Bytes, output: &mut dyn Structure) -> Result<(), ReadError> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    from_json_leniently(body, Slot::Structure(output)).map_err(document_error)
}

fn document_error(error: WireError) -> ReadError {
    ReadError::Document {
        path: error.path().to_string(),
        reason: error.to_string(),
    }
}
