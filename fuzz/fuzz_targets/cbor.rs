//! Fuzzes the reader of CBOR: any body gives a value or an error, and a value is the same after it is written and read again.
#![no_main]

use appflow_sdk::operation::describe_connector_profiles::DescribeConnectorProfilesOutput;
use appflow_sdk::operation::describe_flow::DescribeFlowOutput;
use appflow_sdk::types::error::{ConnectorServerException, ValidationException};
use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use smithy_reqwest::protocol::{Protocol, RpcV2Cbor, ServiceSchema};
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
    &RpcV2Cbor::PLAIN,
    "fuzz",
);

fn read<T: Shape + Structure>(body: &Bytes) -> Result<T, String> {
    let (head, ()) = http::Response::new(()).into_parts();
    let mut output = T::empty();
    RpcV2Cbor::PLAIN
        .read_response(&OPERATION, &head, body, &mut output)
        .map_err(|error| error.to_string())?;
    Ok(output)
}

fn output<T: Shape + Structure + Debug + PartialEq>(body: &Bytes) {
    let Ok(value) = read::<T>(body) else {
        return;
    };
    let shown = format!("{value:?}");
    // A time beyond the range of a double's milliseconds cannot be written.
    if let Ok(request) = RpcV2Cbor::PLAIN.write_request(&SERVICE, &OPERATION, &value) {
        let again = read::<T>(&request.body).expect("what is written can be read");
        assert!(again == value, "{shown}\n{again:?}\n{:?}", request.body);
    }
}

fuzz_target!(|bytes: &[u8]| {
    let body = Bytes::copy_from_slice(bytes);
    output::<DescribeFlowOutput>(&body);
    output::<DescribeConnectorProfilesOutput>(&body);
    let (head, ()) = http::Response::new(()).into_parts();
    for protocol in [RpcV2Cbor::PLAIN, RpcV2Cbor::QUERY_COMPATIBLE] {
        let _ = protocol.read_error(&head, &body);
        protocol.read_error_members(&head, &body, &mut ValidationException::empty());
        protocol.read_error_members(&head, &body, &mut ConnectorServerException::empty());
    }
});
