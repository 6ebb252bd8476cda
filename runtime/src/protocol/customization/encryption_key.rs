//! The encryption keys that callers provide: sent in base64, with their MD5.

use crate::protocol::WriteError;
use aws_smithy_types::base64;

/// The length of a key of AES-256, the only algorithm of such keys.
const LENGTH: usize = 32;

/// Returns a key in base64, and its MD5 in base64. A key that is in base64 already, as the AWS SDK for Rust requires
/// it, is sent as it is.
pub(super) fn encoded(member: &'static str, key: &str) -> Result<(String, String), WriteError> {
    let decoded = base64::decode(key).ok().filter(|key| key.len() == LENGTH);
    let bytes = decoded.as_deref().unwrap_or(key.as_bytes());
    Ok((base64::encode(bytes), md5(member, bytes)?))
}

#[cfg(feature = "checksums")]
fn md5(_: &'static str, bytes: &[u8]) -> Result<String, WriteError> {
    use md5::{Digest, Md5};
    Ok(base64::encode(Md5::digest(bytes)))
}

#[cfg(not(feature = "checksums"))]
fn md5(member: &'static str, _: &[u8]) -> Result<String, WriteError> {
    Err(WriteError::Unwritable {
        member,
        reason: "the MD5 of a key requires the feature `checksums` of smithy-reqwest".to_owned(),
    })
}
