//! [`RequestBody`]: what is sent, as often as it can be: the body of each attempt out, and what of it is signed.

use crate::byte_stream::ByteStream;
use crate::error::Cause;
use crate::http::{Body, TransportError, TransportErrorKind};
use crate::sign::{Payload, hex};
use bytes::Bytes;
use sha2::{Digest, Sha256};

/// The body of a request.
#[derive(Debug, Clone)]
pub(crate) enum RequestBody {
    /// In memory, and shared by all attempts.
    Bytes(Bytes),
    /// A file, or what can be read only once.
    Stream(ByteStream),
}

impl RequestBody {
    pub(super) fn new(bytes: Bytes, stream: Option<ByteStream>) -> Self {
        stream.map_or(Self::Bytes(bytes), Self::Stream)
    }

    /// Whether there can be another attempt.
    pub(super) fn is_repeatable(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            Self::Stream(stream) => stream.is_repeatable(),
        }
    }

    /// The body of an attempt.
    pub(super) fn to_send(&self) -> Result<Body, Cause> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.clone().into()),
            Self::Stream(stream) => stream.body().ok_or_else(|| {
                let error = crate::byte_stream::ByteStreamError::AlreadyRead;
                Cause::Transport(TransportError::new(TransportErrorKind::Request, error))
            }),
        }
    }

    /// What is signed: of a file its digest, for which it is read; nothing of what can be read only once.
    pub(super) async fn to_sign(&self) -> Result<Payload, Cause> {
        match self {
            Self::Bytes(bytes) => Ok(Payload::Bytes(bytes.clone())),
            Self::Stream(stream) if stream.is_repeatable() => {
                let mut stream = stream.clone();
                let mut sha256 = Sha256::new();
                let read = |error| {
                    Cause::Transport(TransportError::new(TransportErrorKind::Request, error))
                };
                while let Some(piece) = stream.try_next().await.map_err(read)? {
                    sha256.update(&piece);
                }
                Ok(Payload::Sha256(hex(&sha256.finalize())))
            }
            Self::Stream(_) => Ok(Payload::Unsigned),
        }
    }
}
