//! Fuzzes the reader of JSON on the wire: any body is read, or refused, as serde_json reads or refuses it.
#![no_main]

use appflow_sdk::operation::create_flow::CreateFlowInput;
use appflow_sdk::operation::describe_connector_profiles::DescribeConnectorProfilesOutput;
use appflow_sdk::operation::describe_flow::DescribeFlowOutput;
use libfuzzer_sys::fuzz_target;
use smithy_reqwest::codec::readers_agree;
use smithy_reqwest::primitives::Document;

fuzz_target!(|json: &[u8]| {
    readers_agree::<DescribeFlowOutput>(json);
    readers_agree::<DescribeConnectorProfilesOutput>(json);
    readers_agree::<CreateFlowInput>(json);
    readers_agree::<Document>(json);
});
