//! EC2 Query, by `aws.protocols#ec2Query`: requests are forms posted to one path, with names of their own, and
//! responses are XML documents.

use super::{Protocol, RuntimeProtocol, xml};
use smithy_model::Shape;

/// The protocol.
#[derive(Debug)]
pub(super) struct Ec2Query;

impl Protocol for Ec2Query {
    fn trait_id(&self) -> &str {
        "aws.protocols#ec2Query"
    }

    fn runtime(&self, _: &Shape) -> RuntimeProtocol {
        RuntimeProtocol::new("smithy_reqwest::protocol::Ec2Query")
    }

    fn runtime_feature(&self) -> Option<&'static str> {
        Some(xml::FEATURE)
    }

    fn botocore_name(&self) -> Option<&str> {
        Some("ec2")
    }

    fn carried_traits(&self) -> &[&str] {
        const TRAITS: [&str; 5] = xml::traits_and("aws.protocols#ec2QueryName");
        &TRAITS
    }
}
