//! The parts that the XML protocols have in common.

/// The feature of the runtime that enables them.
pub(super) const FEATURE: &str = "xml";

/// The traits that their readers and writers look up in schemas.
pub(super) const NAMES: [&str; 4] = [
    "smithy.api#xmlName",
    "smithy.api#xmlFlattened",
    "smithy.api#xmlAttribute",
    "smithy.api#xmlNamespace",
];
