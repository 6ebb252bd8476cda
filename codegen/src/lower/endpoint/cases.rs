//! Lowers `smithy.rules#endpointTests` to the test cases of the emitted rules.

use super::{Result, constant};
use crate::ir::{CaseExpected, EndpointCase};
use crate::lower::resolver::Resolver;
use serde::Deserialize;
use serde_json::{Map, Value};
use smithy_model::Shape;
use smithy_model::known::EndpointTests;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Definitions {
    #[serde(default)]
    test_cases: Vec<Value>,
}

#[derive(Deserialize)]
struct Definition {
    documentation: Option<String>,
    #[serde(default)]
    params: Map<String, Value>,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Expect {
    Error(String),
    Endpoint(ExpectEndpoint),
}

#[derive(Deserialize)]
struct ExpectEndpoint {
    url: String,
    #[serde(default)]
    properties: Map<String, Value>,
    #[serde(default)]
    headers: Map<String, Value>,
}

/// Returns the test cases of a service. A case that cannot be read causes a warning and not an error, because the rules
/// are usable without it.
pub(super) fn lower(resolver: &Resolver<'_>, service: &Shape) -> Vec<EndpointCase> {
    let Some(EndpointTests(value)) = service.traits.get() else {
        return Vec::new();
    };
    let warn = |what: &str, reason: String| {
        let reason = format!("{what} of the endpoint rules are left out: {reason}");
        resolver.warn(&service.id, reason);
    };
    let definitions = match serde_json::from_value::<Definitions>(value) {
        Ok(definitions) => definitions.test_cases,
        Err(error) => {
            warn("all test cases", error.to_string());
            return Vec::new();
        }
    };
    let mut cases = Vec::new();
    let mut reasons = Vec::new();
    for (index, case) in definitions.into_iter().enumerate() {
        match one(index, case) {
            Ok(case) => cases.push(case),
            Err(reason) => reasons.push(format!("case {}: {reason}", index + 1)),
        }
    }
    if let Some(first) = reasons.first() {
        warn(&format!("{} test cases", reasons.len()), first.clone());
    }
    cases
}

fn one(index: usize, case: Value) -> Result<EndpointCase> {
    let case: Definition = serde_json::from_value(case).map_err(|error| error.to_string())?;
    let parameters = case.params.iter();
    let parameters = parameters.map(|(name, value)| Ok((name.clone(), constant(value)?)));
    Ok(EndpointCase {
        parameters: parameters.collect::<Result<_>>()?,
        documentation: case
            .documentation
            .unwrap_or_else(|| format!("case {}", index + 1)),
        expected: match case.expect {
            Expect::Error(text) => CaseExpected::Error(text),
            Expect::Endpoint(endpoint) => expected(endpoint),
        },
    })
}

fn expected(endpoint: ExpectEndpoint) -> CaseExpected {
    let schemes = endpoint
        .properties
        .get("authSchemes")
        .and_then(Value::as_array);
    let scheme = schemes.and_then(|schemes| {
        let is_sigv4 =
            |scheme: &&Value| scheme.get("name").and_then(Value::as_str) == Some("sigv4");
        schemes.iter().find(is_sigv4)
    });
    let text = |key: &str| Some(scheme?.get(key)?.as_str()?.to_owned());
    let mut headers = Vec::new();
    for (name, values) in &endpoint.headers {
        let values = values.as_array().map(Vec::as_slice).unwrap_or_default();
        let values = values.iter().filter_map(Value::as_str);
        headers.extend(values.map(|value| (name.to_ascii_lowercase(), value.to_owned())));
    }
    CaseExpected::Endpoint {
        url: endpoint.url,
        signing_region: text("signingRegion"),
        signing_name: text("signingName"),
        headers,
    }
}
