//! Reads events, errors and initial responses from messages, in any protocol.

use super::{ERROR_CODE, ERROR_MESSAGE, EVENT_TYPE, EXCEPTION_TYPE, MESSAGE_TYPE};
use crate::protocol::payload::read_raw_payload;
use crate::protocol::text::from_text;
use crate::protocol::{Protocol, ReadError};
use crate::value::schema::{Location, MemberSchema};
use crate::value::shape::{Slot, Structure, Union};
use aws_smithy_types::Blob;
use aws_smithy_types::event_stream::{HeaderValue, Message};

/// The meaning of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind<'a> {
    /// An event, by the member of the union.
    Event(&'a str),
    /// An error of the model, by the member of the union.
    Exception(&'a str),
    /// An error that the model does not define, with its code and message.
    Error(&'a str, &'a str),
}

impl<'a> Kind<'a> {
    /// Returns the meaning of a message, by its headers.
    ///
    /// # Errors
    ///
    /// Returns an error if the headers do not state the meaning.
    pub(crate) fn of(message: &'a Message) -> Result<Self, ReadError> {
        let required = |name| text(message, name).ok_or_else(|| fault("", missing(name)));
        match required(MESSAGE_TYPE)? {
            "event" => required(EVENT_TYPE).map(Self::Event),
            "exception" => required(EXCEPTION_TYPE).map(Self::Exception),
            "error" => Ok(Self::Error(
                text(message, ERROR_CODE).unwrap_or_default(),
                text(message, ERROR_MESSAGE).unwrap_or_default(),
            )),
            _ => Err(fault("", format!("header {MESSAGE_TYPE}: unknown type"))),
        }
    }
}

fn missing(name: &str) -> String {
    format!("header {name}: not found, or not text")
}

fn text<'a>(message: &'a Message, name: &str) -> Option<&'a str> {
    let text = header(message, name)?.as_string().ok()?;
    Some(text.as_str())
}

fn header<'a>(message: &'a Message, name: &str) -> Option<&'a HeaderValue> {
    let mut headers = message.headers().iter();
    let found = headers.find(|header| header.name().as_str() == name)?;
    Some(found.value())
}

fn fault(path: &str, reason: impl Into<String>) -> ReadError {
    ReadError::Document {
        path: path.to_owned(),
        reason: reason.into(),
    }
}

/// Reads an event into the union, which stays unknown if the model does not define the event.
///
/// # Errors
///
/// Returns an error with the path in the event if the message does not match the model.
pub(crate) fn read_event(
    protocol: &dyn Protocol,
    name: &str,
    message: &Message,
    event: &mut dyn Union,
) -> Result<(), ReadError> {
    let schema = event.schema();
    let mut members = schema.members.iter();
    let Some(index) = members.position(|member| member.name == name) else {
        return Ok(());
    };
    match event.set_variant(index).fill() {
        Slot::Structure(structure) => read_members(protocol, message, structure),
        // An event without data.
        _ => Ok(()),
    }
    .map_err(|error| within(name, error))
}

/// Reads the members of an output that are not the stream, from the first message of a protocol without HTTP bindings.
///
/// # Errors
///
/// Returns an error if the message does not match the model.
pub(crate) fn read_initial(
    protocol: &dyn Protocol,
    message: &Message,
    output: &mut dyn Structure,
) -> Result<(), ReadError> {
    match message.payload().is_empty() {
        true => Ok(()),
        false => protocol.read_event(message.payload(), None, Slot::Structure(output)),
    }
}

/// Reads the members of an error. A member that cannot be read remains empty.
pub(crate) fn read_error(protocol: &dyn Protocol, message: &Message, error: &mut dyn Structure) {
    for (index, member) in error.schema().members.iter().enumerate() {
        let slot = error.member_slot(index);
        if read_bound(protocol, message, member, slot).is_err() {
            error.member_slot(index).clear();
        }
    }
    let has_payload = payload_member(error).is_some();
    if !has_payload && read_rest(protocol, message, error).is_err() {
        tracing::debug!("the payload of an error in an event stream cannot be read");
    }
}

/// Reads the members of an event: those in headers, and the payload or the document in it.
fn read_members(
    protocol: &dyn Protocol,
    message: &Message,
    structure: &mut dyn Structure,
) -> Result<(), ReadError> {
    for (index, member) in structure.schema().members.iter().enumerate() {
        read_bound(protocol, message, member, structure.member_slot(index))?;
    }
    match payload_member(structure) {
        Some(_) => Ok(()),
        None => read_rest(protocol, message, structure),
    }
}

fn payload_member(structure: &dyn Structure) -> Option<&'static MemberSchema> {
    let mut members = structure.schema().members.iter();
    members.find(|member| member.location == Location::EventPayload)
}

/// Reads a member that is bound to a header or to the payload.
fn read_bound(
    protocol: &dyn Protocol,
    message: &Message,
    member: &'static MemberSchema,
    slot: Slot<'_>,
) -> Result<(), ReadError> {
    match member.location {
        Location::EventHeader => match header(message, member.name) {
            Some(value) if read_header(value, slot.fill()) => Ok(()),
            Some(_) => Err(fault(
                member.name,
                "the header has another type than the member",
            )),
            None => Ok(()),
        },
        Location::EventPayload => read_payload(protocol, message, member, slot)
            .map_err(|error| within(member.name, error)),
        _ => Ok(()),
    }
}

/// Reads the member that is the payload: bytes and texts as they are, all else as a document. An empty payload is no
/// document.
fn read_payload(
    protocol: &dyn Protocol,
    message: &Message,
    member: &'static MemberSchema,
    slot: Slot<'_>,
) -> Result<(), ReadError> {
    let payload = message.payload();
    match read_raw_payload(payload, slot.fill())? {
        Some(slot) if !payload.is_empty() => protocol.read_event(payload, member.target, slot),
        _ => Ok(()),
    }
}

/// Reads the members that are neither in headers nor the payload, as a document.
fn read_rest(
    protocol: &dyn Protocol,
    message: &Message,
    structure: &mut dyn Structure,
) -> Result<(), ReadError> {
    let mut members = structure.schema().members.iter();
    let has_document = members.any(|member| member.location == Location::Body);
    match has_document && !message.payload().is_empty() {
        true => protocol.read_event(message.payload(), None, Slot::Structure(structure)),
        false => Ok(()),
    }
}

/// Fills a slot with the value of a header. Returns `false` if the types differ and no conversion is exact.
fn read_header(value: &HeaderValue, slot: Slot<'_>) -> bool {
    match (value, slot) {
        (HeaderValue::ByteArray(bytes), Slot::Blob(place)) => {
            *place = Blob::new(bytes.to_vec());
            true
        }
        (HeaderValue::Timestamp(time), Slot::Timestamp(place)) => {
            *place = *time;
            true
        }
        (_, Slot::Blob(_) | Slot::Timestamp(_)) => false,
        (HeaderValue::String(text), slot) => from_text(slot, text.as_str()),
        (HeaderValue::Bool(value), slot) => from_text(slot, if *value { "true" } else { "false" }),
        (HeaderValue::Byte(value), slot) => from_text(slot, &value.to_string()),
        (HeaderValue::Int16(value), slot) => from_text(slot, &value.to_string()),
        (HeaderValue::Int32(value), slot) => from_text(slot, &value.to_string()),
        (HeaderValue::Int64(value), slot) => from_text(slot, &value.to_string()),
        _ => false,
    }
}

/// Puts a member before the path of an error.
fn within(member: &str, error: ReadError) -> ReadError {
    match error {
        ReadError::Document { path, reason } => {
            let dot = match path.is_empty() || path.starts_with('[') {
                true => "",
                false => ".",
            };
            fault(&format!("{member}{dot}{path}"), reason)
        }
        error => error,
    }
}
