//! Which protocol a service is called by, of those that the runtime speaks. The table here is all that the generator
//! knows of protocols: a row says what lowering and emitting ask.

use crate::error::CodegenError;
use crate::ir::Protocol;
use smithy_model::Shape;

/// In order of preference.
const PROTOCOLS: &[Protocol] = &[
    Protocol {
        trait_id: "aws.protocols#restJson1",
        has_http_bindings: true,
        heeds_json_name: true,
        runtime_type: "RestJson1",
        constant: None,
        query_compatible: None,
    },
    Protocol {
        trait_id: "aws.protocols#awsJson1_1",
        has_http_bindings: false,
        heeds_json_name: false,
        runtime_type: "AwsJson",
        constant: Some("V1_1"),
        query_compatible: Some("V1_1_QUERY_COMPATIBLE"),
    },
    Protocol {
        trait_id: "aws.protocols#awsJson1_0",
        has_http_bindings: false,
        heeds_json_name: false,
        runtime_type: "AwsJson",
        constant: Some("V1_0"),
        query_compatible: Some("V1_0_QUERY_COMPATIBLE"),
    },
];

/// The protocol of a service.
pub(super) fn lower(service: &Shape) -> Result<Protocol, CodegenError> {
    let known = PROTOCOLS
        .iter()
        .find(|protocol| service.traits.has(protocol.trait_id));
    match known {
        Some(protocol) => Ok(with_query_codes(*protocol, service)),
        None => Err(CodegenError::Protocol {
            service: service.id.clone(),
            found: found(service),
        }),
    }
}

/// The protocol as a service speaks it that once spoke awsQuery.
fn with_query_codes(protocol: Protocol, service: &Shape) -> Protocol {
    let is_compatible = service.traits.has("aws.protocols#awsQueryCompatible");
    Protocol {
        constant: protocol
            .query_compatible
            .filter(|_| is_compatible)
            .or(protocol.constant),
        ..protocol
    }
}

/// The protocols that a service speaks, for a person.
fn found(service: &Shape) -> String {
    let found: Vec<_> = service
        .traits
        .iter()
        .map(|(id, _)| id)
        .filter(|id| id.starts_with("aws.protocols#") || id.starts_with("smithy.protocols#"))
        .collect();
    match found.is_empty() {
        true => "none".to_owned(),
        false => found.join(", "),
    }
}
