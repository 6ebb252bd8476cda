//! [`Protocol`]: the code that is generated for a protocol.
//!
//! Each file is one protocol. To add one, add its file and `mod` line here, its entry in [`SHIPPED`], and a file in the
//! runtime's `protocol`. No other part of the generator knows protocols by name. A protocol outside of this crate is
//! passed in [`Options::protocols`](crate::Options::protocols).

mod aws_json;
mod aws_query;
mod ec2_query;
mod query_compatible;
mod rest_json1;
mod rest_xml;
mod rpc_v2_cbor;
mod rpc_v2_json;
mod xml;

use smithy_model::known::HttpError;
use smithy_model::{Member, Shape};
use std::fmt;

/// The protocols that the runtime supports, in order of preference.
pub const SHIPPED: &[&dyn Protocol] = &[
    &rest_json1::RestJson1,
    &aws_json::V1_1,
    &aws_json::V1_0,
    &rest_xml::RestXml,
    &aws_query::AwsQuery,
    &ec2_query::Ec2Query,
    &rpc_v2_cbor::RpcV2Cbor,
    &rpc_v2_json::RpcV2Json,
];

/// A protocol, as the generator sees it. The default methods are those of a protocol that posts documents with the
/// members' own names to one path.
pub trait Protocol: fmt::Debug + Send + Sync {
    /// Returns the id of the trait that marks services with this protocol.
    fn trait_id(&self) -> &str;

    /// Returns the value that implements the protocol in the generated crate.
    fn runtime(&self, service: &Shape) -> RuntimeProtocol;

    /// Returns the feature of the runtime that enables the protocol. Only clients with the protocol build the
    /// dependencies of that feature.
    fn runtime_feature(&self) -> Option<&'static str> {
        None
    }

    /// Returns the name of the protocol in botocore's models, if botocore has services that use it.
    fn botocore_name(&self) -> Option<&str> {
        None
    }

    /// Returns whether operations are bound to methods and paths, and members to labels, query parameters, headers and
    /// the status.
    fn has_http_bindings(&self) -> bool {
        false
    }

    /// Returns whether requests may contain the namespace of the service.
    fn has_namespaces(&self) -> bool {
        false
    }

    /// Returns whether the runtime reads the events of an output in this protocol. Operations with event streams are left
    /// out otherwise.
    fn has_event_streams(&self) -> bool {
        false
    }

    /// Returns whether `smithy.api#timestampFormat` has an effect.
    fn has_timestamp_formats(&self) -> bool {
        true
    }

    /// Returns the name of a member in the document body.
    fn document_name(&self, member: &Member) -> String {
        member.name.clone()
    }

    /// Returns the code of an error in responses.
    fn error_code(&self, error: &Shape) -> String {
        error.id.name().to_owned()
    }

    /// Returns the status of error responses, if the model defines it.
    fn error_status(&self, error: &Shape) -> Option<u16> {
        error.traits.get::<HttpError>().map(|error| error.0)
    }

    /// Returns the ids of the traits that only this protocol reads. Generated schemas carry the values of these traits,
    /// and the implementation of the protocol looks them up by id.
    fn carried_traits(&self) -> &[&str] {
        &[]
    }
}

/// A value of a type that implements the `Protocol` of the runtime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuntimeProtocol {
    /// The path of the type in the generated crate, such as `smithy_reqwest::protocol::RestJson1`, or
    /// `crate::protocol::Mine` for a type of the crate itself.
    pub path: String,
    /// The constant of the type that is the value. `None` for a unit struct.
    pub constant: Option<String>,
}

impl RuntimeProtocol {
    /// Creates a value of a unit struct.
    pub fn new(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            constant: None,
        }
    }

    /// Sets the constant of the type that is the value.
    pub fn constant(mut self, constant: impl Into<String>) -> Self {
        self.constant = Some(constant.into());
        self
    }
}
