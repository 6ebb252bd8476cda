//! Fuzzes the reader of XML: any body gives a value or an error, and a value is the same after it is written and read again.
#![no_main]

use appflow_sdk::operation::describe_connector_profiles::DescribeConnectorProfilesOutput;
use appflow_sdk::operation::describe_flow::DescribeFlowOutput;
use appflow_sdk::types::error::{ConnectorServerException, ValidationException};
use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use smithy_reqwest::protocol::{AwsQuery, Ec2Query, Protocol, RestXml, ServiceSchema};
use smithy_reqwest::schema::OperationSchema;
use smithy_reqwest::shape::{Shape, Structure};
use std::fmt::Debug;

static OPERATION: OperationSchema = OperationSchema::new("Fuzzed", "POST", &[]);
static SERVICE: ServiceSchema = ServiceSchema::new(
    "Fuzzed",
    "Fuzzed",
    "1",
    "fuzzed",
    "fuzzed",
    &RestXml::WRAPPED_ERRORS,
    "fuzz",
);

fn read<T: Shape + Structure>(protocol: &dyn Protocol, body: &Bytes) -> Result<T, String> {
    let (head, ()) = http::Response::new(()).into_parts();
    let mut output = T::empty();
    protocol
        .read_response(&OPERATION, &head, body, &mut output)
        .map_err(|error| error.to_string())?;
    Ok(output)
}

fn output<T: Shape + Structure + Debug + PartialEq>(body: &Bytes) {
    let _ = read::<T>(&AwsQuery, body);
    let _ = read::<T>(&Ec2Query, body);
    let Ok(value) = read::<T>(&RestXml::WRAPPED_ERRORS, body) else {
        return;
    };
    let shown = format!("{value:?}");
    // A time beyond the years of a text cannot be written.
    if let Ok(request) = RestXml::WRAPPED_ERRORS.write_request(&SERVICE, &OPERATION, &value) {
        let again = read::<T>(&RestXml::WRAPPED_ERRORS, &request.body);
        let again = again.expect("what is written can be read");
        assert!(again == value, "{shown}\n{again:?}\n{:?}", request.body);
    }
}

fn error(protocol: &dyn Protocol, body: &Bytes) {
    let (head, ()) = http::Response::new(()).into_parts();
    let _ = protocol.is_error(body);
    let document = protocol.read_error(&head, body);
    assert!(document.code.is_none_or(|code| !code.is_empty()));
    protocol.read_error_members(&head, body, &mut ValidationException::empty());
    protocol.read_error_members(&head, body, &mut ConnectorServerException::empty());
}

fuzz_target!(|bytes: &[u8]| {
    let body = Bytes::copy_from_slice(bytes);
    output::<DescribeFlowOutput>(&body);
    output::<DescribeConnectorProfilesOutput>(&body);
    error(&RestXml::WRAPPED_ERRORS, &body);
    error(&RestXml::BARE_ERRORS, &body);
    error(&AwsQuery, &body);
    error(&Ec2Query, &body);
});
