//! Tests of services that once used awsQuery: their error responses also contain the codes of that protocol.

use crate::shapes::{Failure, Read, answer, request};
use http::HeaderMap;
use smithy_reqwest::operation::Operation;
#[cfg(feature = "cbor")]
use smithy_reqwest::protocol::RpcV2Cbor;
use smithy_reqwest::protocol::{AwsJson, Protocol, RpcV2Json};
use smithy_reqwest::schema::{CarriedTraits, CarriedValue, StructureSchema};
use smithy_reqwest::server::{ServerProtocol, ServiceError, ServiceStyle};
use smithy_reqwest::shape::{Shape, Slot, Structure, Value};

/// An error with a code of its own in awsQuery.
#[derive(Clone, PartialEq)]
struct Gone {}

impl Structure for Gone {
    fn schema(&self) -> &'static StructureSchema {
        const CODE: CarriedValue = CarriedValue::Object(&[
            ("code", CarriedValue::Text("Test.Gone")),
            ("httpResponseCode", CarriedValue::Integer(410)),
        ]);
        static SCHEMA: StructureSchema = StructureSchema::new("test#Gone", "Gone", &[])
            .carries(&CarriedTraits(&[("aws.protocols#awsQueryError", CODE)]));
        &SCHEMA
    }

    fn member(&self, _: usize) -> Value<'_> {
        Value::Absent
    }

    fn member_slot(&mut self, _: usize) -> Slot<'_> {
        Slot::Ignored
    }
}

smithy_reqwest::structure!(Gone {});

/// A protocol for services that once used awsQuery, and the same for others.
trait Both: Protocol + ServerProtocol {}
impl<T: Protocol + ServerProtocol> Both for T {}
const PROTOCOLS: &[(&dyn Both, &dyn Both)] = &[
    (&AwsJson::V1_0_QUERY_COMPATIBLE, &AwsJson::V1_0),
    (&AwsJson::V1_1_QUERY_COMPATIBLE, &AwsJson::V1_1),
    (&RpcV2Json::QUERY_COMPATIBLE, &RpcV2Json::PLAIN),
    #[cfg(feature = "cbor")]
    (&RpcV2Cbor::QUERY_COMPATIBLE, &RpcV2Cbor::PLAIN),
];

/// Sends the request of a client to a service that responds with an error. Returns the header of the request, the header of
/// the response, and the code that the client reads from it.
fn told(
    protocol: &'static dyn Both,
    error: &ServiceError,
) -> (Option<String>, Option<String>, Option<String>) {
    let text = |headers: &HeaderMap, name: &str| {
        let value = headers.get(name)?.to_str();
        Some(value.unwrap().to_owned())
    };
    let input = <Read as Operation>::Input::empty();
    let parts = protocol.write_request(Read::service(), Read::schema(), &input);
    let parts = parts.unwrap();
    let mut request = http::Request::post(parts.target).body(parts.body).unwrap();
    *request.headers_mut() = parts.headers;
    let mode = text(request.headers(), "x-amzn-query-mode");
    let response = answer::<Read>(protocol, ServiceStyle::Smithy, request, |_| {
        Err(error.clone())
    });
    let (head, body) = response.into_parts();
    let code = protocol.read_error(&head, &body).query_code;
    (mode, text(&head.headers, "x-amzn-query-error"), code)
}

#[test]
fn error_responses_have_the_code_and_the_fault_of_aws_query() {
    let failure = Failure {
        message: None,
        after: None,
    };
    for (error, header) in [
        (
            ServiceError::modeled("Gone", 400, &Gone {}),
            "Test.Gone;Sender",
        ),
        (
            ServiceError::modeled("Gone", 500, &Gone {}),
            "Test.Gone;Receiver",
        ),
        (
            ServiceError::modeled("Failure", 409, &failure),
            "Failure;Sender",
        ),
        (
            ServiceError::new("InternalFailure", 503, ""),
            "InternalFailure;Receiver",
        ),
    ] {
        let code = header.split(';').next();
        for &(compatible, plain) in PROTOCOLS {
            let expected = [Some("true"), Some(header), code].map(|text| text.map(str::to_owned));
            assert_eq!(told(compatible, &error), expected.into(), "{compatible:?}");
            assert_eq!(told(plain, &error), (None, None, None), "{plain:?}");
        }
    }
}

/// The headers of a request of awsJson1_0.
const HEADERS: [(&str, &str); 2] = [
    ("x-amz-target", "Test.Read"),
    ("content-type", "application/x-amz-json-1.0"),
];

#[test]
fn requests_that_are_rejected_have_the_header_too() {
    let response = answer::<Read>(
        &AwsJson::V1_0_QUERY_COMPATIBLE,
        ServiceStyle::Smithy,
        request("/", &HEADERS, "[]"),
        |_| panic!("the body is not an object"),
    );
    assert_eq!(
        response.headers()["x-amzn-query-error"],
        "SerializationException;Sender"
    );
}

#[test]
fn an_error_code_that_is_not_a_header_value_is_only_in_the_document() {
    let response = answer::<Read>(
        &AwsJson::V1_0_QUERY_COMPATIBLE,
        ServiceStyle::Smithy,
        request("/", &HEADERS, "{}"),
        |_| Err(ServiceError::new("a\nb", 409, "")),
    );
    assert_eq!(response.status(), 409);
    assert!(!response.headers().contains_key("x-amzn-query-error"));
    assert!(!response.body().is_empty());
}
