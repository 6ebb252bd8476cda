//! Checksums of requests, by `smithy.api#httpChecksumRequired` and `aws.protocols#httpChecksum`: a body in, the header
//! with its checksum out.
//!
//! Of the flexible algorithms, CRC32, CRC32C and SHA256 are computed; another one that a caller chooses has to come with
//! its header. Bodies that stream are sent without, and checksums of answers are not looked at.

mod crc;

use crate::protocol::WriteError;
use crate::schema::{Checksum, Location, OperationSchema};
use crate::shape::{Structure, Value};
use aws_smithy_types::base64;
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::{Digest, Sha256};

/// Every header of a flexible checksum begins like this.
const PREFIX: &str = "x-amz-checksum-";

/// Adds the checksum that the operation asks for, unless the caller has brought one.
pub(crate) fn add(
    body: &[u8],
    streams: bool,
    operation: &OperationSchema,
    input: &dyn Structure,
    headers: &mut HeaderMap,
) -> Result<(), WriteError> {
    let Some(checksum) = operation.checksum.filter(|_| !streams) else {
        return Ok(());
    };
    let has_own = headers
        .keys()
        .any(|name| name == "content-md5" || name.as_str().starts_with(PREFIX));
    if has_own {
        return Ok(());
    }
    match checksum {
        Checksum::ContentMd5 => insert(headers, "content-md5", &md5(body)?),
        Checksum::Flexible { algorithm } => flexible(body, algorithm, input, headers),
    }
}

fn flexible(
    body: &[u8],
    member: Option<&'static str>,
    input: &dyn Structure,
    headers: &mut HeaderMap,
) -> Result<(), WriteError> {
    let chosen = member.and_then(|name| {
        let index = input.schema().position_by_name(name, 0)?;
        match input.member(index) {
            Value::Enum(value) => Some(value.wire_value().to_owned()),
            Value::String(text) => Some(text.to_owned()),
            _ => None,
        }
    });
    // What AWS's SDKs compute when nobody has chosen.
    let algorithm = chosen.as_deref().unwrap_or("CRC32");
    let sum = match algorithm {
        "CRC32" => crc::crc32(body).to_be_bytes().to_vec(),
        "CRC32C" => crc::crc32c(body).to_be_bytes().to_vec(),
        "SHA256" => Sha256::digest(body).to_vec(),
        other => {
            return Err(WriteError::Unwritable {
                member: member.unwrap_or("checksum"),
                reason: format!(
                    "{other} is not computed here: choose CRC32, CRC32C or SHA256, or set its header"
                ),
            });
        }
    };
    if chosen.is_none() {
        announce(member, algorithm, input, headers)?;
    }
    let name = format!("{PREFIX}{}", algorithm.to_ascii_lowercase());
    insert(headers, &name, &sum)
}

/// Says which algorithm it is where the member that chooses it would have.
fn announce(
    member: Option<&'static str>,
    algorithm: &str,
    input: &dyn Structure,
    headers: &mut HeaderMap,
) -> Result<(), WriteError> {
    let mut members = input.schema().members.iter();
    let member = members.find(|known| Some(known.name) == member);
    if let Some(Location::Header(name)) = member.map(|member| member.location) {
        put(headers, name, algorithm)?;
    }
    Ok(())
}

fn insert(headers: &mut HeaderMap, name: &str, sum: &[u8]) -> Result<(), WriteError> {
    put(headers, name, &base64::encode(sum))
}

fn put(headers: &mut HeaderMap, name: &str, text: &str) -> Result<(), WriteError> {
    let unwritable = |_| WriteError::Unwritable {
        member: "checksum",
        reason: format!("{name:?} cannot be a header"),
    };
    let value = HeaderValue::from_str(text).map_err(|_| unwritable(()))?;
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unwritable(()))?;
    headers.insert(name, value);
    Ok(())
}

#[cfg(feature = "md5")]
fn md5(body: &[u8]) -> Result<Vec<u8>, WriteError> {
    Ok(md5::Md5::digest(body).to_vec())
}

#[cfg(not(feature = "md5"))]
fn md5(_: &[u8]) -> Result<Vec<u8>, WriteError> {
    Err(WriteError::Unwritable {
        member: "checksum",
        reason: "the service asks for Content-MD5: turn on the feature `md5` of smithy-reqwest"
            .to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{MemberSchema, StructureSchema};
    use crate::shape::Slot;

    /// An input whose member chooses the algorithm.
    struct Input(Option<&'static str>);

    static INPUT: StructureSchema = StructureSchema::new(
        "com.example#Input",
        "Input",
        &[MemberSchema::new("algorithm", "algorithm")
            .at(Location::Header("x-amz-sdk-checksum-algorithm"))],
    );

    impl Structure for Input {
        fn schema(&self) -> &'static StructureSchema {
            &INPUT
        }

        fn member(&self, _: usize) -> Value<'_> {
            self.0.map_or(Value::Absent, Value::String)
        }

        fn member_slot(&mut self, _: usize) -> Slot<'_> {
            Slot::Ignored
        }
    }

    fn added(
        checksum: Checksum,
        chosen: Option<&'static str>,
        own: Option<&'static str>,
    ) -> Result<Vec<(String, String)>, WriteError> {
        let operation = OperationSchema::new("Op", "POST", &[]).checksum(checksum);
        let mut headers = HeaderMap::new();
        if let Some(own) = own {
            headers.insert(own, HeaderValue::from_static("mine"));
        }
        add(
            b"123456789",
            false,
            &operation,
            &Input(chosen),
            &mut headers,
        )?;
        let mut pairs: Vec<_> = headers
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        pairs.sort();
        Ok(pairs)
    }

    const FLEXIBLE: Checksum = Checksum::Flexible {
        algorithm: Some("algorithm"),
    };

    #[test]
    fn a_request_carries_the_checksum_that_was_chosen_or_crc32() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            added(FLEXIBLE, None, None).unwrap(),
            [
                pair("x-amz-checksum-crc32", "y/Q5Jg=="),
                pair("x-amz-sdk-checksum-algorithm", "CRC32"),
            ]
        );
        assert_eq!(
            added(FLEXIBLE, Some("CRC32C"), None).unwrap(),
            [pair("x-amz-checksum-crc32c", "4waSgw==")]
        );
        assert_eq!(
            added(FLEXIBLE, Some("SHA256"), None).unwrap(),
            [pair(
                "x-amz-checksum-sha256",
                "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="
            )]
        );
        let own = "x-amz-checksum-sha1";
        assert_eq!(
            added(FLEXIBLE, None, Some(own)).unwrap(),
            [pair(own, "mine")]
        );
        let error = added(FLEXIBLE, Some("CRC64NVME"), None).unwrap_err();
        assert!(error.to_string().contains("CRC64NVME"), "{error}");
    }

    #[cfg(feature = "md5")]
    #[test]
    fn content_md5_is_computed_where_the_model_asks_for_it() {
        let expected = (
            "content-md5".to_owned(),
            "JfnnlDI7RTiF9RgfG2JNCw==".to_owned(),
        );
        assert_eq!(added(Checksum::ContentMd5, None, None).unwrap(), [expected]);
    }
}
