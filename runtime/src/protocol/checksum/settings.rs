//! [`ChecksumSettings`]: the checksum settings of a client, for checksums that the model leaves optional.

use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};

/// The conditions under which checksums are computed and compared.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ChecksumSettings {
    pub(crate) requests: RequestChecksumCalculation,
    pub(crate) answers: ResponseChecksumValidation,
}

impl ChecksumSettings {
    /// Returns settings with only the checksums that the model requires.
    #[cfg(feature = "test-util")]
    pub(crate) fn when_required() -> Self {
        Self {
            requests: RequestChecksumCalculation::WhenRequired,
            answers: ResponseChecksumValidation::WhenRequired,
        }
    }
}
