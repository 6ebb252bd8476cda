//! Compares signatures in queries with those of aws-sigv4: both add the same parameters to any request.

use super::super::presign;
use super::{KEYS, bytes, parts, payload, scope};
use crate::aws::sign::{Payload, Scope};
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningParams,
    SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
use proptest::prelude::*;
use std::time::Duration;

/// Returns the settings of signatures in queries.
pub(super) fn settings(service: &str, valid_for: Duration) -> SigningSettings {
    let mut settings = SigningSettings::default();
    settings.signature_location = SignatureLocation::QueryParams;
    settings.expires_in = Some(valid_for);
    if service == "s3" {
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    }
    settings
}

/// Returns the URL of a request that aws-sigv4 signed.
pub(super) fn signed_by_aws_sigv4(
    request: &http::request::Parts,
    payload: &Payload,
    service: &str,
    params: &SigningParams<'_>,
) -> String {
    let headers = request.headers.iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.to_str().unwrap()));
    let body = match payload {
        _ if service == "s3" => SignableBody::UnsignedPayload,
        Payload::Bytes(bytes) => SignableBody::Bytes(bytes),
        Payload::Sha256(digest) => SignableBody::Precomputed(digest.clone()),
        Payload::Unsigned | Payload::UnsignedWithTrailer => SignableBody::UnsignedPayload,
    };
    let uri = request.uri.to_string();
    let signable = SignableRequest::new(request.method.as_str(), &uri, headers, body).unwrap();
    let (instructions, _) = sign(signable, params).unwrap().into_parts();
    let mut signed = http::Request::get(&uri).body(()).unwrap();
    instructions.apply_to_request_http1x(&mut signed);
    signed.uri().to_string()
}

/// Returns the parameters of a URL, sorted and decoded, and the rest of it.
pub(super) fn meaning(uri: &str) -> (String, Vec<String>) {
    let (rest, query) = uri.split_once('?').unwrap_or((uri, ""));
    let decoded = |part: &str| {
        let text = part.replace('+', "%20");
        let text = percent_encoding::percent_decode_str(&text);
        text.decode_utf8_lossy().into_owned()
    };
    let parts = query.split('&').filter(|part| !part.is_empty());
    let mut parts: Vec<_> = parts.map(decoded).collect();
    parts.sort();
    (rest.to_owned(), parts)
}

fn assert_same(
    request: http::request::Parts,
    payload: Payload,
    token: Option<String>,
    scope: Scope<'_>,
    valid_for: Duration,
) {
    let credentials = Credentials::new("AKIDEXAMPLE", "secret/+key", token, None, "test");
    let identity = credentials.clone().into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(scope.region)
        .name(scope.service)
        .time(scope.time)
        .settings(settings(scope.service, valid_for))
        .build()
        .unwrap()
        .into();
    let expected = signed_by_aws_sigv4(&request, &payload, scope.service, &params);
    let mut ours = request;
    presign(&mut ours, payload, &credentials, scope, valid_for, &KEYS).unwrap();
    assert_eq!(meaning(&ours.uri.to_string()), meaning(&expected));
}

#[test]
fn a_signature_in_a_query_is_the_last_parameter_and_follows_those_of_the_request() {
    let mut request = parts("GET", "https://h.example/a?b=c", &[]);
    let credentials = Credentials::new("AKID", "secret", Some("t".to_owned()), None, "test");
    let hour = Duration::from_secs(3600);
    presign(
        &mut request,
        bytes(b""),
        &credentials,
        scope(0),
        hour,
        &KEYS,
    )
    .unwrap();
    let names: Vec<_> = request.uri.query().unwrap().split('&').collect();
    let names: Vec<_> = names
        .iter()
        .map(|part| part.split('=').next().unwrap())
        .collect();
    let expected = [
        "b",
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Date",
        "X-Amz-Expires",
        "X-Amz-SignedHeaders",
        "X-Amz-Security-Token",
        "X-Amz-Signature",
    ];
    assert_eq!(names, expected);
    assert!(request.headers.is_empty());
}

proptest! {
    #[test]
    fn signatures_in_queries_are_those_of_aws_sigv4(
        method in "GET|PUT|HEAD|DELETE",
        path in "(/[a-zA-Z0-9._~:@!$'()*,;=%2F-]{0,8}){1,4}",
        query in proptest::option::of("[a-zA-Z0-9._~&=-]{0,24}"),
        headers in prop::collection::vec(("x-[a-c]{1,2}", "[ -~]{0,12}"), 0..4),
        payload in payload(),
        token in proptest::option::of("[A-Za-z0-9+/=]{1,20}"),
        seconds in 0..4_000_000_000_i64,
        service in "s3|polly|sts",
        valid_for in 1..604_801_u64,
    ) {
        // In a URI, a percent sign is always followed by two digits.
        let path = path.replace('%', "%2F");
        let query = query.map_or(String::new(), |query| format!("?{query}"));
        let request = parts(&method, &format!("https://h.example{path}{query}"), &headers);
        let scope = Scope { service: &service, ..scope(seconds) };
        assert_same(request, payload, token, scope, Duration::from_secs(valid_for));
    }
}
