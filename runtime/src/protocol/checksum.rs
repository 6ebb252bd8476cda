//! Checksums of requests and responses, by `smithy.api#httpChecksumRequired` and `aws.protocols#httpChecksum`.
//!
//! A [`Plan`] is created once for each call. Each attempt requests a [`Sum`] of the request body and a [`Check`] of the
//! response body from it. The algorithms are those of other crates, which the feature `checksums` enables; generated
//! crates enable it if their model requires it.

#[cfg(not(feature = "checksums"))]
mod absent;
#[cfg(feature = "checksums")]
mod aws_chunked;
#[cfg(feature = "checksums")]
mod check;
#[cfg(feature = "checksums")]
mod hasher;
#[cfg(feature = "checksums")]
mod plan;
#[cfg(feature = "checksums")]
mod sum;

#[cfg(not(feature = "checksums"))]
pub(crate) use absent::{ChecksumSettings, Plan, Sum};
#[cfg(feature = "checksums")]
pub(crate) use {
    check::Check,
    plan::{ChecksumSettings, Plan},
    sum::Sum,
};

#[cfg(all(test, feature = "checksums"))]
mod tests;
