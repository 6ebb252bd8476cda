//! [`Registration`]: a registered custom connector as it is kept.

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
    /// Rises with each update, as the function's own version would.
    pub(crate) revision: u32,
    pub(crate) registered_at: Millis,
    pub(crate) registered_by: String,
    pub(crate) tags: BTreeMap<String, String>,
    /// The connector's description of itself, where its function was asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) described: Option<Described>,
}

impl Registration {
    /// The context in which a profile's function is asked. The settings are those of the profile, then those of the end
    /// of a flow.
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
