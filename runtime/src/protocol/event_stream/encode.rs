//! Writes messages, for services and the test kit.

use super::decode::{MAX_HEADERS, MAX_PAYLOAD};
use super::value_type;
use crate::protocol::WriteError;
use aws_smithy_types::event_stream::{HeaderValue, Message};
use bytes::{BufMut, BytesMut};

/// Appends a message to the bytes of a stream.
///
/// # Errors
///
/// Returns an error if a part of the message is too long, or if a header has a value that messages cannot contain.
pub(super) fn encode(message: &Message, stream: &mut BytesMut) -> Result<(), WriteError> {
    let mut headers = BytesMut::new();
    for header in message.headers() {
        let name = header.name().as_str();
        let length = u8::try_from(name.len()).map_err(|_| refused(name, "its name is too long"))?;
        headers.put_u8(length);
        headers.put_slice(name.as_bytes());
        let reason = |reason| refused(name, reason);
        write_value(header.value(), &mut headers).map_err(reason)?;
    }
    let payload = message.payload();
    for (part, length, limit) in [
        ("headers", headers.len(), MAX_HEADERS),
        ("payload", payload.len(), MAX_PAYLOAD),
    ] {
        if length > limit {
            return Err(WriteError::Document(format!(
                "the length of the {part} of an event is {length} bytes, which exceeds the limit of {limit} bytes"
            )));
        }
    }
    let start = stream.len();
    let length = 16 + headers.len() + payload.len();
    stream.reserve(length);
    // The limits keep both lengths below 2³².
    stream.put_u32(length as u32);
    stream.put_u32(headers.len() as u32);
    put_checksum(stream, start);
    stream.put_slice(&headers);
    stream.put_slice(payload);
    put_checksum(stream, start);
    Ok(())
}

/// Appends the checksum of all bytes from `start`.
fn put_checksum(stream: &mut BytesMut, start: usize) {
    let written = stream.get(start..).unwrap_or_default();
    let checksum = crc32fast::hash(written);
    stream.put_u32(checksum);
}

fn write_value(value: &HeaderValue, headers: &mut BytesMut) -> Result<(), &'static str> {
    match value {
        HeaderValue::Bool(true) => headers.put_u8(value_type::TRUE),
        HeaderValue::Bool(false) => headers.put_u8(value_type::FALSE),
        HeaderValue::Byte(value) => {
            headers.put_u8(value_type::BYTE);
            headers.put_i8(*value);
        }
        HeaderValue::Int16(value) => {
            headers.put_u8(value_type::SHORT);
            headers.put_i16(*value);
        }
        HeaderValue::Int32(value) => {
            headers.put_u8(value_type::INTEGER);
            headers.put_i32(*value);
        }
        HeaderValue::Int64(value) => {
            headers.put_u8(value_type::LONG);
            headers.put_i64(*value);
        }
        HeaderValue::ByteArray(bytes) => put_sized(value_type::BYTES, bytes, headers)?,
        HeaderValue::String(text) => {
            put_sized(value_type::STRING, text.as_str().as_bytes(), headers)?;
        }
        HeaderValue::Timestamp(time) => {
            let milliseconds = time.to_millis();
            headers.put_u8(value_type::TIMESTAMP);
            headers.put_i64(milliseconds.map_err(|_| "its timestamp is out of range")?);
        }
        HeaderValue::Uuid(value) => {
            headers.put_u8(value_type::UUID);
            headers.put_u128(*value);
        }
        _ => return Err("its value has an unknown type"),
    }
    Ok(())
}

fn put_sized(kind: u8, bytes: &[u8], headers: &mut BytesMut) -> Result<(), &'static str> {
    let length = u16::try_from(bytes.len()).map_err(|_| "its value is longer than 65535 bytes")?;
    headers.put_u8(kind);
    headers.put_u16(length);
    headers.put_slice(bytes);
    Ok(())
}

fn refused(header: &str, reason: &str) -> WriteError {
    WriteError::Document(format!("header {header} of an event: {reason}"))
}
