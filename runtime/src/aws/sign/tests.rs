//! Compares signatures with those of aws-sigv4: both set the same headers on any request.

#[cfg(feature = "sigv4a")]
mod in_all_regions;
#[cfg(feature = "presigning")]
mod in_query;

use super::{Payload, Scope, SigningKeys, sign_request};
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings,
    UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use http::HeaderMap;
use proptest::prelude::*;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

/// The keys are shared by all cases, so that each case finds the keys of others.
static KEYS: LazyLock<SigningKeys> = LazyLock::new(SigningKeys::default);

fn scope(seconds: i64) -> Scope<'static> {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let time = if seconds < 0 {
        SystemTime::UNIX_EPOCH - distance
    } else {
        SystemTime::UNIX_EPOCH + distance
    };
    Scope {
        region: "eu-west-1",
        service: "thing",
        time,
    }
}

fn bytes(body: &[u8]) -> Payload {
    Payload::Bytes(bytes::Bytes::copy_from_slice(body))
}

fn payload() -> impl Strategy<Value = Payload> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200).prop_map(|body| bytes(&body)),
        "[0-9a-f]{64}".prop_map(Payload::Sha256),
        Just(Payload::Unsigned),
        Just(Payload::UnsignedWithTrailer),
    ]
}

fn parts(method: &str, uri: &str, headers: &[(String, String)]) -> http::request::Parts {
    let mut builder = http::Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        builder = builder.header(name, value);
    }
    builder.body(()).unwrap().into_parts().0
}

/// Returns the headers of a request that aws-sigv4 signed.
fn signed_by_aws_sigv4(
    mut request: http::request::Parts,
    payload: &Payload,
    credentials: &Credentials,
    scope: Scope<'_>,
) -> HeaderMap {
    let identity = credentials.clone().into();
    let mut settings = SigningSettings::default();
    if payload.announcement().is_some() {
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    }
    if scope.service == "s3" {
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    }
    let params = SigningParams::builder()
        .identity(&identity)
        .region(scope.region)
        .name(scope.service)
        .time(scope.time)
        .settings(settings)
        .build()
        .unwrap()
        .into();
    let headers = request.headers.iter();
    let headers = headers.filter_map(|(name, value)| {
        Some((name.as_str(), std::str::from_utf8(value.as_bytes()).ok()?))
    });
    let body = match payload {
        Payload::Bytes(bytes) => SignableBody::Bytes(bytes),
        Payload::Sha256(digest) => SignableBody::Precomputed(digest.clone()),
        Payload::Unsigned => SignableBody::UnsignedPayload,
        Payload::UnsignedWithTrailer => SignableBody::StreamingUnsignedPayloadTrailer,
    };
    let uri = request.uri.to_string();
    let signable = SignableRequest::new(request.method.as_str(), &uri, headers, body).unwrap();
    let (instructions, _) = sign(signable, &params).unwrap().into_parts();
    for (name, value) in instructions.headers() {
        let name = http::HeaderName::from_bytes(name.as_bytes()).unwrap();
        request.headers.insert(name, value.parse().unwrap());
    }
    request.headers
}

fn assert_same(
    request: http::request::Parts,
    payload: Payload,
    token: Option<String>,
    scope: Scope<'_>,
) {
    let credentials = Credentials::new("AKIDEXAMPLE", "secret/+key", token, None, "test");
    assert_same_with(request, payload, credentials, scope, &KEYS);
}

fn assert_same_with(
    request: http::request::Parts,
    payload: Payload,
    credentials: Credentials,
    scope: Scope<'_>,
    keys: &SigningKeys,
) {
    let expected = signed_by_aws_sigv4(request.clone(), &payload, &credentials, scope);
    let mut ours = request;
    sign_request(&mut ours, payload, &credentials, scope, keys).unwrap();
    assert_eq!(ours.headers, expected, "{} {}", ours.method, ours.uri);
}

#[test]
fn signatures_are_those_of_aws_sigv4_in_corner_cases() {
    let headers = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    };
    let table: &[(&str, &[(&str, &str)])] = &[
        ("https://h.example", &[]),
        ("https://h.example:443/a", &[]),
        ("http://h.example:80/a", &[]),
        ("http://h.example:443/a", &[("host", "other.example")]),
        ("http://127.0.0.1:4577/tags/arn%3Aaws%3Ax%2Fy", &[]),
        ("https://h/a/./b/../c//d/..", &[]),
        ("https://h/../..", &[]),
        ("https://h/a/.", &[]),
        ("https://h/a?b=2&b=1&a=%20+x&c&&=", &[]),
        ("https://h/a?%C3%BC=%FF", &[]),
        (
            "https://h/a",
            &[("x-b", "  two   words "), ("x-b", "again"), ("x-a", "")],
        ),
        (
            "https://h/a",
            &[
                ("user-agent", "u"),
                ("x-amzn-trace-id", "t"),
                ("authorization", "old"),
            ],
        ),
        (
            "https://h/a",
            &[("x-amz-date", "yesterday"), ("x-amz-security-token", "old")],
        ),
        ("https://h/a", &[("x-tab", "a\t b")]),
    ];
    for (uri, pairs) in table {
        for token in [None, Some("token".to_owned())] {
            // Without a token in the credentials, the old header remains in both requests.
            let request = parts("POST", uri, &headers(pairs));
            let usual = scope(1_440_938_160);
            assert_same(request.clone(), bytes(b"{}"), token.clone(), usual);
            // S3 signs the path as it is sent, and requires the digest in a header.
            let s3 = Scope {
                service: "s3",
                ..usual
            };
            assert_same(request, bytes(b"{}"), token, s3);
        }
    }
}

#[test]
fn a_key_serves_for_its_own_secret_day_region_and_service_only() {
    let keys = SigningKeys::default();
    let first = scope(1_440_938_160);
    let tomorrow = scope(1_440_938_160 + 86_400);
    let elsewhere = Scope {
        region: "us-east-1",
        ..first
    };
    let another = Scope {
        service: "other",
        ..first
    };
    // Each row differs from the previous one in one value.
    let table = [
        ("secret", first),
        ("secret", scope(1_440_938_161)),
        ("other", first),
        ("other", elsewhere),
        ("other", first),
        ("other", another),
        ("other", first),
        ("other", tomorrow),
        ("secret", tomorrow),
    ];
    for (secret, scope) in table {
        let credentials = Credentials::new("AKIDEXAMPLE", secret, None, None, "test");
        let request = parts("GET", "https://h/a", &[]);
        assert_same_with(request, bytes(b""), credentials, scope, &keys);
    }
}

#[test]
fn header_values_beyond_ascii_are_signed_as_utf8() {
    let mut request = parts("GET", "https://h/a", &[]);
    let value = http::HeaderValue::from_bytes("né  zoë".as_bytes()).unwrap();
    request.headers.insert("x-name", value);
    assert_same(request.clone(), bytes(b""), None, scope(0));
    assert!(signed(request).unwrap().contains("x-name"));
}

#[test]
fn a_header_value_that_cannot_be_signed_is_an_error_that_names_the_header() {
    let mut request = parts("GET", "https://h/a", &[]);
    let value = http::HeaderValue::from_bytes(b"hush\xff").unwrap();
    request.headers.insert("x-bytes", value);
    let error = signed(request).unwrap_err();
    assert_eq!(error, "header x-bytes: the value is not UTF-8");
}

#[test]
fn tabs_around_a_header_value_are_not_signed() {
    let with = |value| signed(parts("GET", "https://h/a", &[("x-a".to_owned(), value)])).unwrap();
    assert_eq!(with("\t a \t".to_owned()), with("a".to_owned()));
}

/// Returns the `Authorization` header of a request.
fn signed(mut request: http::request::Parts) -> Result<String, String> {
    let credentials = Credentials::new("AKID", "secret", None, None, "test");
    let signed = sign_request(&mut request, bytes(b""), &credentials, scope(0), &KEYS);
    signed.map_err(|error| error.to_string())?;
    Ok(request.headers["authorization"]
        .to_str()
        .unwrap()
        .to_owned())
}

proptest! {
    #[test]
    fn signatures_are_those_of_aws_sigv4(
        method in "GET|POST|PUT|DELETE|PATCH",
        path in "(/[a-zA-Z0-9._~:@!$'()*,;=%2F-]{0,8}){0,4}",
        query in proptest::option::of("[a-zA-Z0-9._~+&=%41-]{0,24}"),
        headers in prop::collection::vec(("x-[a-c]{1,2}", "[ -~]{0,12}"), 0..5),
        payload in payload(),
        token in proptest::option::of("[A-Za-z0-9+/=]{1,20}"),
        seconds in -2_000_000_000_i64..200_000_000_000,
    ) {
        // In a URI, a percent sign is always followed by two digits.
        let fixed = |text: String| text.replace('%', "%2F");
        let query = query.map_or(String::new(), |query| format!("?{}", fixed(query)));
        let uri = format!("https://h.example{}{query}", fixed(path));
        assert_same(parts(&method, &uri, &headers), payload, token, scope(seconds));
    }
}
