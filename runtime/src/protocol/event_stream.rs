//! Event streams: the messages in the body of a response, each an event, an error, or the other members of an output.
//!
//! All protocols share this code. A protocol contributes how a document is read from a payload
//! ([`Protocol::read_event`](crate::protocol::Protocol::read_event)) and written to one.

mod decode;
#[cfg(any(feature = "server", feature = "test-util"))]
mod encode;
mod error_text;
mod read;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "server", feature = "test-util"))]
mod write;
#[cfg(feature = "test-util")]
mod write_error;

pub(crate) use decode::Decoder;
pub(crate) use error_text::error_text;
pub(crate) use read::{Kind, read_error, read_event, read_initial};
#[cfg(any(feature = "server", feature = "test-util"))]
pub(crate) use write::with_events;
#[cfg(feature = "test-util")]
pub(crate) use write_error::append_error;

/// The media type of event streams.
pub(crate) const MEDIA_TYPE: &str = "application/vnd.amazon.eventstream";

/// The type of the event that contains the other members of an output, in protocols without HTTP bindings.
pub(crate) const INITIAL_RESPONSE: &str = "initial-response";

const MESSAGE_TYPE: &str = ":message-type";
const EVENT_TYPE: &str = ":event-type";
const EXCEPTION_TYPE: &str = ":exception-type";
const ERROR_CODE: &str = ":error-code";
const ERROR_MESSAGE: &str = ":error-message";
#[cfg(any(feature = "server", feature = "test-util"))]
const CONTENT_TYPE: &str = ":content-type";

/// The types of the values of headers, as numbers in messages.
mod value_type {
    pub(super) const TRUE: u8 = 0;
    pub(super) const FALSE: u8 = 1;
    pub(super) const BYTE: u8 = 2;
    pub(super) const SHORT: u8 = 3;
    pub(super) const INTEGER: u8 = 4;
    pub(super) const LONG: u8 = 5;
    pub(super) const BYTES: u8 = 6;
    pub(super) const STRING: u8 = 7;
    pub(super) const TIMESTAMP: u8 = 8;
    pub(super) const UUID: u8 = 9;
}

/// Decodes the pieces of a stream, for the fuzz target. Returns the number of messages, or `None` if one is refused.
#[cfg(fuzzing)]
#[doc(hidden)]
pub fn decode_pieces(pieces: &[&[u8]]) -> Option<usize> {
    let (mut decoder, mut messages) = (Decoder::default(), 0);
    for piece in pieces {
        decoder.push(piece);
        while decoder.next().ok()?.is_some() {
            messages += 1;
        }
    }
    Some(messages)
}

/// Returns a message with valid lengths and checksums around any headers, for the fuzz target.
#[cfg(fuzzing)]
#[doc(hidden)]
pub fn framed(headers: &[u8]) -> Vec<u8> {
    let lengths = [headers.len() as u32 + 16, headers.len() as u32];
    let mut bytes = lengths.map(u32::to_be_bytes).concat();
    bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
    bytes.extend(headers);
    bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
    bytes
}
