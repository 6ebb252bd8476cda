//! Tests of Smithy RPC v2 JSON and CBOR: the operation is in the path, everything else is in the body.

use crate::shapes::{Check, Coded, Failure, Nothing, Read, answer, request};
use smithy_reqwest::operation::Operation;
#[cfg(feature = "cbor")]
use smithy_reqwest::protocol::RpcV2Cbor;
use smithy_reqwest::protocol::{RpcV2Json, ServiceSchema};
use smithy_reqwest::server::{ServerProtocol, ServiceError, ServiceStyle};

const PROTOCOL: (&str, &str) = ("smithy-protocol", "rpc-v2-json");
const JSON: (&str, &str) = ("content-type", "application/json");
const READ: &str = "/service/Test/operation/Read";

/// Each protocol with its name in the header, and the name of the other.
const PROTOCOLS: &[(&dyn ServerProtocol, &str, &str)] = &[
    (&RpcV2Json::PLAIN, "rpc-v2-json", "rpc-v2-cbor"),
    #[cfg(feature = "cbor")]
    (&RpcV2Cbor::PLAIN, "rpc-v2-cbor", "rpc-v2-json"),
];

#[test]
fn a_request_is_for_the_operation_of_its_path_if_its_header_names_the_protocol() {
    for &(protocol, own, other) in PROTOCOLS {
        let (own, other) = (("smithy-protocol", own), ("smithy-protocol", other));
        for (path, headers, expected) in [
            (READ, &[own][..], true),
            ("/v1/service/Test/operation/Read", &[own], true),
            (READ, &[], false),
            (READ, &[other], false),
            ("/service/Other/operation/Read", &[own], false),
            ("/service/Test/operation/Check", &[own], false),
            ("/service/service/Test/operation/Read", &[own], true),
            (
                "/service/operation/service/Test/operation/Read",
                &[own],
                true,
            ),
            ("/service/shapes#Test/operation/Read", &[own], false),
            ("/service/Test/operation/shapes.Read", &[own], false),
            ("/service/Test/operation/Read/", &[own], false),
            ("/services/Test/operation/Read", &[own], false),
            ("/service/Test/operations/Read", &[own], false),
            ("/Test/operation/Read", &[own], false),
            ("/", &[own], false),
        ] {
            let (head, body) = request(path, headers, "").into_parts();
            let labels = protocol.matches(Read::service(), Read::schema(), &head, &body);
            assert_eq!(labels.is_some(), expected, "{path} {headers:?}");
        }
    }
}

#[test]
fn cbor_services_also_accept_the_absolute_id_of_the_service_and_json_services_must_not() {
    static NAMED: ServiceSchema =
        ServiceSchema::new("Test", "", "1", "", "", &RpcV2Json::PLAIN, "").namespace("com.example");
    static SAME: ServiceSchema =
        ServiceSchema::new("service", "", "1", "", "", &RpcV2Json::PLAIN, "").namespace("service");
    for &(protocol, own, _) in PROTOCOLS {
        let is_cbor = own == "rpc-v2-cbor";
        for (service, name, expected) in [
            (&NAMED, "Test", true),
            (&NAMED, "com.example.Test", is_cbor),
            (&NAMED, "com.example#Test", false),
            (&NAMED, "example.Test", false),
            (&NAMED, "com.exampleTest", false),
            (&NAMED, ".Test", false),
            (&NAMED, "com.example.Other", false),
            (&SAME, "service", true),
            (&SAME, "service.service", is_cbor),
            (Read::service(), ".Test", false),
        ] {
            let path = format!("/v1/service/{name}/operation/Read");
            let (head, body) = request(&path, &[("smithy-protocol", own)], "").into_parts();
            let labels = protocol.matches(service, Read::schema(), &head, &body);
            assert_eq!(labels.is_some(), expected, "{own} {path}");
        }
    }
}

#[test]
fn requests_with_the_headers_of_other_protocols_for_the_operation_are_rejected() {
    for &(protocol, name, _) in PROTOCOLS {
        for header in ["x-amz-target", "X-Amzn-Target"] {
            let headers = [("smithy-protocol", name), (header, "Test.Read")];
            let asked = request(READ, &headers, "");
            let response = answer::<Read>(protocol, ServiceStyle::Smithy, asked, |_| {
                panic!("{name} {header}")
            });
            assert_eq!(response.status(), 404, "{name} {header}");
        }
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
