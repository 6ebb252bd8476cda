//! Computes keys and signatures with the HMAC of ring, for builds without aws-sigv4, by "Derive a signing key for
//! Signature Version 4" and "Calculate the signature" of the IAM User Guide.

use super::Scope;
use super::keys::Key;
use ring::hmac::{self, HMAC_SHA256};

/// Derives the signing key of a day.
pub(super) fn signing_key(secret: &str, date: &str, scope: Scope<'_>) -> Key {
    let key = hmac(format!("AWS4{secret}").as_bytes(), date);
    [scope.region, scope.service, "aws4_request"]
        .into_iter()
        .fold(key, |key, text| hmac(&key, text))
}

/// Returns the signature of a text in hexadecimal digits.
pub(super) fn signature(key: Key, text: &str) -> String {
    hex::encode(hmac(&key, text))
}

fn hmac(key: &[u8], text: &str) -> Key {
    let tag = hmac::sign(&hmac::Key::new(HMAC_SHA256, key), text.as_bytes());
    let mut key = Key::default();
    for (byte, tag) in key.iter_mut().zip(tag.as_ref()) {
        *byte = *tag;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::{Scope, signature, signing_key};
    use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
    use proptest::prelude::*;
    use std::time::{Duration, SystemTime};

    #[test]
    fn the_key_of_the_example_in_the_iam_user_guide_is_derived() {
        let scope = Scope {
            region: "us-east-1",
            service: "iam",
            time: SystemTime::UNIX_EPOCH,
        };
        let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
        let key = signing_key(secret, "20150830", scope);
        let expected = "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9";
        assert_eq!(hex::encode(key), expected);
    }

    proptest! {
        #[test]
        fn keys_and_signatures_are_those_of_aws_sigv4(
            secret in "\\PC{0,100}",
            seconds in 0..4_000_000_000_u64,
            region in "[a-z0-9-]{0,80}",
            service in "\\PC{0,80}",
            text in "\\PC{0,300}",
        ) {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            let scope = Scope { region: &region, service: &service, time };
            let stamp = super::super::Stamp::of(time).unwrap();
            let key = signing_key(&secret, stamp.date(), scope);
            let expected = generate_signing_key(&secret, time, &region, &service);
            prop_assert_eq!(&key[..], expected.as_ref());
            prop_assert_eq!(signature(key, &text), calculate_signature(expected, text.as_bytes()));
        }
    }
}
