//! Lowers the properties of an endpoint to its signing properties. Only `authSchemes` concerns a client.

use super::Result;
use crate::ir::{RuleExpr, SigningScheme};
use crate::lower::endpoint::scope::Rules;
use serde_json::{Map, Value};

/// The schemes whose region and name are read.
const SIGV4: &str = "sigv4";
const SIGV4A: &str = "sigv4a";
/// The other schemes that are supported. The properties of an endpoint do not affect them: operations and settings decide
/// between a signature and a token.
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

/// Returns the signing properties of the first scheme that is supported. SigV4A is supported by builds with a feature; the
/// others use SigV4 if it follows.
pub(super) fn signing(properties: &Map<String, Value>, scope: &Rules) -> Result<Signing> {
    let Some(schemes) = properties.get("authSchemes").and_then(Value::as_array) else {
        return Ok(Signing::default());
    };
    let name = |scheme: &Value| Some(scheme.get("name")?.as_str()?.to_owned());
    let of = |known: &str| {
        let mut schemes = schemes.iter().enumerate();
        schemes.find(|(_, scheme)| name(scheme).as_deref() == Some(known))
    };
    let text =
        |scheme: &Value, key: &str| scheme.get(key).map(|value| scope.text(value)).transpose();
    match (of(SIGV4), of(SIGV4A)) {
        (Some((index, scheme)), sigv4a) => {
            return Ok(Signing {
                region: text(scheme, "signingRegion")?,
                name: text(scheme, "signingName")?,
                scheme: match sigv4a {
                    Some((before, scheme)) if before < index => SigningScheme::SigV4AOrSigV4 {
                        regions: regions(scheme, scope)?,
                        name: text(scheme, "signingName")?,
                    },
                    _ => SigningScheme::SigV4,
                },
            });
        }
        (None, Some((_, scheme))) => {
            return Ok(Signing {
                region: None,
                name: text(scheme, "signingName")?,
                scheme: SigningScheme::SigV4A(regions(scheme, scope)?),
            });
        }
        (None, None) => {}
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
