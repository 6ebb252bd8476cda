//! The replacement for checksums without the feature `checksums`: an operation that requires them fails with an error
//! that names the feature, and others have none.

use crate::http::ChecksumAlgorithm;
use crate::http::{Body, BodyError};
use crate::protocol::WriteError;
use crate::value::schema::OperationSchema;
use crate::value::shape::Structure;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

/// Settings without content.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ChecksumSettings {}

impl ChecksumSettings {
    pub(crate) fn when_required() -> Self {
        Self {}
    }
}

/// A plan without checksums.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan;

impl Plan {
    pub(crate) fn of(
        operation: &OperationSchema,
        _: &mut dyn Structure,
        _: &[(HeaderName, HeaderValue)],
        _: ChecksumSettings,
    ) -> Result<Self, WriteError> {
        match operation.checksum {
            None => Ok(Self),
            Some(_) => Err(WriteError::Unwritable {
                member: "checksum",
                reason: "the operation requires checksums: enable the feature `checksums` of smithy-reqwest"
                    .to_owned(),
            }),
        }
    }

    pub(crate) fn sum(&self, _: &HeaderMap) -> Option<Sum> {
        None
    }

    pub(crate) fn check(&self, _: &HeaderMap) -> Check {
        Check
    }
}

/// A sum, which never exists.
#[derive(Debug)]
pub(crate) enum Sum {}

impl Sum {
    pub(crate) fn fits_a_trailer(&self) -> bool {
        match *self {}
    }

    pub(crate) fn update(&mut self, _: &[u8]) {
        match *self {}
    }

    pub(crate) fn put(self, _: &mut HeaderMap) {
        match self {}
    }

    pub(crate) fn in_trailer(self, _: Body, _: &mut HeaderMap) -> Body {
        match self {}
    }
}

/// A check without checksums.
#[derive(Debug)]
pub(crate) struct Check;

impl Check {
    pub(crate) fn algorithms(&self) -> Vec<ChecksumAlgorithm> {
        Vec::new()
    }

    pub(crate) fn of_bytes(self, _: &Bytes) -> Result<(), BodyError> {
        Ok(())
    }

    pub(crate) fn of_stream(self, body: Body) -> Body {
        body
    }
}
