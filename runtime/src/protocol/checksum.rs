//! Checksums, by `smithy.api#httpChecksumRequired` and `aws.protocols#httpChecksum`: of a request's body in, a header or a
//! trailer out; of an answer's body and the headers it came with in, whether they agree out.
//!
//! A [`Plan`] is made once a call. Each attempt asks it for a [`Sum`] of what is sent and a [`Check`] of what comes back.
//! Algorithms are other crates' and come with the feature `checksums`, which generated crates turn on where their model
//! asks for it.

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
mod settings;
#[cfg(feature = "checksums")]
mod sum;

#[cfg(not(feature = "checksums"))]
pub(crate) use absent::{ChecksumSettings, Plan, Sum};
#[cfg(feature = "checksums")]
pub(crate) use {check::Check, plan::Plan, settings::ChecksumSettings, sum::Sum};

#[cfg(all(test, feature = "checksums"))]
mod tests;
