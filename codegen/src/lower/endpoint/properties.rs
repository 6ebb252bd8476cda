//! The properties of an endpoint in, how to sign for it out. Properties other than `authSchemes` do not concern a client.

use super::Result;
use crate::ir::RuleExpr;
use crate::lower::endpoint::scope::Rules;
use serde_json::{Map, Value};

/// How to sign for an endpoint.
#[derive(Default)]
pub(super) struct Signing {
    pub(super) region: Option<RuleExpr>,
    pub(super) name: Option<RuleExpr>,
    pub(super) needs_sigv4a: bool,
}

/// The first scheme that can be served counts.
pub(super) fn signing(properties: &Map<String, Value>, scope: &Rules) -> Result<Signing> {
    let Some(schemes) = properties.get("authSchemes").and_then(Value::as_array) else {
        return Ok(Signing::default());
    };
    let named = |name: &str| {
        schemes
            .iter()
            .find(|scheme| scheme.get("name").and_then(Value::as_str) == Some(name))
    };
    let Some(scheme) = named("sigv4") else {
        return Ok(Signing {
            needs_sigv4a: named("sigv4a").is_some(),
            ..Signing::default()
        });
    };
    let text = |key: &str| scheme.get(key).map(|value| scope.text(value)).transpose();
    Ok(Signing {
        region: text("signingRegion")?,
        name: text("signingName")?,
        needs_sigv4a: false,
    })
}
