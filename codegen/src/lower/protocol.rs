//! Which protocol a service is called by, of those that the runtime speaks.

use crate::error::CodegenError;
use crate::ir::Protocol;
use smithy_model::Shape;

/// In order of preference.
const PROTOCOLS: &[(&str, Protocol)] = &[
    ("aws.protocols#restJson1", Protocol::RestJson1),
    ("aws.protocols#awsJson1_1", Protocol::AwsJson1_1),
    ("aws.protocols#awsJson1_0", Protocol::AwsJson1_0),
];

/// The protocol of a service.
pub(super) fn lower(service: &Shape) -> Result<Protocol, CodegenError> {
    let known = PROTOCOLS.iter().find(|(id, _)| service.traits.has(id));
    known.map(|(_, protocol)| *protocol).ok_or_else(|| {
        let found: Vec<_> = service
            .traits
            .iter()
            .map(|(id, _)| id)
            .filter(|id| id.starts_with("aws.protocols#"))
            .collect();
        let found = if found.is_empty() {
            "none".to_owned()
        } else {
            found.join(", ")
        };
        CodegenError::Protocol {
            service: service.id.clone(),
            found,
        }
    })
}

impl Protocol {
    /// Whether members are bound to labels, queries, headers and the status.
    pub(super) fn has_http_bindings(self) -> bool {
        self == Self::RestJson1
    }

    /// Whether `smithy.api#jsonName` counts.
    pub(super) fn heeds_json_name(self) -> bool {
        self == Self::RestJson1
    }
}
