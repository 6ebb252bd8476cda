//! [`Profile`]: a connector profile as it is kept: without its credentials, which are checked and then forgotten.

use crate::clock::Millis;
use appflow_sdk::types::{ConnectionMode, ConnectorProfileProperties, ConnectorType};
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
    pub(crate) properties: ConnectorProfileProperties,
    pub(crate) created_at: Millis,
    pub(crate) updated_at: Millis,
    /// When the private connection is there.
    pub(crate) provisioned_at: Option<Millis>,
}
