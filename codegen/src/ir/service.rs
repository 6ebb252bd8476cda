//! [`Service`]: what all operations of a client share.

use crate::ir::{Docs, EndpointRules};
use crate::names::Ident;

/// The service.
#[derive(Debug, Clone)]
pub struct Service {
    /// Its shape's name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// `aws.api#service`'s `sdkId`.
    pub sdk_id: String,
    /// The API version.
    pub version: String,
    /// The first label of its endpoints.
    pub endpoint_prefix: String,
    /// Its name in signatures.
    pub signing_name: String,
    /// Its protocol.
    pub protocol: Protocol,
    /// What only the protocol reads.
    pub carried: Vec<CarriedTrait>,
    /// Its endpoint rules; without them it has the standard regional endpoints.
    pub endpoint_rules: Option<EndpointRules>,
    /// What the generated crate calls itself.
    pub user_agent: String,
    /// Documentation.
    pub docs: Docs,
}

/// What speaks the service's protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protocol {
    /// The path of the type.
    pub path: Vec<Ident>,
    /// The constant of that type that is it; `None` for a type of one value.
    pub constant: Option<Ident>,
    /// The feature of the runtime that it stands behind.
    pub feature: Option<&'static str>,
}

/// A trait that only the protocol reads.
#[derive(Debug, Clone, PartialEq)]
pub struct CarriedTrait {
    /// Its id.
    pub id: String,
    /// Its value.
    pub value: serde_json::Value,
}
