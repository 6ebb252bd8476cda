//! Selects the protocol of a client from those that the service and the generator support.

use crate::Options;
use crate::error::CodegenError;
use crate::ir;
use crate::names::Ident;
use crate::protocol::{Protocol, SHIPPED};
use smithy_model::Shape;

/// Returns the first protocol that the service supports. The caller's protocols take precedence over the built-in ones.
pub(super) fn choose(
    service: &Shape,
    options: &Options,
) -> Result<&'static dyn Protocol, CodegenError> {
    let first = supported(service, options).next();
    first.ok_or_else(|| CodegenError::Protocol {
        service: service.id.clone(),
        found: found(service),
    })
}

/// Returns whether requests to the service may contain its namespace, in any of its protocols: the client has one of them,
/// but a service can be called in all.
pub(super) fn has_namespaces(service: &Shape, options: &Options) -> bool {
    supported(service, options).any(Protocol::has_namespaces)
}

/// Returns the protocols that the service and the generator support, in order of preference.
fn supported(service: &Shape, options: &Options) -> impl Iterator<Item = &'static dyn Protocol> {
    let known = options.protocols.iter().chain(SHIPPED).copied();
    known.filter(|protocol| service.traits.has(protocol.trait_id()))
}

/// Lowers the protocol to its implementation in generated code.
pub(super) fn lower(
    protocol: &dyn Protocol,
    service: &Shape,
) -> Result<ir::Protocol, CodegenError> {
    let runtime = protocol.runtime(service);
    let names = runtime.path.split("::").chain(runtime.constant.as_deref());
    if let Some(name) = names.into_iter().find(|name| !is_identifier(name)) {
        let reason = format!(
            "`{name}` in `{}`, which is to implement {}, is not an identifier",
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

/// Returns a readable list of the protocols that a service supports.
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
