//! Replaces the digests of bodies, so that documents are compared by content where their bytes differ.

use aws_smithy_types::base64;
use crc::{CRC_32_ISCSI, CRC_32_ISO_HDLC, CRC_64_NVME, Crc};
use md5::Md5;
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// The text that replaces a digest.
pub(super) const DIGEST: &str = "the digest of the body";

/// Replaces the headers of a request that are digests of its body, which is in hexadecimal digits. All others stay: the
/// digests of other bytes, those of the input, and the marker of a checksum after the body.
pub(super) fn replace(request: &mut Value, body: &Value) {
    let body = body.as_str().and_then(|digits| hex::decode(digits).ok());
    let headers = request.get_mut("headers").and_then(Value::as_object_mut);
    let (Some(body), Some(headers)) = (body, headers) else {
        return;
    };
    for (name, value) in headers {
        if digest(name, &body).is_some_and(|digest| *value == digest) {
            *value = json!(DIGEST);
        }
    }
}

/// Returns the digest of a body in a header, or `None` if the header has none that both sides compute.
fn digest(header: &str, body: &[u8]) -> Option<String> {
    let crc32 = |algorithm| Crc::<u32>::new(algorithm).checksum(body).to_be_bytes();
    let crc64 = |algorithm| Crc::<u64>::new(algorithm).checksum(body).to_be_bytes();
    Some(match header {
        "content-md5" => base64::encode(Md5::digest(body)),
        "x-amz-content-sha256" => hex::encode(Sha256::digest(body)),
        "x-amz-checksum-crc32" => base64::encode(crc32(&CRC_32_ISO_HDLC)),
        "x-amz-checksum-crc32c" => base64::encode(crc32(&CRC_32_ISCSI)),
        "x-amz-checksum-crc64nvme" => base64::encode(crc64(&CRC_64_NVME)),
        "x-amz-checksum-sha1" => base64::encode(Sha1::digest(body)),
        "x-amz-checksum-sha256" => base64::encode(Sha256::digest(body)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digests of `123456789`.
    const DIGESTS: &[(&str, &str)] = &[
        ("content-md5", "JfnnlDI7RTiF9RgfG2JNCw=="),
        (
            "x-amz-content-sha256",
            "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
        ),
        ("x-amz-checksum-crc32", "y/Q5Jg=="),
        ("x-amz-checksum-crc32c", "4waSgw=="),
        ("x-amz-checksum-crc64nvme", "rosUhgp5mIg="),
        ("x-amz-checksum-sha1", "98O8HYCOBHMq32eZZczDTKeuNEE="),
        (
            "x-amz-checksum-sha256",
            "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
        ),
    ];

    fn replaced(name: &str, value: &str, body: &str) -> Value {
        let mut request = json!({"headers": {name: value}});
        replace(&mut request, &json!(hex::encode(body)));
        request["headers"][name].take()
    }

    #[test]
    fn only_digests_of_the_body_are_replaced() {
        for (name, value) in DIGESTS {
            assert_eq!(replaced(name, value, "123456789"), DIGEST);
            assert_eq!(replaced(name, value, "12345678"), *value);
            assert_eq!(replaced("x-amz-meta-a", value, "123456789"), *value);
        }
    }
}
