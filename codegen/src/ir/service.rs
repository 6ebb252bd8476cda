//! [`Service`]: the properties that all operations of a client share.

use crate::ir::{Docs, EndpointRules};
use crate::names::Ident;

/// The service.
#[derive(Debug, Clone)]
pub struct Service {
    /// The name of the shape.
    pub name: String,
    /// The namespace of the shape, if one of its protocols reads it.
    pub namespace: Option<String>,
    /// The title, for readers.
    pub title: String,
    /// The `sdkId` of `aws.api#service`.
    pub sdk_id: String,
    /// The API version.
    pub version: String,
    /// The first label of endpoint hosts.
    pub endpoint_prefix: String,
    /// The signing name.
    pub signing_name: String,
    /// The protocol.
    pub protocol: Protocol,
    /// The traits that only the protocol reads.
    pub carried: Vec<CarriedTrait>,
    /// The endpoint rules. Without them the service has the standard regional endpoints.
    pub endpoint_rules: Option<EndpointRules>,
    /// The name and version of the generated crate in the user agent.
    pub user_agent: String,
    /// The documentation.
    pub docs: Docs,
}

/// The implementation of the service's protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protocol {
    /// The path of the type that implements the protocol.
    pub path: Vec<Ident>,
    /// The constant of that type that is the protocol. `None` for a unit struct.
    pub constant: Option<Ident>,
    /// The feature of the runtime that enables the protocol.
    pub feature: Option<&'static str>,
}

/// A trait that only the protocol reads.
#[derive(Debug, Clone, PartialEq)]
pub struct CarriedTrait {
    /// The id of the trait.
    pub id: String,
    /// The value of the trait.
    pub value: serde_json::Value,
}
