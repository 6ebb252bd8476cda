//! [`Hasher`]: computes the checksum of bytes, piece by piece.

use crate::http::ChecksumAlgorithm;
use aws_smithy_types::base64;
use crc::{CRC_32_ISCSI, CRC_32_ISO_HDLC, CRC_64_NVME, Crc, Digest as CrcDigest, Table};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use std::fmt;
use xxhash_rust::xxh3::Xxh3;
use xxhash_rust::xxh64::Xxh64;

/// Sixteen tables, with which sixteen bytes are processed at once.
type Tables = Table<16>;

static CRC32: Crc<u32, Tables> = Crc::<u32, Tables>::new(&CRC_32_ISO_HDLC);
static CRC32C: Crc<u32, Tables> = Crc::<u32, Tables>::new(&CRC_32_ISCSI);
static CRC64NVME: Crc<u64, Tables> = Crc::<u64, Tables>::new(&CRC_64_NVME);

/// A checksum that is being computed.
pub(super) struct Hasher {
    pub(super) algorithm: ChecksumAlgorithm,
    state: State,
}

enum State {
    Crc32(CrcDigest<'static, u32, Tables>),
    Crc64(CrcDigest<'static, u64, Tables>),
    Md5(Md5),
    Sha1(Sha1),
    Sha256(Sha256),
    Sha512(Sha512),
    Xxh64(Xxh64),
    Xxh3(Box<Xxh3>),
}

impl Hasher {
    pub(super) fn new(algorithm: ChecksumAlgorithm) -> Self {
        let state = match algorithm {
            ChecksumAlgorithm::Crc32 => State::Crc32(CRC32.digest()),
            ChecksumAlgorithm::Crc32C => State::Crc32(CRC32C.digest()),
            ChecksumAlgorithm::Crc64Nvme => State::Crc64(CRC64NVME.digest()),
            ChecksumAlgorithm::Md5 => State::Md5(Md5::new()),
            ChecksumAlgorithm::Sha1 => State::Sha1(Sha1::new()),
            ChecksumAlgorithm::Sha256 => State::Sha256(Sha256::new()),
            ChecksumAlgorithm::Sha512 => State::Sha512(Sha512::new()),
            ChecksumAlgorithm::XxHash64 => State::Xxh64(Xxh64::new(0)),
            ChecksumAlgorithm::XxHash3 | ChecksumAlgorithm::XxHash128 => {
                State::Xxh3(Box::default())
            }
        };
        Self { algorithm, state }
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        match &mut self.state {
            State::Crc32(digest) => digest.update(bytes),
            State::Crc64(digest) => digest.update(bytes),
            State::Md5(digest) => digest.update(bytes),
            State::Sha1(digest) => digest.update(bytes),
            State::Sha256(digest) => digest.update(bytes),
            State::Sha512(digest) => digest.update(bytes),
            State::Xxh64(digest) => digest.update(bytes),
            State::Xxh3(digest) => digest.update(bytes),
        }
    }

    /// Returns the checksum in the format of headers: its bytes in base64, the most significant first.
    pub(super) fn finish(self) -> String {
        match self.state {
            State::Crc32(digest) => base64::encode(digest.finalize().to_be_bytes()),
            State::Crc64(digest) => base64::encode(digest.finalize().to_be_bytes()),
            State::Md5(digest) => base64::encode(digest.finalize()),
            State::Sha1(digest) => base64::encode(digest.finalize()),
            State::Sha256(digest) => base64::encode(digest.finalize()),
            State::Sha512(digest) => base64::encode(digest.finalize()),
            State::Xxh64(digest) => base64::encode(digest.digest().to_be_bytes()),
            State::Xxh3(digest) if self.algorithm == ChecksumAlgorithm::XxHash128 => {
                base64::encode(digest.digest128().to_be_bytes())
            }
            State::Xxh3(digest) => base64::encode(digest.digest().to_be_bytes()),
        }
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hasher({})", self.algorithm)
    }
}
