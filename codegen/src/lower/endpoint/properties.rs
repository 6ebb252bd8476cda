//! Lowers the properties of an endpoint to its signing properties. Only `authSchemes` concerns a client.

use super::Result;
use crate::ir::{RuleExpr, SigningScheme};
use crate::lower::endpoint::scope::Rules;
use serde_json::{Map, Value};

/// The schemes whose region and name are read, the most widely supported first.
const SIGV4: &str = "sigv4";
const SIGV4A: &str = "sigv4a";
/// The other schemes that are supported. The properties of an endpoint do not affect them.
const SERVED: [&str; 3] = ["bearer", "smithy.api#httpBearerAuth", "none"];
/// The region set of an endpoint without one.
const ALL_REGIONS: &str = "*";

/// The signing properties of an endpoint.
#[derive(Default)]
pub(super) struct Signing {
    pub(super) region: Option<RuleExpr>,
    pub(super) name: Option<RuleExpr>,
    pub(super) scheme: SigningScheme,
}

/// Returns the signing properties of the first scheme that is SigV4, or else of the first that is SigV4A.
pub(super) fn signing(properties: &Map<String, Value>, scope: &Rules) -> Result<Signing> {
    let Some(schemes) = properties.get("authSchemes").and_then(Value::as_array) else {
        return Ok(Signing::default());
    };
    let name = |scheme: &Value| Some(scheme.get("name")?.as_str()?.to_owned());
    let of = |known: &str| {
        schemes
            .iter()
            .find(|scheme| name(scheme).as_deref() == Some(known))
    };
    let text =
        |scheme: &Value, key: &str| scheme.get(key).map(|value| scope.text(value)).transpose();
    if let Some(scheme) = of(SIGV4) {
        return Ok(Signing {
            region: text(scheme, "signingRegion")?,
            name: text(scheme, "signingName")?,
            scheme: SigningScheme::SigV4,
        });
    }
    if let Some(scheme) = of(SIGV4A) {
        return Ok(Signing {
            region: None,
            name: text(scheme, "signingName")?,
            scheme: SigningScheme::SigV4A(regions(scheme, scope)?),
        });
    }
    let names: Vec<String> = schemes.iter().filter_map(name).collect();
    let is_served = names.iter().any(|name| SERVED.contains(&name.as_str()));
    Ok(Signing {
        scheme: match is_served || names.is_empty() {
            true => SigningScheme::SigV4,
            false => SigningScheme::Unsupported(names.join(" or ")),
        },
        ..Signing::default()
    })
}

/// Returns the region set of a scheme, separated by commas.
fn regions(scheme: &Value, scope: &Rules) -> Result<RuleExpr> {
    let set = scheme.get("signingRegionSet").and_then(Value::as_array);
    let regions = set.into_iter().flatten().filter_map(Value::as_str);
    let regions = regions.collect::<Vec<_>>().join(",");
    let text = match regions.as_str() {
        "" => ALL_REGIONS.to_owned(),
        _ => regions,
    };
    scope.text(&Value::String(text))
}
