//! Request compression, by `smithy.api#requestCompression`: a body in, the same body or a smaller one out, which a header
//! says. Algorithms are another crate's and come with the feature `compression`.

#[cfg(not(feature = "compression"))]
mod absent;
#[cfg(feature = "compression")]
mod gzip;

#[cfg(not(feature = "compression"))]
pub(crate) use absent::{compress, gzipped};
#[cfg(feature = "compression")]
pub(crate) use gzip::{compress, gzipped};

/// The most that may be asked for as the least length of what is compressed.
pub(crate) const MOST_BEFORE_COMPRESSION: u32 = 10 << 20;

/// When requests are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Compression {
    pub(crate) disabled: bool,
    /// The least length that is compressed: below it, what is saved is not worth the time.
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
