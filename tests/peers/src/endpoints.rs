//! The suite "endpoints": compares our endpoint resolution with botocore's test cases for AppFlow's rules.
//!
//! If a case expects an error, ours must fail too, with any message.

use crate::report::Tally;
use anyhow::{Context, Result};
use serde_json::Value;
use smithy_reqwest::endpoint::{EndpointSettings, resolve};
use std::path::Path;

/// The path of the cases in botocore's source distribution.
const CASES: &str = "tests/functional/endpoint-rules/appflow/endpoint-tests-1.json";

/// Runs the suite.
pub(crate) fn run(sources: &Path) -> Result<Tally> {
    let mut tally = Tally::new("endpoints");
    let suite: Value = crate::read_json(&sources.join(CASES))?;
    for case in suite["testCases"].as_array().context("no test cases")? {
        // What a case sets and this does not know would go untested.
        let known = ["Region", "UseFIPS", "UseDualStack", "Endpoint"];
        let params = case["params"].as_object().cloned().unwrap_or_default();
        let unknown: Vec<&String> = params
            .keys()
            .filter(|name| !known.contains(&name.as_str()))
            .collect();
        let settings = EndpointSettings {
            region: params.get("Region").and_then(Value::as_str),
            url: params.get("Endpoint").and_then(Value::as_str),
            use_fips: params.get("UseFIPS").is_some_and(|value| value == true),
            use_dual_stack: params
                .get("UseDualStack")
                .is_some_and(|value| value == true),
        };
        let ours = resolve("appflow", settings);
        let expected = &case["expect"];
        let agreed = match (
            &ours,
            expected["endpoint"]["url"].as_str(),
            expected["error"].as_str(),
        ) {
            (Ok(ours), Some(url), None) => ours.url() == url.trim_end_matches('/'),
            (Err(_), None, Some(_)) => true,
            _ => false,
        };
        if agreed && unknown.is_empty() {
            tally.pass();
        } else {
            tally.fail(|| format!("{case}:\n  ours {ours:?}"));
        }
    }
    Ok(tally)
}
