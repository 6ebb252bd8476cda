//! Finds operations that use features that the generator does not support. They are left out, with the reason.

use crate::ir::Operation;
use crate::lower::auth::{BEARER, SIGV4};
use crate::lower::resolver::Resolver;
use crate::lower::service::SIGV4A;
use smithy_model::known::Auth;
use smithy_model::{Model, OperationShape, Shape, ShapeId, ShapeKind};

/// The scheme of an operation without authorization.
const NO_AUTH: &str = "smithy.api#noAuth";

/// The auth schemes that are not supported.
const UNSERVED: [&str; 3] = [
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpDigestAuth",
];

/// Returns the reason to leave an operation out, if there is one.
pub(super) fn reason(
    resolver: &Resolver<'_>,
    shape: &Shape,
    operation: &OperationShape,
) -> Option<String> {
    stream(resolver, operation).or_else(|| authorization(resolver, shape))
}

/// Warns of clients without operations, and of operations whose optional authorization is not supported.
pub(super) fn warn(
    resolver: &Resolver<'_>,
    operations: &[Operation],
    skipped: &[(String, String)],
) {
    if let ([], [(_, reason), ..]) = (operations, skipped) {
        let reason =
            format!("the client has no operations: all are left out; of the first, {reason}");
        resolver.warn(&resolver.closure.service, reason);
    }
    for operation in operations {
        let shape = resolver.model.shape(&operation.id);
        if let Some(schemes) = shape.and_then(|shape| unserved(resolver, shape)) {
            let reason = format!(
                "its calls are never authorized: that is optional, and {schemes} is not served"
            );
            resolver.warn(&operation.id, reason);
        }
    }
}

/// Returns the reason to leave an operation out if none of its auth schemes is supported: its requests would have no
/// authorization.
fn authorization(resolver: &Resolver<'_>, shape: &Shape) -> Option<String> {
    if shape.traits.has("smithy.api#optionalAuth") {
        return None;
    }
    let schemes = unserved(resolver, shape)?;
    Some(format!("it is authorized only by {schemes}"))
}

/// Returns the auth schemes of an operation if none of them is supported.
fn unserved(resolver: &Resolver<'_>, shape: &Shape) -> Option<String> {
    let service = resolver.model.shape(&resolver.closure.service)?;
    let schemes: Vec<String> = match shape.traits.get().or_else(|| service.traits.get()) {
        Some(Auth(listed)) => listed.iter().map(ToString::to_string).collect(),
        None => [SIGV4, SIGV4A, BEARER]
            .into_iter()
            .chain(UNSERVED)
            .filter(|scheme| service.traits.has(scheme))
            .map(str::to_owned)
            .collect(),
    };
    let is_served = |scheme: &String| [SIGV4, SIGV4A, BEARER, NO_AUTH].contains(&scheme.as_str());
    if schemes.is_empty() || schemes.iter().any(is_served) {
        return None;
    }
    let names = schemes
        .iter()
        .filter_map(|scheme| scheme.rsplit('#').next());
    let names: Vec<&str> = names.collect();
    Some(names.join(" or "))
}

fn stream(resolver: &Resolver<'_>, operation: &OperationShape) -> Option<String> {
    let input = operation.input.as_ref();
    let input = input.and_then(|id| streams(resolver.model, id));
    if let Some(what) = input {
        return Some(format!("its input has {what}"));
    }
    match streams(resolver.model, operation.output.as_ref()?)? {
        EVENTS if resolver.protocol.has_event_streams() => None,
        EVENTS => Some(format!(
            "its output has {EVENTS}, which its protocol does not define"
        )),
        what => Some(format!("its output has {what}")),
    }
}

/// The description of an event stream.
const EVENTS: &str = "an event stream";

/// Returns a description of the stream among the members of a structure, if it is not one of bytes.
fn streams(model: &Model, id: &ShapeId) -> Option<&'static str> {
    let shape = model.shape(id)?;
    shape.members.values().find_map(|member| {
        let target: &Shape = model.shape(&member.target)?;
        let is_stream =
            target.traits.has("smithy.api#streaming") || member.traits.has("smithy.api#streaming");
        match target.kind {
            ShapeKind::Union if is_stream => Some(EVENTS),
            ShapeKind::Blob => None,
            _ if is_stream => Some("a stream of something else than bytes"),
            _ => None,
        }
    })
}
