//! [`Decoder`]: splits the bytes of a stream into messages.
//!
//! A message is a prelude of two lengths and their checksum, headers, a payload, and the checksum of all that. The
//! checksum of the prelude is verified before its lengths are used, so that a corrupted length is an error at once
//! instead of a wait for bytes that never come.

use super::value_type;
use aws_smithy_types::DateTime;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use aws_smithy_types::str_bytes::StrBytes;
use bytes::{Buf, Bytes, BytesMut};

/// The length of the prelude: the length of the message, that of the headers, and their checksum.
const PRELUDE: usize = 12;
/// The length of a checksum.
const CHECKSUM: usize = 4;
/// The maximum length of the headers of a message.
pub(super) const MAX_HEADERS: usize = 128 << 10;
/// The maximum length of the payload of a message.
pub(super) const MAX_PAYLOAD: usize = 24 << 20;

/// The error type of bytes that are not a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FrameError {
    /// The checksum of the prelude does not match.
    #[error("the checksum of its prelude does not match")]
    PreludeChecksum,
    /// The checksum of the message does not match.
    #[error("its checksum does not match")]
    MessageChecksum,
    /// The lengths in the prelude contradict each other.
    #[error("its prelude announces {headers} bytes of headers in a message of {message} bytes")]
    Lengths {
        /// The length of the message.
        message: usize,
        /// The length of the headers.
        headers: usize,
    },
    /// The headers or the payload are longer than allowed.
    #[error("the length of its {part} is {length} bytes, which exceeds the limit of {limit} bytes")]
    TooLong {
        /// The part of the message: `headers` or `payload`.
        part: &'static str,
        /// Its length.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// A header cannot be read.
    #[error("header {position}: {reason}")]
    Header {
        /// The position of the header, from 1.
        position: usize,
        /// The reason.
        reason: &'static str,
    },
}

/// A decoder, which keeps the bytes of at most one incomplete message and one piece of the stream.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    buffer: BytesMut,
    /// The length of the current message, once its prelude is verified.
    current: Option<Lengths>,
    messages: u64,
}

#[derive(Debug, Clone, Copy)]
struct Lengths {
    message: usize,
    headers: usize,
}

impl Decoder {
    /// Adds the next bytes of the stream.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Returns whether no part of a message is left.
    pub(crate) fn is_empty(&self) -> bool {
        self.buffer.is_empty()
    }

    /// Returns the number of bytes that are left of an incomplete message.
    pub(crate) fn left(&self) -> usize {
        self.buffer.len()
    }

    /// Returns the number of messages that were read so far.
    pub(crate) fn messages(&self) -> u64 {
        self.messages
    }

    /// Returns the next message, or `None` if it is not complete yet.
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not a message. The rest of the stream cannot be read then.
    pub(crate) fn next(&mut self) -> Result<Option<Message>, FrameError> {
        let lengths = match self.current {
            Some(lengths) => lengths,
            None => match self.buffer.first_chunk() {
                Some(prelude) => *self.current.insert(read_prelude(prelude)?),
                None => return Ok(None),
            },
        };
        if self.buffer.len() < lengths.message {
            return Ok(None);
        }
        self.current = None;
        let message = self.buffer.split_to(lengths.message).freeze();
        let message = read_message(message, lengths.headers)?;
        self.messages += 1;
        Ok(Some(message))
    }
}

/// Verifies a prelude and returns its lengths.
fn read_prelude(prelude: &[u8; PRELUDE]) -> Result<Lengths, FrameError> {
    let (lengths, mut rest) = prelude.split_at(PRELUDE - CHECKSUM);
    if crc32fast::hash(lengths) != rest.get_u32() {
        return Err(FrameError::PreludeChecksum);
    }
    let mut rest = lengths;
    let (message, headers) = (rest.get_u32() as usize, rest.get_u32() as usize);
    let around = PRELUDE + CHECKSUM;
    let payload = message
        .checked_sub(around)
        .and_then(|length| length.checked_sub(headers))
        .ok_or(FrameError::Lengths { message, headers })?;
    for (part, length, limit) in [
        ("headers", headers, MAX_HEADERS),
        ("payload", payload, MAX_PAYLOAD),
    ] {
        if length > limit {
            return Err(FrameError::TooLong {
                part,
                length,
                limit,
            });
        }
    }
    Ok(Lengths { message, headers })
}

/// Reads a complete message. Its headers and payload share its bytes.
fn read_message(mut message: Bytes, headers: usize) -> Result<Message, FrameError> {
    let mut checksum = message.split_off(message.len() - CHECKSUM);
    if crc32fast::hash(&message) != checksum.get_u32() {
        return Err(FrameError::MessageChecksum);
    }
    message.advance(PRELUDE);
    let mut rest = message.split_to(headers);
    let mut headers = Vec::new();
    while !rest.is_empty() {
        let position = headers.len() + 1;
        let header = read_header(&mut rest);
        headers.push(header.map_err(|reason| FrameError::Header { position, reason })?);
    }
    Ok(Message::new_from_parts(headers, message))
}

/// Reads a header: its name, the type of its value, and the value.
fn read_header(rest: &mut Bytes) -> Result<Header, &'static str> {
    let length = take(rest, 1)?.get_u8();
    let name = text(take(rest, length.into())?)?;
    let value = match take(rest, 1)?.get_u8() {
        value_type::TRUE => HeaderValue::Bool(true),
        value_type::FALSE => HeaderValue::Bool(false),
        value_type::BYTE => HeaderValue::Byte(take(rest, 1)?.get_i8()),
        value_type::SHORT => HeaderValue::Int16(take(rest, 2)?.get_i16()),
        value_type::INTEGER => HeaderValue::Int32(take(rest, 4)?.get_i32()),
        value_type::LONG => HeaderValue::Int64(take(rest, 8)?.get_i64()),
        value_type::BYTES => HeaderValue::ByteArray(sized(rest)?),
        value_type::STRING => HeaderValue::String(text(sized(rest)?)?),
        value_type::TIMESTAMP => {
            HeaderValue::Timestamp(DateTime::from_millis(take(rest, 8)?.get_i64()))
        }
        value_type::UUID => HeaderValue::Uuid(take(rest, 16)?.get_u128()),
        _ => return Err("the type of its value is unknown"),
    };
    Ok(Header::new(name, value))
}

/// Takes bytes that follow their length.
fn sized(rest: &mut Bytes) -> Result<Bytes, &'static str> {
    let length = take(rest, 2)?.get_u16();
    take(rest, length.into())
}

fn take(rest: &mut Bytes, length: usize) -> Result<Bytes, &'static str> {
    match length <= rest.len() {
        true => Ok(rest.split_to(length)),
        false => Err("it is longer than the headers"),
    }
}

fn text(bytes: Bytes) -> Result<StrBytes, &'static str> {
    StrBytes::try_from(bytes).map_err(|_| "its text is not UTF-8")
}
