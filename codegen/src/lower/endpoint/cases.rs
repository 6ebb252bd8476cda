//! `smithy.rules#endpointTests` in, the cases that the emitted rules are tested with out.

use super::{Result, constant};
use crate::ir::{CaseExpected, EndpointCase};
use serde::Deserialize;
use serde_json::{Map, Value};
use smithy_model::Shape;
use smithy_model::known::EndpointTests;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Definitions {
    #[serde(default)]
    test_cases: Vec<Definition>,
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

/// The cases of a service.
pub(super) fn lower(service: &Shape) -> Result<Vec<EndpointCase>> {
    let Some(EndpointTests(value)) = service.traits.get() else {
        return Ok(Vec::new());
    };
    let definitions: Definitions =
        serde_json::from_value(value).map_err(|error| format!("its tests: {error}"))?;
    let cases = definitions.test_cases.into_iter().enumerate();
    cases.map(|(index, case)| one(index, case)).collect()
}

fn one(index: usize, case: Definition) -> Result<EndpointCase> {
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
