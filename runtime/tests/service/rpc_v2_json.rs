//! Tests of Smithy RPC v2 JSON: the operation is in the path, everything else is in the body.

use crate::shapes::{Check, Coded, Failure, Nothing, Read, answer, request};
use smithy_reqwest::operation::Operation;
use smithy_reqwest::protocol::RpcV2Json;
use smithy_reqwest::server::{ServerProtocol, ServiceError, ServiceStyle};

const PROTOCOL: (&str, &str) = ("smithy-protocol", "rpc-v2-json");
const JSON: (&str, &str) = ("content-type", "application/json");
const READ: &str = "/service/Test/operation/Read";

#[test]
fn a_request_is_for_the_operation_of_its_path_if_its_header_names_the_protocol() {
    let target = ("x-amz-target", "Test.Read");
    for (path, headers, expected) in [
        (READ, &[PROTOCOL][..], true),
        ("/v1/service/Test/operation/Read", &[PROTOCOL], true),
        (READ, &[], false),
        (READ, &[("smithy-protocol", "rpc-v2-cbor")], false),
        (READ, &[PROTOCOL, target], false),
        (READ, &[PROTOCOL, ("x-amzn-target", "Test.Read")], false),
        ("/service/Other/operation/Read", &[PROTOCOL], false),
        ("/service/Test/operation/Check", &[PROTOCOL], false),
        ("/service/shapes#Test/operation/Read", &[PROTOCOL], false),
        ("/", &[PROTOCOL], false),
    ] {
        let (head, body) = request(path, headers, "").into_parts();
        let labels = RpcV2Json::PLAIN.matches(Read::service(), Read::schema(), &head, &body);
        assert_eq!(labels.is_some(), expected, "{path} {headers:?}");
    }
}

#[test]
fn outputs_and_errors_are_documents_and_errors_have_the_id_of_their_shape() {
    let served = |body: &str, output: Result<Coded, ServiceError>| {
        let asked = request(READ, &[PROTOCOL, JSON], body);
        answer::<Read>(&RpcV2Json::PLAIN, ServiceStyle::Smithy, asked, |_| output)
    };
    let text = Some("b".to_owned());
    let response = served(r#"{"text": "a"}"#, Ok(Coded { status: None, text }));
    assert_eq!(response.body(), r#"{"text":"b"}"#);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.headers()["smithy-protocol"], "rpc-v2-json");
    let plain = served("{}", Err(ServiceError::new("Conflict", 409, "m")));
    assert_eq!(plain.status(), 409);
    assert_eq!(plain.body(), r#"{"__type":"Conflict","message":"m"}"#);
    let failure = Failure {
        message: None,
        after: None,
    };
    let modeled = served("", Err(ServiceError::modeled("Failure", 400, &failure)));
    let id = smithy_reqwest::shape::Structure::schema(&failure).id;
    let document: serde_json::Value = serde_json::from_slice(modeled.body()).unwrap();
    assert_eq!(document, serde_json::json!({ "__type": id }));
}

#[test]
fn requests_are_rejected_as_in_rest_json() {
    let path = "/service/Test/operation/Check";
    for (headers, body, status, code) in [
        (&[PROTOCOL, JSON][..], "{}", 202, None),
        (&[PROTOCOL, JSON], "", 202, None),
        (
            &[PROTOCOL, ("content-type", "application/cbor")],
            "{}",
            415,
            Some("UnsupportedMediaTypeException"),
        ),
        (&[PROTOCOL, JSON], "[]", 400, Some("SerializationException")),
    ] {
        let asked = request(path, headers, body);
        let response = answer::<Check>(&RpcV2Json::PLAIN, ServiceStyle::Smithy, asked, |_| {
            Ok(Nothing {})
        });
        assert_eq!(response.status().as_u16(), status, "{headers:?} {body}");
        let document: serde_json::Value =
            serde_json::from_slice(response.body()).unwrap_or_default();
        assert_eq!(document["__type"].as_str(), code, "{document}");
    }
}
