//! [`Check`]: compares the body of a response with its checksums.

use crate::http::ChecksumAlgorithm;
use crate::http::ChecksumMismatch;
use crate::http::byte_stream::ByteStreamError;
use crate::http::{Body, BodyError, BoxError, Filter, filtered};
use crate::protocol::checksum::hasher::Hasher;
use bytes::Bytes;
use http::HeaderMap;
use http_body::Body as _;

/// The checksums with which the body of a response is compared.
#[derive(Debug)]
pub(crate) struct Check(Vec<Expected>);

#[derive(Debug)]
struct Expected {
    hasher: Hasher,
    announced: String,
}

impl Check {
    /// Creates a check of the checksums in the headers whose algorithms have these names.
    pub(super) fn of(names: &[&str], headers: &HeaderMap) -> Self {
        let known = names
            .iter()
            .filter_map(|name| ChecksumAlgorithm::from_name(name));
        let expected = known.filter_map(|algorithm| {
            let announced = headers.get(algorithm.header())?.to_str().ok()?;
            // A checksum with a dash is one of the checksums of parts, which cannot be computed from the body alone.
            (!announced.contains('-')).then(|| Expected {
                hasher: Hasher::new(algorithm),
                announced: announced.to_owned(),
            })
        });
        Self(expected.collect())
    }

    /// Returns the algorithms of the checksums.
    pub(crate) fn algorithms(&self) -> Vec<ChecksumAlgorithm> {
        self.0
            .iter()
            .map(|expected| expected.hasher.algorithm)
            .collect()
    }

    /// Compares a body that is in memory.
    pub(crate) fn of_bytes(mut self, body: &Bytes) -> Result<(), BodyError> {
        self.update(body);
        self.finish().map_err(BodyError::Checksum)
    }

    /// Compares a body while it is read. If it does not match, its end is an error.
    pub(crate) fn of_stream(self, body: Body) -> Body {
        if self.0.is_empty() {
            return body;
        }
        let length = body.size_hint().exact();
        filtered(body, self, length)
    }

    fn update(&mut self, bytes: &[u8]) {
        for expected in &mut self.0 {
            expected.hasher.update(bytes);
        }
    }

    fn finish(self) -> Result<(), ChecksumMismatch> {
        for Expected { hasher, announced } in self.0 {
            let algorithm = hasher.algorithm;
            let computed = hasher.finish();
            if computed != announced {
                return Err(ChecksumMismatch {
                    algorithm,
                    announced,
                    computed,
                });
            }
        }
        Ok(())
    }
}

impl Filter for Check {
    fn piece(&mut self, data: Bytes) -> Result<Bytes, BoxError> {
        self.update(&data);
        Ok(data)
    }

    fn end(self) -> Result<Bytes, BoxError> {
        match self.finish() {
            Ok(()) => Ok(Bytes::new()),
            Err(mismatch) => Err(ByteStreamError::Checksum(mismatch).into()),
        }
    }
}
