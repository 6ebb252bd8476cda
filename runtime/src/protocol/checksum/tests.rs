//! Tests the algorithms, headers, trailers and results of checksums for bodies, models and settings.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::*;
use crate::http::ChecksumAlgorithm;
use crate::http::{Body, BodyError, BoxError};
use crate::protocol::checksum::hasher::Hasher;
use crate::value::schema::{Checksum, Location, MemberSchema, OperationSchema, StructureSchema};
use crate::value::shape::{Slot, Structure, Value};
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

/// An input whose members select the algorithm and the validation, and may contain a checksum.
#[derive(Default)]
struct Input {
    algorithm: Option<String>,
    mode: Option<String>,
    own: Option<String>,
}

static INPUT: StructureSchema = StructureSchema::new(
    "com.example#Input",
    "Input",
    &[
        MemberSchema::new("algorithm", "algorithm"),
        MemberSchema::new("mode", "mode").at(Location::Header("x-amz-checksum-mode")),
        MemberSchema::new("own", "own").at(Location::Header("x-amz-checksum-SHA1")),
    ],
);

impl Structure for Input {
    fn schema(&self) -> &'static StructureSchema {
        &INPUT
    }

    fn member(&self, index: usize) -> Value<'_> {
        let member = [&self.algorithm, &self.mode, &self.own][index].as_deref();
        member.map_or(Value::Absent, Value::String)
    }

    fn member_slot(&mut self, index: usize) -> Slot<'_> {
        let member = [&mut self.algorithm, &mut self.mode, &mut self.own];
        let [algorithm, mode, own] = member;
        let member = match index {
            0 => algorithm,
            1 => mode,
            _ => own,
        };
        Slot::String(member.get_or_insert_default())
    }
}

const CHOSEN: Checksum = Checksum::new().algorithm("algorithm");
const VALIDATED: Checksum = Checksum::new().validation_mode("mode", &["CRC32", "SHA256"]);

fn plan(
    checksum: Checksum,
    input: &mut Input,
    headers: &[(HeaderName, HeaderValue)],
    settings: ChecksumSettings,
) -> Result<Plan, crate::protocol::WriteError> {
    let operation = OperationSchema::new("Op", "POST", &[]).checksum(checksum);
    Plan::of(&operation, input, headers, settings)
}

/// Returns the checksum headers of a request with the body `123456789`.
fn summed(plan: Plan, own: Option<&'static str>) -> Vec<String> {
    let mut headers = HeaderMap::new();
    if let Some(own) = own {
        headers.insert(own, HeaderValue::from_static("mine"));
    }
    if let Some(mut sum) = plan.sum(&headers) {
        sum.update(b"1234");
        sum.update(b"56789");
        sum.put(&mut headers);
    }
    let pairs = headers.iter();
    pairs
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect()
}

#[test]
fn every_algorithm_gives_what_others_get() {
    for (algorithm, expected) in [
        (ChecksumAlgorithm::Crc32, "y/Q5Jg=="),
        (ChecksumAlgorithm::Crc32C, "4waSgw=="),
        (ChecksumAlgorithm::Crc64Nvme, "rosUhgp5mIg="),
        (ChecksumAlgorithm::Md5, "JfnnlDI7RTiF9RgfG2JNCw=="),
        (ChecksumAlgorithm::Sha1, "98O8HYCOBHMq32eZZczDTKeuNEE="),
        (
            ChecksumAlgorithm::Sha256,
            "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
        ),
        (
            ChecksumAlgorithm::Sha512,
            "2eZ2LdHI6vbWGzxhkvxAjU1tXxF20MKRabwk5xw/J0rSf81YEbMT1oH35V7ALXPUmclUVba1u1A6z1dPuo/+hQ==",
        ),
        (ChecksumAlgorithm::XxHash64, "jLhB20DmroM="),
        (ChecksumAlgorithm::XxHash3, "ctyxi2ehff8="),
        (ChecksumAlgorithm::XxHash128, "MxGUd+3l3NXpcWQnaB1YYA=="),
    ] {
        let mut input = Input {
            algorithm: Some(algorithm.to_string()),
            ..Input::default()
        };
        let plan = plan(CHOSEN, &mut input, &[], ChecksumSettings::default()).unwrap();
        let name = algorithm.as_str().to_lowercase();
        assert_eq!(algorithm.header(), format!("x-amz-checksum-{name}"));
        assert_eq!(
            summed(plan, None),
            [format!("{}: {expected}", algorithm.header())]
        );
    }
}

#[test]
fn a_request_has_the_checksum_that_model_caller_and_settings_ask_for() {
    let supported = ChecksumSettings::default();
    let required = ChecksumSettings::when_required();
    let crc32 = "x-amz-checksum-crc32: y/Q5Jg==";
    let sha1 = "x-amz-checksum-sha1: 98O8HYCOBHMq32eZZczDTKeuNEE=";
    let md5 = "content-md5: JfnnlDI7RTiF9RgfG2JNCw==";
    for (checksum, chosen, settings, expected, announced) in [
        (CHOSEN, None, supported, Some(crc32), Some("CRC32")),
        (CHOSEN, None, required, None, None),
        (
            CHOSEN.required(),
            None,
            required,
            Some(crc32),
            Some("CRC32"),
        ),
        (CHOSEN, Some("SHA1"), required, Some(sha1), Some("SHA1")),
        (Checksum::new().required(), None, required, Some(md5), None),
        (Checksum::new(), None, supported, None, None),
        (VALIDATED, None, supported, None, None),
    ] {
        let mut input = Input {
            algorithm: chosen.map(str::to_owned),
            ..Input::default()
        };
        let plan = plan(checksum, &mut input, &[], settings).unwrap();
        let case = format!("{checksum:?} {chosen:?} {settings:?}");
        assert_eq!(summed(plan, None), Vec::from_iter(expected), "{case}");
        assert_eq!(input.algorithm.as_deref(), announced, "{case}");
    }
}

#[test]
fn a_checksum_of_the_callers_own_is_left_alone_and_no_algorithm_announced() {
    let settings = ChecksumSettings::default();
    for own in ["x-amz-checksum-sha1", "content-md5", "x-amz-checksum-crc32"] {
        let header = (
            HeaderName::from_static(own),
            HeaderValue::from_static("mine"),
        );
        let mut input = Input::default();
        let plan = plan(CHOSEN.required(), &mut input, &[header], settings).unwrap();
        assert_eq!(summed(plan, Some(own)), [format!("{own}: mine")]);
        assert_eq!(input.algorithm, None);
    }
    let mut input = Input {
        own: Some("mine".to_owned()),
        ..Input::default()
    };
    let bound = plan(CHOSEN.required(), &mut input, &[], settings).unwrap();
    assert_eq!(summed(bound, Some("x-amz-checksum-sha1")).len(), 1);
    assert_eq!(input.algorithm, None);

    // These begin like checksums, but are not checksums.
    for other in ["x-amz-checksum-mode", "x-amz-checksum-algorithm"] {
        let plan = plan(CHOSEN, &mut Input::default(), &[], settings).unwrap();
        assert_eq!(summed(plan, Some(other)).len(), 2, "{other}");
    }
}

#[test]
fn a_chosen_algorithm_is_computed_beside_content_md5_and_not_beside_a_checksum_of_the_callers_own()
{
    let sha1 = "x-amz-checksum-sha1: 98O8HYCOBHMq32eZZczDTKeuNEE=";
    for (own, expected) in [
        ("content-md5", vec!["content-md5: mine", sha1]),
        ("x-amz-checksum-crc32", vec!["x-amz-checksum-crc32: mine"]),
    ] {
        let header = (
            HeaderName::from_static(own),
            HeaderValue::from_static("mine"),
        );
        let mut input = Input {
            algorithm: Some("SHA1".to_owned()),
            ..Input::default()
        };
        let settings = ChecksumSettings::default();
        let plan = plan(CHOSEN.required(), &mut input, &[header], settings).unwrap();
        assert_eq!(summed(plan, Some(own)), expected);
        assert_eq!(input.algorithm.as_deref(), Some("SHA1"));
    }
}

#[test]
fn content_md5_of_the_callers_own_is_not_computed_again() {
    let header = (
        HeaderName::from_static("content-md5"),
        HeaderValue::from_static("mine"),
    );
    let settings = ChecksumSettings::default();
    let required = Checksum::new().required();
    let plan = plan(required, &mut Input::default(), &[header], settings).unwrap();
    assert_eq!(summed(plan, Some("content-md5")), ["content-md5: mine"]);
}

#[test]
fn an_algorithm_that_is_not_known_is_an_error_that_names_member_and_choices() {
    let mut input = Input {
        algorithm: Some("CRC7".to_owned()),
        ..Input::default()
    };
    let error = plan(CHOSEN, &mut input, &[], ChecksumSettings::default()).unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with("algorithm: unsupported checksum algorithm \"CRC7\""),
        "{text}"
    );
    assert!(text.contains("CRC64NVME, MD5, SHA1"), "{text}");
}

/// Returns the body in chunks, as it is sent, after its length has been compared with the announced one.
async fn chunked(body: Body) -> (HeaderMap, Bytes) {
    let mut input = Input::default();
    let plan = plan(CHOSEN, &mut input, &[], ChecksumSettings::default()).unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("content-encoding", HeaderValue::from_static("gzip"));
    headers.insert("content-length", HeaderValue::from_static("17"));
    let body = plan.sum(&headers).unwrap().in_trailer(body, &mut headers);
    let announced = http_body::Body::size_hint(&body).exact();
    let sent = body.collect(usize::MAX).await.unwrap();
    if let Some(announced) = announced {
        assert_eq!(sent.len() as u64, announced);
    }
    (headers, sent)
}

#[tokio::test]
async fn a_trailer_follows_chunks_whose_length_is_known_beforehand() {
    let (headers, sent) = chunked(Body::from_bytes("123456789")).await;
    assert_eq!(
        sent,
        "9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n"
    );
    assert_eq!(headers["content-encoding"], "gzip, aws-chunked");
    assert_eq!(headers["x-amz-trailer"], "x-amz-checksum-crc32");
    assert_eq!(headers["x-amz-decoded-content-length"], "9");
    assert!(!headers.contains_key("content-length"));

    let (headers, sent) = chunked(Body::empty()).await;
    assert_eq!(sent, "0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n");
    assert_eq!(headers["x-amz-decoded-content-length"], "0");
}

#[tokio::test]
async fn long_bodies_come_in_chunks_of_one_length() {
    const FULL: usize = 64 << 10;
    for (length, chunks) in [
        (FULL - 1, vec![FULL - 1]),
        (FULL, vec![FULL]),
        (FULL + 1, vec![FULL, 1]),
        (3 * FULL, vec![FULL; 3]),
    ] {
        let whole = vec![b'a'; length];
        // The body is sent as one piece of known length, and as small pieces of unknown length.
        let pieces: Vec<_> = whole.chunks(1_000).map(<[u8]>::to_vec).collect();
        for body in [
            Body::from_bytes(whole.clone()),
            Body::from_stream(Pieces(pieces)),
        ] {
            let (_, sent) = chunked(body).await;
            let mut rest = &sent[..];
            for chunk in &chunks {
                let head = format!("{chunk:x}\r\n");
                assert!(rest.starts_with(head.as_bytes()), "{length}");
                rest = &rest[head.len() + chunk..];
                rest = rest.strip_prefix(b"\r\n").unwrap();
            }
            assert!(rest.starts_with(b"0\r\nx-amz-checksum-crc32:"), "{length}");
        }
    }
}

/// A body in pieces, whose length is unknown.
struct Pieces(Vec<Vec<u8>>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, BoxError>>> {
        let next = (!self.0.is_empty()).then(|| self.0.remove(0));
        std::task::Poll::Ready(next.map(|piece| Ok(http_body::Frame::data(piece.into()))))
    }
}

#[tokio::test]
async fn a_length_that_only_the_caller_knows_stands_for_the_decoded_length() {
    let (headers, _) = chunked(Body::from_stream(Pieces(vec![b"abc".to_vec()]))).await;
    assert_eq!(headers["x-amz-decoded-content-length"], "17");
}

#[tokio::test]
async fn a_response_is_compared_by_what_came_with_it_where_that_was_asked_for() {
    let supported = ChecksumSettings::default();
    let required = ChecksumSettings::when_required();
    let right = ("x-amz-checksum-crc32", "y/Q5Jg==");
    let wrong = ("x-amz-checksum-sha256", "AAAA");
    let enabled = Some("ENABLED");
    for (mode, settings, headers, compared, agrees) in [
        (None, supported, vec![right], 1, true),
        (enabled, required, vec![right], 1, true),
        (enabled, required, vec![right, wrong], 2, false),
        (None, supported, vec![wrong], 1, false),
        (None, required, vec![wrong], 0, true),
        (Some("OFF"), supported, vec![wrong], 0, true),
        // One is not in the list of the model, and one is a checksum of checksums.
        (
            enabled,
            supported,
            vec![("x-amz-checksum-crc32c", "AAAA")],
            0,
            true,
        ),
        (
            enabled,
            supported,
            vec![("x-amz-checksum-crc32", "AAAAAA==-2")],
            0,
            true,
        ),
        (enabled, supported, vec![], 0, true),
    ] {
        let mut input = Input {
            mode: mode.map(str::to_owned),
            ..Input::default()
        };
        let plan = plan(VALIDATED, &mut input, &[], settings).unwrap();
        let case = format!("{mode:?} {settings:?} {headers:?}");
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(name, HeaderValue::from_static(value));
        }
        let check = plan.check(&map);
        assert_eq!(check.algorithms().len(), compared, "{case}");
        let whole = check.of_bytes(&Bytes::from_static(b"123456789"));
        assert_eq!(whole.is_ok(), agrees, "{case}");
        let pieces = Pieces(vec![b"1234".to_vec(), b"56789".to_vec()]);
        let stream = plan.check(&map).of_stream(Body::from_stream(pieces));
        let read = crate::http::byte_stream::ByteStream::from(stream)
            .collect()
            .await;
        assert_eq!(read.is_ok(), agrees, "{case}");
    }
}

#[test]
fn a_body_that_disagrees_is_reported_with_both_checksums() {
    let plan = plan(
        VALIDATED,
        &mut Input::default(),
        &[],
        ChecksumSettings::default(),
    )
    .unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("x-amz-checksum-crc32", HeaderValue::from_static("AAAAAA=="));
    let error = plan
        .check(&headers)
        .of_bytes(&Bytes::from_static(b"123456789"))
        .unwrap_err();
    assert!(matches!(error, BodyError::Checksum(_)));
    assert_eq!(
        error.to_string(),
        "CRC32 mismatch: the body has y/Q5Jg==, and x-amz-checksum-crc32 is AAAAAA=="
    );
}

#[test]
fn settings_begin_as_those_of_other_sdks() {
    let settings = ChecksumSettings::default();
    assert_eq!(settings.requests, RequestChecksumCalculation::WhenSupported);
    assert_eq!(settings.answers, ResponseChecksumValidation::WhenSupported);
    assert_eq!(
        format!("{:?}", Hasher::new(ChecksumAlgorithm::Crc32)),
        "Hasher(CRC32)"
    );
}
