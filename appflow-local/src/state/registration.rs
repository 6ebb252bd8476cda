//! [`Registration`]: the stored form of a registered custom connector.

use crate::clock::Millis;
use crate::functions::{Context, Described};
use crate::state::Profile;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// A registered connector.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Registration {
    pub(crate) label: String,
    pub(crate) arn: String,
    pub(crate) description: Option<String>,
    pub(crate) lambda_arn: String,
    /// The revision, which increases with each update.
    pub(crate) revision: u32,
    pub(crate) registered_at: Millis,
    pub(crate) registered_by: String,
    pub(crate) tags: BTreeMap<String, String>,
    /// The configuration that the function of the connector returned, if functions are called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) described: Option<Described>,
}

impl Registration {
    /// Returns the context for calls of the function with a profile. The settings are those of the profile, overridden by
    /// those of the source or destination of a flow.
    pub(crate) fn context(
        &self,
        profile: &Profile,
        api_version: Option<&str>,
        settings: Option<&HashMap<String, String>>,
    ) -> Context {
        let custom = profile.properties.custom_connector.as_ref();
        let of_profile = custom.and_then(|custom| custom.profile_properties.as_ref());
        let newest = self.described.as_ref().and_then(Described::api_version);
        Context::new(
            &self.lambda_arn,
            api_version.or(newest).unwrap_or("v1"),
            of_profile.into_iter().chain(settings).flatten(),
            (
                &profile.credentials_arn,
                profile.authentication_type.as_ref(),
            ),
        )
    }
}
