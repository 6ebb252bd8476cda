//! Payloads: the member of a structure that is the whole body, by `smithy.api#httpPayload`.

use crate::http::byte_stream::ByteStream;
use crate::protocol::ReadError;
use crate::value::schema::{Location, MemberSchema};
use crate::value::shape::{Slot, Structure, Value};
use aws_smithy_types::Blob;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};

/// Returns the member that is the body, with its index.
pub(crate) fn payload(structure: &dyn Structure) -> Option<(usize, &'static MemberSchema)> {
    let mut members = structure.schema().members.iter().enumerate();
    members.find(|(_, member)| member.location == Location::Payload)
}

/// Returns the body if it is a stream that is not in memory.
pub(super) fn stream(input: &dyn Structure) -> Option<ByteStream> {
    match input.member(payload(input)?.0) {
        Value::Stream(stream) if stream.bytes().is_none() => Some(stream.clone()),
        _ => None,
    }
}

/// Writes a payload that is not a document: bytes or text without changes.
pub(super) fn write_raw_payload(
    member: &'static MemberSchema,
    value: &Value<'_>,
    headers: &mut HeaderMap,
) -> Option<Bytes> {
    let (content_type, body) = match value {
        Value::Blob(bytes) => ("application/octet-stream", *bytes),
        Value::Stream(stream) => {
            let bytes = stream.bytes().map_or(&[][..], |bytes| bytes);
            ("application/octet-stream", bytes)
        }
        Value::String(text) => ("text/plain", text.as_bytes()),
        Value::Enum(value) => ("text/plain", value.wire_value().as_bytes()),
        _ => return None,
    };
    let media_type = member.target.and_then(|target| target.media_type);
    let content_type = HeaderValue::from_static(media_type.unwrap_or(content_type));
    headers.entry(CONTENT_TYPE).or_insert(content_type);
    Some(Bytes::copy_from_slice(body))
}

/// Fills a payload that is not a document with the unchanged body. Returns the slot of any other payload.
pub(super) fn read_raw_payload<'a>(
    body: &Bytes,
    slot: Slot<'a>,
) -> Result<Option<Slot<'a>>, ReadError> {
    match slot {
        Slot::Stream(place) => *place = body.clone().into(),
        Slot::Blob(place) => *place = Blob::new(body.to_vec()),
        Slot::String(place) => *place = utf8(body)?,
        Slot::Enum(place) => place.set_wire_value(&utf8(body)?),
        slot => return Ok(Some(slot)),
    }
    Ok(None)
}

fn utf8(body: &Bytes) -> Result<String, ReadError> {
    let reason = || "the body is not UTF-8".to_owned();
    String::from_utf8(body.to_vec()).map_err(|_| ReadError::Document {
        path: String::new(),
        reason: reason(),
    })
}
