//! [`ServiceSchema`]: the schema that all operations of a service share.

use crate::aws::endpoint::rules::RuleSet;
use crate::protocol::Protocol;
use crate::value::schema::CarriedTraits;

/// The schema of a service.
#[derive(Debug)]
#[non_exhaustive]
pub struct ServiceSchema {
    /// The name of the shape, which is the target prefix of the awsJson protocols.
    pub name: &'static str,
    /// The namespace of the shape, for protocols whose requests may contain it.
    pub namespace: Option<&'static str>,
    /// The `sdkId` of `aws.api#service`, which identifies the service in settings and in the user agent.
    pub sdk_id: &'static str,
    /// The API version.
    pub version: &'static str,
    /// The first label of the standard regional endpoint.
    pub endpoint_prefix: &'static str,
    /// The name in the credential scope of a signature.
    pub signing_name: &'static str,
    /// The protocol, which writes requests and reads responses.
    pub protocol: &'static dyn Protocol,
    /// The endpoint rules; a service without them has the standard regional endpoints.
    pub endpoint_rules: Option<&'static RuleSet>,
    /// The traits that only the protocol reads.
    pub carried: &'static CarriedTraits,
    /// The name and version of the generated crate, for the user agent.
    pub user_agent: &'static str,
}

impl ServiceSchema {
    /// Creates the schema of a service.
    pub const fn new(
        name: &'static str,
        sdk_id: &'static str,
        version: &'static str,
        endpoint_prefix: &'static str,
        signing_name: &'static str,
        protocol: &'static dyn Protocol,
        user_agent: &'static str,
    ) -> Self {
        Self {
            name,
            namespace: None,
            sdk_id,
            version,
            endpoint_prefix,
            signing_name,
            protocol,
            endpoint_rules: None,
            carried: CarriedTraits::NONE,
            user_agent,
        }
    }

    /// Sets the namespace of the shape.
    pub const fn namespace(mut self, namespace: &'static str) -> Self {
        self.namespace = Some(namespace);
        self
    }

    /// Sets the endpoint rules.
    pub const fn endpoint_rules(mut self, rules: &'static RuleSet) -> Self {
        self.endpoint_rules = Some(rules);
        self
    }

    /// Adds the traits that only the protocol reads.
    pub const fn carries(mut self, traits: &'static CarriedTraits) -> Self {
        self.carried = traits;
        self
    }
}
