//! [`ChecksumAlgorithm`]: the algorithms of `aws.protocols#httpChecksum`: their names in models and in headers.

use std::fmt;

/// An algorithm that checksums of requests and answers are computed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChecksumAlgorithm {
    /// CRC-32 of ISO-HDLC, which gzip has too.
    Crc32,
    /// CRC-32C, of Castagnoli.
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
    /// XXH3 of 64 bits, without a seed.
    XxHash3,
    /// XXH3 of 128 bits, without a seed.
    XxHash128,
}

/// The algorithms with their names in models and the headers that carry them, which the trait's section "Resolving
/// checksum name" derives from the names.
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
    /// Its name in models, such as `CRC32C`.
    pub fn as_str(self) -> &'static str {
        self.names().0
    }

    /// The header, or trailer, that carries it, such as `x-amz-checksum-crc32c`.
    pub fn header(self) -> &'static str {
        self.names().1
    }

    fn names(self) -> (&'static str, &'static str) {
        let mut known = ALGORITHMS.iter();
        let found = known.find(|(algorithm, ..)| *algorithm == self);
        // The table has a line for each.
        found.map_or(("", ""), |(_, name, header)| (name, header))
    }

    /// The one with this name in models.
    #[cfg(feature = "checksums")]
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let mut known = ALGORITHMS.iter();
        let found = known.find(|(_, known, _)| *known == name);
        found.map(|(algorithm, ..)| *algorithm)
    }

    /// All of them.
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

/// A body that is not what its checksum says: it was changed on the way, or cut off.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the body's {algorithm} is {computed}, and {} says {announced}", algorithm.header())]
#[non_exhaustive]
pub struct ChecksumMismatch {
    /// How it was computed.
    pub algorithm: ChecksumAlgorithm,
    /// What came with the body, in base64.
    pub announced: String,
    /// What was computed of the body, in base64.
    pub computed: String,
}
