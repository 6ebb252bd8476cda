//! Determines the authorization of operations from the auth schemes of the service and of the operation.

use crate::error::CodegenError;
use crate::ir;
use crate::lower::resolver::Resolver;
use crate::lower::{customizations, service};
use smithy_model::Shape;
use smithy_model::known::Auth;

pub(super) const BEARER: &str = "smithy.api#httpBearerAuth";
pub(super) const SIGV4: &str = "aws.auth#sigv4";

/// The authorization of an operation.
pub(super) struct Authorized {
    pub(super) scheme: ir::Auth,
    /// `true` if a bearer token is accepted instead of a signature.
    pub(super) or_bearer: bool,
    /// `true` if the operation can be called without credentials or a token.
    pub(super) optional: bool,
}

/// Determines the authorization of an operation. Its own list of schemes takes precedence over that of the service.
/// Without a list, all schemes of the service apply.
pub(super) fn lower(resolver: &Resolver<'_>, shape: &Shape) -> Result<Authorized, CodegenError> {
    let service = resolver.shape(&resolver.closure.service)?;
    let listed = shape.traits.get().or_else(|| service.traits.get());
    let allows = |scheme: &str| {
        let listed: Option<&Auth> = listed.as_ref();
        listed.is_none_or(|Auth(listed)| listed.iter().any(|id| id.to_string() == scheme))
    };
    let is_signed_by_v4 = service::is_signed(service) && allows(SIGV4);
    let is_signed_by_v4a = service.traits.has(service::SIGV4A) && allows(service::SIGV4A);
    let is_signed = is_signed_by_v4 || is_signed_by_v4a;
    let is_bearer = service.traits.has(BEARER) && allows(BEARER);
    let bearer_first = listed
        .as_ref()
        .and_then(|Auth(listed)| listed.first())
        .is_some_and(|first| first.to_string() == BEARER);
    let scheme = match (is_signed, is_bearer) {
        (_, true) if bearer_first || !is_signed => ir::Auth::Bearer,
        (true, _) if !is_signed_by_v4 => ir::Auth::SigV4A,
        (true, _) if shape.traits.has("aws.auth#unsignedPayload") => ir::Auth::SigV4UnsignedPayload,
        (true, _) => ir::Auth::SigV4,
        (false, _) => ir::Auth::None,
    };
    let signs = !matches!(scheme, ir::Auth::Bearer | ir::Auth::None);
    Ok(Authorized {
        or_bearer: signs && is_bearer,
        optional: scheme != ir::Auth::None
            && (shape.traits.has("smithy.api#optionalAuth")
                || customizations::has_optional_auth(resolver, shape)),
        scheme,
    })
}
