//! Computes keys and signatures with aws-sigv4.

use super::Scope;
use super::keys::Key;
use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};

/// Derives the signing key of a day.
pub(super) fn signing_key(secret: &str, _date: &str, scope: Scope<'_>) -> Key {
    let derived = generate_signing_key(secret, scope.time, scope.region, scope.service);
    let mut key = Key::default();
    for (byte, derived) in key.iter_mut().zip(derived.as_ref()) {
        *byte = *derived;
    }
    key
}

/// Returns the signature of a text in hexadecimal digits.
pub(super) fn signature(key: Key, text: &str) -> String {
    calculate_signature(key, text.as_bytes())
}
