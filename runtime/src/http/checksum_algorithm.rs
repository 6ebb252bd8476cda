//! [`ChecksumAlgorithm`]: the algorithms of `aws.protocols#httpChecksum`, with their names in models and headers.

use std::fmt;

/// An algorithm for the checksums of requests and responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChecksumAlgorithm {
    /// CRC-32 of ISO-HDLC, the one that gzip uses.
    Crc32,
    /// CRC-32C (Castagnoli).
    Crc32C,
    /// CRC-64/NVME.
    Crc64Nvme,
    /// MD5.
    Md5,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
    /// XXH64, without a seed.
    XxHash64,
    /// XXH3 with 64 bits, without a seed.
    XxHash3,
    /// XXH3 with 128 bits, without a seed.
    XxHash128,
}

/// The algorithms with their names in models and their headers, which are derived from the names by the trait's section
/// "Resolving checksum name".
const ALGORITHMS: [(ChecksumAlgorithm, &str, &str); 10] = [
    (ChecksumAlgorithm::Crc32, "CRC32", "x-amz-checksum-crc32"),
    (ChecksumAlgorithm::Crc32C, "CRC32C", "x-amz-checksum-crc32c"),
    (
        ChecksumAlgorithm::Crc64Nvme,
        "CRC64NVME",
        "x-amz-checksum-crc64nvme",
    ),
    (ChecksumAlgorithm::Md5, "MD5", "x-amz-checksum-md5"),
    (ChecksumAlgorithm::Sha1, "SHA1", "x-amz-checksum-sha1"),
    (ChecksumAlgorithm::Sha256, "SHA256", "x-amz-checksum-sha256"),
    (ChecksumAlgorithm::Sha512, "SHA512", "x-amz-checksum-sha512"),
    (
        ChecksumAlgorithm::XxHash64,
        "XXHASH64",
        "x-amz-checksum-xxhash64",
    ),
    (
        ChecksumAlgorithm::XxHash3,
        "XXHASH3",
        "x-amz-checksum-xxhash3",
    ),
    (
        ChecksumAlgorithm::XxHash128,
        "XXHASH128",
        "x-amz-checksum-xxhash128",
    ),
];

impl ChecksumAlgorithm {
    /// Returns the name in models, such as `CRC32C`.
    pub fn as_str(self) -> &'static str {
        self.names().0
    }

    /// Returns the name of the header or trailer, such as `x-amz-checksum-crc32c`.
    pub fn header(self) -> &'static str {
        self.names().1
    }

    fn names(self) -> (&'static str, &'static str) {
        let mut known = ALGORITHMS.iter();
        let found = known.find(|(algorithm, ..)| *algorithm == self);
        // The table contains a line for each algorithm.
        found.map_or(("", ""), |(_, name, header)| (name, header))
    }

    /// Returns the algorithm with this name in models.
    #[cfg(feature = "checksums")]
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let mut known = ALGORITHMS.iter();
        let found = known.find(|(_, known, _)| *known == name);
        found.map(|(algorithm, ..)| *algorithm)
    }

    /// Returns all algorithms.
    #[cfg(feature = "checksums")]
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        ALGORITHMS.iter().map(|(algorithm, ..)| *algorithm)
    }
}

impl fmt::Display for ChecksumAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The error type of a body that does not match its checksum: it was modified in transit, or truncated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{algorithm} mismatch: the body has {computed}, and {} is {announced}", algorithm.header())]
#[non_exhaustive]
pub struct ChecksumMismatch {
    /// The algorithm of the checksum.
    pub algorithm: ChecksumAlgorithm,
    /// The checksum that was received with the body, in base64.
    pub announced: String,
    /// The checksum that was computed from the body, in base64.
    pub computed: String,
}
