//! Lowers the properties of an endpoint to its signing properties. Only `authSchemes` concerns a client.

use super::Result;
use crate::ir::RuleExpr;
use crate::lower::endpoint::scope::Rules;
use serde_json::{Map, Value};

/// The scheme whose region and name are read.
const SIGV4: &str = "sigv4";
/// The other schemes that are supported. The properties of an endpoint do not affect them.
const SERVED: [&str; 3] = ["bearer", "smithy.api#httpBearerAuth", "none"];

/// The signing properties of an endpoint.
#[derive(Default)]
pub(super) struct Signing {
    pub(super) region: Option<RuleExpr>,
    pub(super) name: Option<RuleExpr>,
    /// The schemes of the endpoint, if none of them is supported.
    pub(super) unserved: Vec<String>,
}

impl Signing {
    /// Returns whether the endpoint accepts signatures of SigV4A and no supported scheme.
    pub(super) fn needs_sigv4a(&self) -> bool {
        self.unserved.iter().any(|scheme| scheme == "sigv4a")
    }
}

/// Returns the signing properties of the first scheme that is SigV4.
pub(super) fn signing(properties: &Map<String, Value>, scope: &Rules) -> Result<Signing> {
    let Some(schemes) = properties.get("authSchemes").and_then(Value::as_array) else {
        return Ok(Signing::default());
    };
    let name = |scheme: &Value| Some(scheme.get("name")?.as_str()?.to_owned());
    let mut all = schemes.iter();
    let Some(scheme) = all.find(|scheme| name(scheme).as_deref() == Some(SIGV4)) else {
        let names: Vec<String> = schemes.iter().filter_map(name).collect();
        let is_served = names.iter().any(|name| SERVED.contains(&name.as_str()));
        return Ok(Signing {
            unserved: if is_served { Vec::new() } else { names },
            ..Signing::default()
        });
    };
    let text = |key: &str| scheme.get(key).map(|value| scope.text(value)).transpose();
    Ok(Signing {
        region: text("signingRegion")?,
        name: text("signingName")?,
        unserved: Vec::new(),
    })
}
