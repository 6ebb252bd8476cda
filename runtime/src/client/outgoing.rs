//! The body of an attempt, with its payload hash for the signature, and its checksum in a header or a trailer.

use crate::aws::sign::Payload;
use crate::client::error::Cause;
use crate::http::byte_stream::ByteStreamError;
use crate::http::{Body, BoxError, RequestBody, TransportError, TransportErrorKind};
use crate::protocol::WriteError;
use crate::protocol::checksum::{Plan, Sum};
use crate::protocol::compression;
use crate::protocol::customization::TreeHash;
use crate::value::schema::OperationSchema;
use http::HeaderMap;
use http_body_util::BodyExt;
use ring::digest::{Context, SHA256};

/// The part of a request that its authorization covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coverage {
    /// The whole request.
    Body,
    /// The request without its body.
    Head,
    /// Nothing: there is no signature.
    Nothing,
}

/// The body of an attempt.
pub(super) struct Outgoing {
    pub(super) body: Body,
    /// The signed payload, if there is one.
    pub(super) payload: Payload,
}

impl RequestBody {
    /// Returns the body of an attempt, and sets the headers that describe it.
    ///
    /// The place of the checksum follows the table of `aws.protocols#httpChecksum`, "Resolving checksum location": in a
    /// trailer of a stream that is not signed, and in a header otherwise. A file is read for this header before it is
    /// sent.
    pub(super) async fn outgoing(
        &self,
        coverage: Coverage,
        operation: &OperationSchema,
        checksums: Plan,
        headers: &mut HeaderMap,
    ) -> Result<Outgoing, Cause> {
        if let Some(tree) = TreeHash::of(operation) {
            return Box::pin(self.with_tree_hash(tree, coverage, headers)).await;
        }
        let sum = checksums.sum(headers);
        let payload = match (self, sum) {
            (_, Some(sum)) if sum.fits_a_trailer() && self.is_summed_behind(coverage) => {
                return Ok(Outgoing {
                    body: sum.in_trailer(self.to_send()?, headers),
                    payload: Payload::UnsignedWithTrailer,
                });
            }
            (Self::Stream { .. }, sum) => Box::pin(self.digests(coverage, sum, headers)).await?,
            (Self::Bytes(bytes), sum) => {
                if let Some(mut sum) = sum {
                    sum.update(bytes);
                    sum.put(headers);
                }
                match coverage {
                    Coverage::Body => Payload::Bytes(bytes.clone()),
                    Coverage::Head | Coverage::Nothing => Payload::Unsigned,
                }
            }
        };
        let body = self.to_send()?;
        Ok(Outgoing { body, payload })
    }

    /// Returns a body whose hashes are in headers. A file is read for them before it is sent.
    async fn with_tree_hash(
        &self,
        mut tree: TreeHash,
        coverage: Coverage,
        headers: &mut HeaderMap,
    ) -> Result<Outgoing, Cause> {
        match self {
            Self::Bytes(bytes) => tree.update(bytes),
            Self::Stream { .. } if !self.is_repeatable() => return Err(read_once(TREE_HASH)),
            Self::Stream { .. } => {
                let mut body = self.to_send()?;
                while let Some(frame) = body.frame().await.transpose().map_err(unreadable)? {
                    if let Ok(piece) = frame.into_data() {
                        tree.update(&piece);
                    }
                }
            }
        }
        let digest = tree.put(headers);
        Ok(Outgoing {
            body: self.to_send()?,
            payload: match coverage {
                Coverage::Body => Payload::Sha256(digest),
                Coverage::Head | Coverage::Nothing => Payload::Unsigned,
            },
        })
    }

    /// Returns whether the checksum of a stream is sent in a trailer. Services that accept a signature of the head
    /// alone accept trailers, and the checksum of a stream that can be read only once is not known before.
    fn is_summed_behind(&self, coverage: Coverage) -> bool {
        coverage == Coverage::Head || !self.is_repeatable()
    }

    fn to_send(&self) -> Result<Body, Cause> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.clone().into()),
            Self::Stream { stream, gzip } => match (stream.body(), gzip) {
                (Some(body), true) => Ok(compression::gzipped(body)),
                (Some(body), false) => Ok(body),
                (None, _) => Err(unreadable(ByteStreamError::AlreadyRead.into())),
            },
        }
    }

    /// Reads a stream once for both its signature and its checksum. It is not read if neither needs it, or if it can be
    /// read only once.
    pub(super) async fn digests(
        &self,
        coverage: Coverage,
        mut sum: Option<Sum>,
        headers: &mut HeaderMap,
    ) -> Result<Payload, Cause> {
        let signs = coverage == Coverage::Body && self.is_repeatable();
        let mut sha256 = signs.then(|| Context::new(&SHA256));
        if sum.is_none() && sha256.is_none() {
            return Ok(Payload::Unsigned);
        }
        if !self.is_repeatable() {
            return Err(read_once(CONTENT_MD5));
        }
        let mut body = self.to_send()?;
        while let Some(frame) = body.frame().await.transpose().map_err(unreadable)? {
            let Ok(piece) = frame.into_data() else {
                continue;
            };
            if let Some(sha256) = &mut sha256 {
                sha256.update(&piece);
            }
            if let Some(sum) = &mut sum {
                sum.update(&piece);
            }
        }
        if let Some(sum) = sum {
            sum.put(headers);
        }
        Ok(sha256.map_or(Payload::Unsigned, |sha256| {
            Payload::Sha256(hex::encode(sha256.finish()))
        }))
    }
}

const CONTENT_MD5: &str = "the operation requires Content-MD5, for which the body has to be read before it is sent: \
                           use bytes or a file, or set the header";
const TREE_HASH: &str = "the operation requires the tree hash of the body, which has to be read before it is sent: \
                         give it bytes or a file";

/// Returns the error of a checksum in a header for a body that can be read only once.
fn read_once(reason: &str) -> Cause {
    Cause::Request(WriteError::Unwritable {
        member: "checksum",
        reason: reason.to_owned(),
    })
}

fn unreadable(error: BoxError) -> Cause {
    Cause::Transport(TransportError::new(TransportErrorKind::Request, error))
}
