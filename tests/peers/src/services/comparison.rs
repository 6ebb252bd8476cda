//! Compares the requests of both sides, with the intended differences settled.

use super::difference::difference;
use super::facts::Facts;
use super::{choices, digests, request};
use serde_json::Value;

/// Returns the reasons of the choices that a pair of requests needs.
///
/// # Errors
///
/// Returns the first difference that the choices do not settle.
pub(super) fn compared(
    ours: &Value,
    theirs: &Value,
    facts: &Facts,
) -> Result<Vec<&'static str>, String> {
    let (our_body, their_body) = (&ours["body_hex"], &theirs["body"]);
    let (mut ours, mut theirs) = (request::ours(ours), request::theirs(theirs));
    if our_body != their_body && theirs["body"]["xml"].is_object() {
        digests::replace(&mut ours, our_body);
        digests::replace(&mut theirs, their_body);
    }
    if difference(&ours, &theirs).is_none() {
        return Ok(Vec::new());
    }
    let (ours, reasons) = choices::applied(ours, &theirs, facts);
    match difference(&ours, &theirs) {
        None => Ok(reasons),
        Some(fault) => Err(fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const OURS: &str = "<a x='1'/>";
    const OUR_MD5: &str = "iJpT/VDOkhF9nerEGOMSlQ==";
    const OUR_SHA256: &str = "fe3770e8827805907dbd868859e2d9f187e4ea5df789174166bf45c640f91c93";
    const OUR_CRC32: &str = "kUFuPQ==";
    const THEIRS: &str = "<a x=\"1\"/>";
    const THEIR_MD5: &str = "ZRAOJykdZb5C2goPaubcwQ==";
    const THEIR_SHA256: &str = "b91c6fde92825cd48cfa64fac2def548074849700661b64ae1b0611cd6eeec23";
    const THEIR_CRC32: &str = "X2ojpg==";

    /// Compares requests that have these headers and documents with the same content.
    fn of(ours: Value, theirs: Value) -> Result<Vec<&'static str>, String> {
        let ours: Vec<_> = ours.as_object().unwrap().clone().into_iter().collect();
        let ours = json!({"target": "/", "headers": ours, "body_hex": hex::encode(OURS)});
        let theirs = json!({"path": "/", "headers": theirs, "body": hex::encode(THEIRS)});
        compared(&ours, &theirs, &Facts::default())
    }

    fn theirs() -> Value {
        json!({"content-md5": THEIR_MD5, "x-amz-content-sha256": THEIR_SHA256})
    }

    #[test]
    fn the_digests_of_documents_with_the_same_content_may_differ() {
        let ours = json!({"content-md5": OUR_MD5, "x-amz-content-sha256": OUR_SHA256});
        assert_eq!(of(ours, theirs()), Ok(Vec::new()));
        let checksum = "x-amz-checksum-crc32";
        let (ours, theirs) = (json!({checksum: OUR_CRC32}), json!({checksum: THEIR_CRC32}));
        assert_eq!(of(ours, theirs), Ok(Vec::new()));
    }

    #[test]
    fn an_absent_digest_is_a_difference() {
        let fault = of(json!({"x-amz-content-sha256": OUR_SHA256}), theirs()).unwrap_err();
        assert!(fault.starts_with(".headers.content-md5: ours absent"));
        let fault = of(json!({"content-md5": OUR_MD5}), theirs()).unwrap_err();
        assert!(fault.starts_with(".headers.x-amz-content-sha256: ours absent"));
        let fault = of(json!({}), json!({"x-amz-checksum-crc32": THEIR_CRC32})).unwrap_err();
        assert!(fault.starts_with(".headers.x-amz-checksum-crc32: ours absent"));
    }

    #[test]
    fn a_digest_of_other_bytes_is_a_difference() {
        for (md5, sha256, name) in [
            (THEIR_MD5, OUR_SHA256, "content-md5"),
            ("1B2M2Y8AsgTpgAmY7PhCfg==", OUR_SHA256, "content-md5"),
            (OUR_MD5, THEIR_SHA256, "x-amz-content-sha256"),
            (OUR_MD5, "UNSIGNED-PAYLOAD", "x-amz-content-sha256"),
        ] {
            let ours = json!({"content-md5": md5, "x-amz-content-sha256": sha256});
            let fault = of(ours, theirs()).unwrap_err();
            assert!(fault.starts_with(&format!(".headers.{name}: ours")));
        }
    }

    #[test]
    fn the_checksum_of_an_input_is_compared() {
        let digest = |value| json!({"x-amz-checksum-sha1": value});
        assert_eq!(of(digest("a"), digest("a")), Ok(Vec::new()));
        assert!(of(digest("a"), digest("b")).is_err());
    }

    #[test]
    fn content_md5_counts_as_the_checksum_of_a_document() {
        let given = json!({"content-md5": "given"});
        let added = json!({
            "content-md5": "given",
            "x-amz-checksum-crc32": THEIR_CRC32,
            "x-amz-sdk-checksum-algorithm": "CRC32",
        });
        assert_eq!(of(given, added.clone()).unwrap().len(), 1);
        assert!(of(json!({}), added).is_err());
    }

    #[test]
    fn the_difference_is_one_that_no_choice_settles() {
        let added = json!({
            "content-md5": "given",
            "x-amz-checksum-crc32": THEIR_CRC32,
            "x-other": "a",
        });
        let fault = of(json!({"content-md5": "given"}), added).unwrap_err();
        assert_eq!(fault, ".headers.x-other: ours absent, theirs \"a\"");
    }
}
