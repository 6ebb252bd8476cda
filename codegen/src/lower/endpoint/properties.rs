//! The properties of an endpoint in, how to sign for it out. Properties other than `authSchemes` do not concern a client.

use super::Result;
use crate::ir::RuleExpr;
use crate::lower::endpoint::scope::Rules;
use serde_json::{Map, Value};

/// The scheme whose region and name are read.
const SIGV4: &str = "sigv4";
/// The schemes that are served otherwise: nothing in the properties of an endpoint changes them.
const SERVED: [&str; 3] = ["bearer", "smithy.api#httpBearerAuth", "none"];

/// How to sign for an endpoint.
#[derive(Default)]
pub(super) struct Signing {
    pub(super) region: Option<RuleExpr>,
    pub(super) name: Option<RuleExpr>,
    /// The schemes that it takes, where none is served.
    pub(super) unserved: Vec<String>,
}

impl Signing {
    /// Whether it takes signatures of SigV4A, and nothing that is served.
    pub(super) fn needs_sigv4a(&self) -> bool {
        self.unserved.iter().any(|scheme| scheme == "sigv4a")
    }
}

/// The first scheme that can be served counts.
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
