//! What AppFlow asks of connectors, beside its model: a connector or a member in, whether a rule is about it out.

use crate::types::ConnectorType;

/// The connectors that have no profile.
const PROFILE_LESS: [ConnectorType; 5] = [
    ConnectorType::S3,
    ConnectorType::Eventbridge,
    ConnectorType::Lookoutmetrics,
    ConnectorType::Upsolver,
    ConnectorType::Customerprofiles,
];

/// The members of connector properties that say what a flow reads or writes, such as `object` or `bucketName`. AppFlow
/// refuses to change them: another object needs a new flow.
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
    !PROFILE_LESS.contains(connector)
}
