//! [`Registration`]: the stored form of a registered custom connector.

use crate::clock::Millis;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
}
