//! [`Protocol`]: the shapes of a service in; what a protocol makes of them in generated code out.
//!
//! One file a protocol. Another takes its file here, its `mod` line and its place in [`SHIPPED`], and a file of the
//! runtime's `protocol`; nothing else in the generator knows protocols by name. One that is not shipped comes by
//! [`Options::protocols`](crate::Options::protocols).

mod aws_json;
mod aws_query;
mod ec2_query;
mod rest_json1;
mod rest_xml;
mod rpc_v2_cbor;
mod xml;

use smithy_model::known::HttpError;
use smithy_model::{Member, Shape};
use std::fmt;

/// The protocols that the runtime speaks, in order of preference.
pub const SHIPPED: &[&dyn Protocol] = &[
    &rest_json1::RestJson1,
    &aws_json::V1_1,
    &aws_json::V1_0,
    &rest_xml::RestXml,
    &aws_query::AwsQuery,
    &ec2_query::Ec2Query,
    &rpc_v2_cbor::RpcV2Cbor,
];

/// All that the generator asks of a protocol. The answers that are given here are those of a protocol that posts
/// documents with the members' own names to one path.
pub trait Protocol: fmt::Debug + Send + Sync {
    /// The trait by which a service says that it speaks it.
    fn trait_id(&self) -> &str;

    /// What speaks it in the generated crate.
    fn runtime(&self, service: &Shape) -> RuntimeProtocol;

    /// The feature of the runtime that what speaks it stands behind, so that only its clients build what it depends on.
    fn runtime_feature(&self) -> Option<&'static str> {
        None
    }

    /// What botocore's models call it, where botocore has services that speak it.
    fn botocore_name(&self) -> Option<&str> {
        None
    }

    /// Whether operations are bound to methods and paths, and members to labels, queries, headers and the status.
    fn has_http_bindings(&self) -> bool {
        false
    }

    /// The name of a member in the document body.
    fn document_name(&self, member: &Member) -> String {
        member.name.clone()
    }

    /// The code by which answers name an error.
    fn error_code(&self, error: &Shape) -> String {
        error.id.name().to_owned()
    }

    /// The status of answers with an error, where the model names it.
    fn error_status(&self, _service: &Shape, error: &Shape) -> Option<u16> {
        error.traits.get::<HttpError>().map(|error| error.0)
    }

    /// The traits that only this protocol reads: generated schemas carry their values, and what speaks the protocol finds
    /// them there by these ids.
    fn carried_traits(&self) -> &[&str] {
        &[]
    }
}

/// A value of a type that implements the `Protocol` of the runtime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuntimeProtocol {
    /// The type's path from the generated crate, such as `smithy_reqwest::protocol::RestJson1`, or
    /// `crate::protocol::Mine` for one that the crate itself has.
    pub path: String,
    /// The constant of the type that is the value; `None` for a type of one value.
    pub constant: Option<String>,
}

impl RuntimeProtocol {
    /// The only value of a type.
    pub fn new(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            constant: None,
        }
    }

    /// A constant of the type.
    pub fn constant(mut self, constant: impl Into<String>) -> Self {
        self.constant = Some(constant.into());
        self
    }
}
