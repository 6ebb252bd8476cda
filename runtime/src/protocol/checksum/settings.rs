//! [`ChecksumSettings`]: what a client is told of checksums that the model leaves to it.

use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};

/// When checksums are computed and compared.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ChecksumSettings {
    pub(crate) requests: RequestChecksumCalculation,
    pub(crate) answers: ResponseChecksumValidation,
}

impl ChecksumSettings {
    /// What the model asks for, and nothing else.
    #[cfg(feature = "test-util")]
    pub(crate) fn when_required() -> Self {
        Self {
            requests: RequestChecksumCalculation::WhenRequired,
            answers: ResponseChecksumValidation::WhenRequired,
        }
    }
}
