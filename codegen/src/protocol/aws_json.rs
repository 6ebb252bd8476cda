//! AWS JSON 1.0 and 1.1, by `aws.protocols#awsJson1_0` and `aws.protocols#awsJson1_1`: JSON documents, posted to one
//! path. Both ignore `smithy.api#jsonName`.

use super::{Protocol, RuntimeProtocol, query_compatible};
use smithy_model::Shape;

/// A version of the protocol.
#[derive(Debug)]
pub(super) struct AwsJson {
    trait_id: &'static str,
    constant: &'static str,
    /// The constant for services that once used awsQuery.
    query_compatible: &'static str,
}

pub(super) static V1_0: AwsJson = AwsJson {
    trait_id: "aws.protocols#awsJson1_0",
    constant: "V1_0",
    query_compatible: "V1_0_QUERY_COMPATIBLE",
};

pub(super) static V1_1: AwsJson = AwsJson {
    trait_id: "aws.protocols#awsJson1_1",
    constant: "V1_1",
    query_compatible: "V1_1_QUERY_COMPATIBLE",
};

impl Protocol for AwsJson {
    fn trait_id(&self) -> &str {
        self.trait_id
    }

    fn runtime(&self, service: &Shape) -> RuntimeProtocol {
        let constant = match query_compatible::is_query_compatible(service) {
            true => self.query_compatible,
            false => self.constant,
        };
        RuntimeProtocol::new("smithy_reqwest::protocol::AwsJson").constant(constant)
    }

    fn has_event_streams(&self) -> bool {
        true
    }

    fn botocore_name(&self) -> Option<&str> {
        Some("json")
    }

    fn carried_traits(&self) -> &[&str] {
        &[query_compatible::QUERY_ERROR]
    }
}
