//! Compares signatures by SigV4A with those of aws-sigv4, in headers and in queries.

use super::super::sign_request_v4a;
use super::{bytes, parts, scope};
use crate::aws::sign::Scope;
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings,
    UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4a;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn signatures_by_sigv4a_are_those_of_aws_sigv4(
        method in "GET|POST|PUT",
        path in "(/[a-zA-Z0-9._~-]{1,8}){1,3}",
        headers in prop::collection::vec(("x-[a-c]{1,2}", "[ -~]{0,12}"), 0..4),
        body in prop::collection::vec(any::<u8>(), 0..50),
        token in proptest::option::of("[A-Za-z0-9+/=]{1,20}"),
        seconds in 0..4_000_000_000_i64,
        service in "s3|events",
        regions in "\\*|us-east-1,eu-west-1",
        key in "[A-Z0-9]{16,20}",
    ) {
        let request = parts(&method, &format!("https://h.example{path}"), &headers);
        let scope = Scope { service: &service, ..scope(seconds) };
        let credentials = Credentials::new(key, "secret/+key", token, None, "test");
        let identity = credentials.clone().into();
        let mut settings = SigningSettings::default();
        if service == "s3" {
            settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
            settings.percent_encoding_mode = PercentEncodingMode::Single;
            settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        }
        let params = v4a::SigningParams::builder()
            .identity(&identity)
            .region_set(&regions)
            .name(&service)
            .time(scope.time)
            .settings(settings)
            .build()
            .unwrap()
            .into();
        let uri = request.uri.to_string();
        let signed = request.headers.iter();
        let signed = signed.map(|(name, value)| (name.as_str(), value.to_str().unwrap()));
        let signable = SignableRequest::new(&method, &uri, signed, SignableBody::Bytes(&body)).unwrap();
        let (instructions, _) = sign(signable, &params).unwrap().into_parts();
        let mut expected = request.headers.clone();
        for (name, value) in instructions.headers() {
            let name = http::HeaderName::from_bytes(name.as_bytes()).unwrap();
            expected.insert(name, value.parse().unwrap());
        }
        let mut ours = request;
        sign_request_v4a(&mut ours, bytes(&body), &credentials, scope, &regions).unwrap();
        prop_assert_eq!(ours.headers, expected);
    }
}

#[cfg(feature = "presigning")]
#[test]
fn a_signature_by_sigv4a_in_a_query_is_that_of_aws_sigv4() {
    use super::super::presign_v4a;
    use super::in_query::{meaning, settings, signed_by_aws_sigv4};

    let week = std::time::Duration::from_secs(604_800);
    let request = parts("GET", "https://h.example/a%20b?c=d", &[]);
    for token in [None, Some("token/+".to_owned())] {
        let credentials = Credentials::new("AKIDEXAMPLE", "secret", token, None, "test");
        let identity = credentials.clone().into();
        let scope = Scope {
            service: "s3",
            ..scope(1_440_938_160)
        };
        let params = v4a::SigningParams::builder()
            .identity(&identity)
            .region_set("*")
            .name("s3")
            .time(scope.time)
            .settings(settings("s3", week))
            .build()
            .unwrap()
            .into();
        let expected = signed_by_aws_sigv4(&request, &bytes(b""), "s3", &params);
        let mut ours = request.clone();
        presign_v4a(&mut ours, bytes(b""), &credentials, scope, week, "*").unwrap();
        assert_eq!(meaning(&ours.uri.to_string()), meaning(&expected));
    }
}
