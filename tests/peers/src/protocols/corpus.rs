//! Reads botocore's protocol suites: a service model and its cases for each suite.

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};
use std::path::Path;

/// The files of the supported protocols in botocore's source distribution, with the number of cases of the pinned version,
/// so that none is lost unnoticed.
pub(super) const FILES: [(&str, usize); 19] = [
    ("input/rest-json", 113),
    ("output/rest-json", 91),
    ("input/json", 54),
    ("output/json", 58),
    ("input/json_1_0", 21),
    ("output/json_1_0", 32),
    ("input/query", 38),
    ("output/query", 38),
    ("input/rest-xml", 94),
    ("output/rest-xml", 78),
    ("input/ec2", 29),
    ("output/ec2", 29),
    ("input/smithy-rpc-v2-cbor", 15),
    ("output/smithy-rpc-v2-cbor", 35),
    ("input/smithy-rpc-v2-cbor-query-compatible", 1),
    ("output/smithy-rpc-v2-cbor-query-compatible", 2),
    ("input/smithy-rpc-v2-cbor-non-query-compatible", 1),
    ("input/json_1_0-query-compatible", 1),
    ("output/json_1_0-query-compatible", 2),
];

/// A suite: the model of a service with one operation, and cases of that.
pub(super) struct Suite {
    /// The file of the suite.
    pub(super) file: &'static str,
    pub(super) description: String,
    /// The model in botocore's format.
    pub(super) model: Value,
    pub(super) cases: Vec<Value>,
    /// The endpoint of its client, if it is not that of AWS.
    pub(super) endpoint: Option<String>,
}

/// Reads all suites.
pub(super) fn read(sources: &Path) -> Result<Vec<Suite>> {
    let mut suites = Vec::new();
    for (file, expected) in FILES {
        let path = sources.join(format!("tests/unit/protocols/{file}.json"));
        let Value::Array(read) = crate::read_json(&path)? else {
            anyhow::bail!("{}: not a list of suites", path.display());
        };
        let mut cases = 0;
        for suite in read {
            let suite = Suite::new(file, suite).with_context(|| path.display().to_string())?;
            cases += suite.cases.len();
            suites.push(suite);
        }
        ensure!(
            cases == expected,
            "{}: {cases} cases, where {expected} are known",
            path.display()
        );
    }
    Ok(suites)
}

impl Suite {
    fn new(file: &'static str, suite: Value) -> Result<Self> {
        let cases = suite["cases"].as_array().context("no cases")?.clone();
        let given = &cases.first().context("no cases")?["given"];
        ensure!(
            cases.iter().all(|case| &case["given"] == given),
            "the cases are of several operations"
        );
        let name = given["name"].as_str().context("an operation has a name")?;
        let mut metadata = suite["metadata"]
            .as_object()
            .context("no metadata")?
            .clone();
        for (key, value) in [
            ("endpointPrefix", "peer"),
            ("serviceId", "Peer"),
            ("serviceFullName", "Peer"),
            ("signatureVersion", "v4"),
            ("signingName", "peer"),
            // What a test model lacks since only whole models need it.
            ("uid", "peer-2026-01-01"),
        ] {
            metadata.entry(key).or_insert(json!(value));
        }
        // The format has errors of a whole service only where operations name them.
        let model = json!({
            "version": "2.0",
            "metadata": metadata,
            "operations": Map::from_iter([(name.to_owned(), given.clone())]),
            "shapes": suite["shapes"],
        });
        Ok(Self {
            file,
            description: suite["description"].as_str().unwrap_or_default().to_owned(),
            model,
            endpoint: suite["clientEndpoint"].as_str().map(str::to_owned),
            cases,
        })
    }
}
