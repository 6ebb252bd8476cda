//! Fuzzes successful responses: any body gives an output that can be printed, or an error.
#![no_main]

use appflow_sdk::operation::describe_connector_profiles::DescribeConnectorProfilesOutput;
use appflow_sdk::operation::describe_flow::DescribeFlowOutput;
use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use smithy_reqwest::protocol::{Protocol, RestJson1};
use smithy_reqwest::schema::OperationSchema;
use smithy_reqwest::shape::{Shape, Structure};

static OPERATION: OperationSchema = OperationSchema::new("Fuzzed", "POST", &[]);

fn read<T: Shape + Structure + std::fmt::Debug>(body: &Bytes) {
    let (head, ()) = http::Response::new(()).into_parts();
    let mut output = T::empty();
    match RestJson1.read_response(&OPERATION, &head, body, &mut output) {
        Ok(()) => {
            let _ = format!("{output:?}");
        }
        Err(error) => {
            let _ = error.to_string();
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let body = Bytes::copy_from_slice(bytes);
    read::<DescribeFlowOutput>(&body);
    read::<DescribeConnectorProfilesOutput>(&body);
});
