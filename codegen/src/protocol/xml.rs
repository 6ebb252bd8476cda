//! The parts that the XML protocols have in common.

/// The feature of the runtime that enables them.
pub(super) const FEATURE: &str = "xml";

/// Returns the traits that their readers and writers look up in schemas, with the one that only this protocol reads.
pub(super) const fn traits_and(own: &'static str) -> [&'static str; 5] {
    [
        "smithy.api#xmlName",
        "smithy.api#xmlFlattened",
        "smithy.api#xmlAttribute",
        "smithy.api#xmlNamespace",
        own,
    ]
}
