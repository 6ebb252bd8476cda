//! [`Profile`]: the stored form of a connector profile, without credentials.

use crate::clock::Millis;
use appflow_sdk::types::{
    AuthenticationType, ConnectionMode, ConnectorProfileProperties, ConnectorType,
};
use serde::{Deserialize, Serialize};

/// A connector profile.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Profile {
    pub(crate) name: String,
    pub(crate) arn: String,
    pub(crate) connector_type: ConnectorType,
    pub(crate) connector_label: Option<String>,
    pub(crate) mode: ConnectionMode,
    pub(crate) credentials_arn: String,
    /// The authentication type of the credentials of a custom connector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) authentication_type: Option<AuthenticationType>,
    pub(crate) properties: ConnectorProfileProperties,
    pub(crate) created_at: Millis,
    pub(crate) updated_at: Millis,
    /// The time at which the private connection is created.
    pub(crate) provisioned_at: Option<Millis>,
}

impl Profile {
    /// Removes the properties that the model marks as sensitive.
    pub(crate) fn remove_secrets(&mut self) {
        let custom = self.properties.custom_connector.as_mut();
        if let Some(oauth) = custom.and_then(|custom| custom.o_auth2_properties.as_mut()) {
            oauth.token_url_custom_properties = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use appflow_sdk::types::ConnectorProfileProperties;
    use smithy_reqwest::shape::{Shape, Slot};

    /// Collects the paths of the sensitive members of a shape.
    fn sensitive(slot: Slot<'_>, path: &str, found: &mut Vec<String>) {
        match slot {
            Slot::Optional(optional) => sensitive(optional.fill(), path, found),
            Slot::Structure(structure) => {
                for (index, member) in structure.schema().members.iter().enumerate() {
                    let path = format!("{path}.{}", member.name);
                    sensitive(structure.member_slot(index), &path, found);
                    if member.sensitive {
                        found.push(path);
                    }
                }
            }
            _ => {}
        }
    }

    #[test]
    fn no_other_properties_are_sensitive() {
        let mut found = Vec::new();
        sensitive(ConnectorProfileProperties::empty().slot(), "", &mut found);
        assert_eq!(
            found,
            [".CustomConnector.oAuth2Properties.tokenUrlCustomProperties"]
        );
    }
}
