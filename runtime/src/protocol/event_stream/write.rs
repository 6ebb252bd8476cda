//! Writes the events of an output as messages, for services and the test kit.

use super::encode::encode;
use super::{CONTENT_TYPE, EVENT_TYPE, INITIAL_RESPONSE, MEDIA_TYPE, MESSAGE_TYPE};
use crate::protocol::WriteError;
use crate::protocol::server::ServerProtocol;
use crate::value::schema::{Location, StructureSchema};
use crate::value::shape::{Slot, Structure, Union, Value};
use aws_smithy_types::DateTime;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE as HTTP_CONTENT_TYPE};
use http::{HeaderValue as HttpValue, Response};

/// Puts the events of an output into the body of its response. A document that the response has is the initial response,
/// the first message of the stream. `empty` is an event whose value does not matter.
///
/// # Errors
///
/// Returns an error if an event cannot be written.
pub(crate) fn with_events(
    protocol: &dyn ServerProtocol,
    response: Response<Bytes>,
    events: &[Box<dyn Union>],
    empty: &mut dyn Union,
) -> Result<Response<Bytes>, WriteError> {
    let (mut head, document) = response.into_parts();
    let mut stream = BytesMut::new();
    if !document.is_empty() {
        let content_type = head.headers.get(HTTP_CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        let mut message = Message::new(document.clone());
        if let Some(content_type) = content_type {
            message = message.add_header(text(CONTENT_TYPE, content_type));
        }
        let message = message
            .add_header(text(MESSAGE_TYPE, "event"))
            .add_header(text(EVENT_TYPE, INITIAL_RESPONSE));
        encode(&message, &mut stream)?;
    }
    for event in events {
        encode(
            &event_message(protocol, event.as_ref(), empty)?,
            &mut stream,
        )?;
    }
    let media_type = HttpValue::from_static(MEDIA_TYPE);
    head.headers.insert(HTTP_CONTENT_TYPE, media_type);
    let length = HttpValue::from(stream.len());
    head.headers.insert(CONTENT_LENGTH, length);
    Ok(Response::from_parts(head, stream.freeze()))
}

pub(super) fn text(name: &'static str, value: &str) -> Header {
    Header::new(name, HeaderValue::String(value.to_owned().into()))
}

/// Returns the message of an event.
fn event_message(
    protocol: &dyn ServerProtocol,
    event: &dyn Union,
    empty: &mut dyn Union,
) -> Result<Message, WriteError> {
    let unknown = || WriteError::Document(format!("{}: unknown event", event.schema().name));
    let (index, value) = event.variant().ok_or_else(unknown)?;
    let member = event.schema().members.get(index).ok_or_else(unknown)?;
    let headers = vec![text(MESSAGE_TYPE, "event"), text(EVENT_TYPE, member.name)];
    match (value, empty.set_variant(index).fill()) {
        (Value::Structure(structure), Slot::Structure(types)) => {
            with_members(protocol, headers, structure, Some(types))
        }
        // An event without data.
        _ => Ok(Message::new_from_parts(headers, Bytes::new())),
    }
}

/// Returns a message with the members of an event or an error: those in headers, and the payload.
pub(super) fn with_members(
    protocol: &dyn ServerProtocol,
    mut headers: Vec<Header>,
    structure: &dyn Structure,
    types: Option<&mut dyn Structure>,
) -> Result<Message, WriteError> {
    headers.extend(bound_headers(structure, types)?);
    let mut payload = Bytes::new();
    if let Some((content_type, bytes)) = payload_of(protocol, structure)? {
        headers.push(text(CONTENT_TYPE, content_type));
        payload = bytes;
    }
    Ok(Message::new_from_parts(headers, payload))
}

/// Returns the headers of the members that are bound to them. Values of integers do not have their type; the slots of
/// `types` do. Without them, integers are written as long.
fn bound_headers(
    structure: &dyn Structure,
    mut types: Option<&mut dyn Structure>,
) -> Result<Vec<Header>, WriteError> {
    let mut headers = Vec::new();
    for (index, member) in structure.schema().members.iter().enumerate() {
        let value = structure.member(index);
        if member.location != Location::EventHeader || value.is_absent() {
            continue;
        }
        let slot = match types.as_deref_mut() {
            Some(types) => types.member_slot(index).fill(),
            None => Slot::Ignored,
        };
        let value = header_value(&value, &slot);
        let value = value.ok_or_else(|| WriteError::Unwritable {
            member: member.name,
            reason: "headers of events cannot contain it".to_owned(),
        })?;
        headers.push(Header::new(member.name, value));
    }
    Ok(headers)
}

fn header_value(value: &Value<'_>, slot: &Slot<'_>) -> Option<HeaderValue> {
    Some(match (value, slot) {
        (Value::Boolean(value), _) => HeaderValue::Bool(*value),
        (Value::Integer(value), Slot::Byte(_)) => HeaderValue::Byte((*value).try_into().ok()?),
        (Value::Integer(value), Slot::Short(_)) => HeaderValue::Int16((*value).try_into().ok()?),
        (Value::Integer(value), Slot::Integer(_)) => HeaderValue::Int32((*value).try_into().ok()?),
        (Value::Integer(value), _) => HeaderValue::Int64(*value),
        (Value::Blob(bytes), _) => HeaderValue::ByteArray(Bytes::copy_from_slice(bytes)),
        (Value::String(text), _) => HeaderValue::String((*text).to_owned().into()),
        (Value::Enum(value), _) => HeaderValue::String(value.wire_value().to_owned().into()),
        (Value::Timestamp(time), _) => HeaderValue::Timestamp(DateTime::clone(time)),
        _ => return None,
    })
}

/// Returns the payload of an event with its media type: that of the member that is the payload, or a document with the
/// members that are not in headers.
fn payload_of(
    protocol: &dyn ServerProtocol,
    structure: &dyn Structure,
) -> Result<Option<(&'static str, Bytes)>, WriteError> {
    let schema: &StructureSchema = structure.schema();
    let mut members = schema.members.iter().enumerate();
    let bound = members.find(|(_, member)| member.location == Location::EventPayload);
    let Some((index, member)) = bound else {
        let mut members = schema.members.iter();
        let has_document = members.any(|member| member.location == Location::Body);
        return match has_document {
            true => protocol
                .write_event(Value::Structure(structure), None)
                .map(Some),
            false => Ok(None),
        };
    };
    Ok(match structure.member(index) {
        Value::Absent => None,
        Value::Blob(bytes) => {
            let media_type = "application/octet-stream";
            Some((media_type, Bytes::copy_from_slice(bytes)))
        }
        Value::String(text) => Some(("text/plain", Bytes::copy_from_slice(text.as_bytes()))),
        Value::Enum(value) => {
            let text = value.wire_value().as_bytes();
            Some(("text/plain", Bytes::copy_from_slice(text)))
        }
        value => Some(protocol.write_event(value, Some(member))?),
    })
}
