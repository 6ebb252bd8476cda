//! Request compression, by `smithy.api#requestCompression`. The algorithm is that of another crate, which the feature
//! `compression` enables.

#[cfg(not(feature = "compression"))]
mod absent;
#[cfg(feature = "compression")]
mod gzip;

#[cfg(not(feature = "compression"))]
pub(crate) use absent::{compress, gzipped};
#[cfg(feature = "compression")]
pub(crate) use gzip::{compress, gzipped};

/// The largest minimum length for compression that can be set.
pub(crate) const MAX_MIN_COMPRESSION_SIZE: u32 = 10 << 20;

/// The conditions under which requests are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Compression {
    pub(crate) disabled: bool,
    /// The minimum length that is compressed: a shorter body does not save enough to be worth the time.
    pub(crate) least: u32,
}

impl Default for Compression {
    fn default() -> Self {
        Self {
            disabled: false,
            least: 10_240,
        }
    }
}
