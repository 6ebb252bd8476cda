//! Tests of AWS JSON: the operation is in a header, everything else is in the body.

use crate::shapes::{Check, Coded, Failure, Nothing, Read, V1_0, answer, request};
use smithy_reqwest::operation::Operation;
use smithy_reqwest::protocol::AwsJson;
use smithy_reqwest::server::{ServerProtocol, ServiceError, ServiceStyle};

const TARGET: (&str, &str) = ("x-amz-target", "Test.Read");
const JSON: (&str, &str) = ("content-type", "application/x-amz-json-1.0");

#[test]
fn a_request_is_for_the_operation_that_its_header_names() {
    for (target, headers, expected) in [
        ("/", &[TARGET][..], true),
        ("/", &[("x-amz-target", "Other.Read")], false),
        ("/", &[("x-amz-target", "Test.Read.Read")], false),
        ("/", &[("x-amz-target", "TestX.Read")], false),
        ("/", &[("x-amz-target", ".Read")], false),
        ("/", &[("x-amz-target", "")], false),
        ("/", &[("x-amz-target", "Test.Check")], false),
        ("/", &[("x-amz-target", "Read")], false),
        ("/", &[], false),
        ("/read", &[TARGET], false),
    ] {
        let (head, body) = request(target, headers, "").into_parts();
        let labels = V1_0.matches(Read::service(), Read::schema(), &head, &body);
        assert_eq!(labels.is_some(), expected, "{target} {headers:?}");
    }
}

#[test]
fn a_request_for_another_service_or_operation_is_answered_with_unknown_operation() {
    for target in ["Other.Read", "Test.Write", "Read", ""] {
        let asked = request("/", &[("x-amz-target", target), JSON], r#"{"text": "a"}"#);
        let response = answer::<Read>(V1_0, ServiceStyle::Aws, asked, |_| panic!("{target}"));
        assert_eq!(response.status(), 400, "{target}");
        let document: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(document["__type"], "UnknownOperationException", "{target}");
    }
}

#[test]
fn outputs_and_errors_are_documents_and_errors_name_their_code() {
    let served = |output: Result<Coded, ServiceError>| {
        let asked = request("/", &[TARGET, JSON], r#"{"text": "a"}"#);
        answer::<Read>(V1_0, ServiceStyle::Smithy, asked, |input| {
            assert_eq!(input.text.as_deref(), Some("a"));
            output
        })
    };
    let text = Some("b".to_owned());
    let response = served(Ok(Coded { status: None, text }));
    assert_eq!(response.body(), r#"{"text":"b"}"#);
    assert_eq!(
        response.headers()["content-type"],
        "application/x-amz-json-1.0"
    );
    let plain = served(Err(ServiceError::new("Conflict", 409, "m")));
    assert_eq!(plain.status(), 409);
    assert_eq!(plain.body(), r#"{"__type":"Conflict","message":"m"}"#);
    let failure = Failure {
        message: None,
        after: None,
    };
    let modeled = served(Err(ServiceError::modeled("Failure", 400, &failure)));
    assert_eq!(modeled.body(), r#"{"__type":"test#Failure"}"#);
    let asked = request("/", &[TARGET], "");
    let modeled = answer::<Read>(&AwsJson::V1_1, ServiceStyle::Smithy, asked, |_| {
        Err(ServiceError::modeled("Failure", 400, &failure))
    });
    assert_eq!(modeled.body(), r#"{"__type":"Failure"}"#);
}

#[test]
fn requests_are_rejected_as_in_rest_json() {
    let check = ("x-amz-target", "Test.Check");
    for (headers, body, status, code) in [
        (&[check, JSON][..], "{}", 202, None),
        (
            &[check, ("content-type", "application/json")],
            "{}",
            415,
            Some("UnsupportedMediaTypeException"),
        ),
        (
            &[check, JSON, ("accept", "text/html")],
            "{}",
            406,
            Some("NotAcceptableException"),
        ),
        (&[check, JSON], "[]", 400, Some("SerializationException")),
        (
            &[check, JSON],
            r#"{"text": "a"}"#,
            400,
            Some("smithy.framework#ValidationException"),
        ),
    ] {
        let asked = request("/", headers, body);
        let response = answer::<Check>(V1_0, ServiceStyle::Smithy, asked, |_| Ok(Nothing {}));
        assert_eq!(response.status().as_u16(), status, "{headers:?} {body}");
        let document: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(document["__type"].as_str(), code, "{document}");
    }
}
