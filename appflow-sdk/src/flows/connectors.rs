//! Rules of AppFlow about connectors that its model does not contain.

use crate::types::ConnectorType;

/// The connectors that have no profile.
const WITHOUT_PROFILE: [ConnectorType; 5] = [
    ConnectorType::S3,
    ConnectorType::Eventbridge,
    ConnectorType::Lookoutmetrics,
    ConnectorType::Upsolver,
    ConnectorType::Customerprofiles,
];

/// The members of connector properties that identify what a flow reads or writes, such as `object` or `bucketName`.
/// AppFlow refuses to change them; a change needs a new flow.
pub const FIXED_MEMBERS: [&str; 8] = [
    "object",
    "bucketName",
    "bucketPrefix",
    "entityName",
    "objectPath",
    "documentType",
    "domainName",
    "objectTypeName",
];

/// Returns whether a flow from or to this connector needs a connector profile.
pub fn needs_profile(connector: &ConnectorType) -> bool {
    !WITHOUT_PROFILE.contains(connector)
}
