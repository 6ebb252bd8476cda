//! Which protocol a service is called by, of those that the generator knows: its traits in, the protocol out.

use crate::Options;
use crate::error::CodegenError;
use crate::ir;
use crate::names::Ident;
use crate::protocol::{Protocol, SHIPPED};
use smithy_model::Shape;

/// The first that the service speaks; those of the caller go before those that are shipped.
pub(super) fn choose(
    service: &Shape,
    options: &Options,
) -> Result<&'static dyn Protocol, CodegenError> {
    let mut known = options.protocols.iter().chain(SHIPPED).copied();
    let spoken = known.find(|protocol| service.traits.has(protocol.trait_id()));
    spoken.ok_or_else(|| CodegenError::Protocol {
        service: service.id.clone(),
        found: found(service),
    })
}

/// The protocol as it stands in generated code.
pub(super) fn lower(
    protocol: &dyn Protocol,
    service: &Shape,
) -> Result<ir::Protocol, CodegenError> {
    let runtime = protocol.runtime(service);
    let names = runtime.path.split("::").chain(runtime.constant.as_deref());
    if let Some(name) = names.into_iter().find(|name| !is_identifier(name)) {
        let reason = format!(
            "`{name}` in `{}`, which is to speak {}, is no identifier",
            runtime.path,
            protocol.trait_id()
        );
        return Err(CodegenError::unsupported(&service.id, reason));
    }
    Ok(ir::Protocol {
        path: runtime.path.split("::").map(Ident::verbatim).collect(),
        constant: runtime.constant.as_deref().map(Ident::verbatim),
        feature: protocol.runtime_feature(),
    })
}

fn is_identifier(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
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
