//! The suite "clients": one story, told to appflow-local by boto3, by the AWS CLI and by our SDK; whether the answers
//! are the same. Each client has a service of its own, so that none sees what another did.

use crate::exchange::{Answer, Setting};
use crate::operations;
use crate::process::Process;
use crate::report::Tally;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::env;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// Runs the suite.
pub(crate) fn run(work: &Path) -> Result<Vec<Tally>> {
    let target = work.parent().context("the folder has a parent")?;
    let built = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(crate::root())
        .args([
            "build",
            "--quiet",
            "--package",
            "appflow-local",
            "--target-dir",
        ])
        .arg(target)
        .status()?;
    ensure!(built.success(), "appflow-local does not build");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients_peer.py");
    let mut python = Process::start(&work.join("venv/bin/python"), &[&script])?;
    let ours = tell(target, |endpoint, operation, params| {
        Ok(our_call(endpoint, operation, params))
    })?;
    let mut tallies = Vec::new();
    for client in ["boto3", "cli"] {
        let mut tally = Tally::new(format!("clients {client}"));
        let theirs = tell(target, |endpoint, operation, params| {
            let call = json!({"client": client, "endpoint": endpoint, "operation": operation, "params": params});
            python.ask(&call)
        })?;
        for ((ours, theirs), (operation, params)) in ours.iter().zip(&theirs).zip(story()) {
            if ours == theirs {
                tally.pass();
            } else {
                tally.fail(|| format!("{operation} {params}:\n  ours   {ours}\n  theirs {theirs}"));
            }
        }
        tallies.push(tally);
    }
    Ok(tallies)
}

/// What is called, in this order; some of it is refused.
fn story() -> Vec<(&'static str, Value)> {
    let flow = json!({
        "flowName": "copy",
        "description": "one bucket to the other",
        "triggerConfig": {"triggerType": "OnDemand"},
        "sourceFlowConfig": {"connectorType": "S3", "sourceConnectorProperties": {"S3": {"bucketName": "from-here", "bucketPrefix": "in"}}},
        "destinationFlowConfigList": [{"connectorType": "S3", "destinationConnectorProperties": {"S3": {"bucketName": "to-there"}}}],
        "tasks": [{
            "sourceFields": ["id", "name"],
            "connectorOperator": {"S3": "PROJECTION"},
            "taskType": "Filter",
            "taskProperties": {"DATA_TYPE": "string"},
        }],
        "tags": {"team": "data"},
    });
    let mut nightly = flow.clone();
    let mut refused = flow.clone();
    refused["description"] = json!("not a word: é 漢 🦀");
    nightly["flowName"] = json!("nightly");
    nightly["description"] = json!("by schedule");
    nightly["triggerConfig"] = json!({
        "triggerType": "Scheduled",
        "triggerProperties": {"Scheduled": {
            "scheduleExpression": "rate(1days)", "scheduleStartTime": "2100-01-01T02:00:00Z", "timezone": "Europe/Berlin",
        }},
    });
    let named = |name: &str| json!({ "flowName": name });
    let arn = "arn:aws:appflow:us-west-2:000000000000:flow/copy";
    vec![
        ("ListFlows", json!({})),
        ("DescribeFlow", named("copy")),
        ("CreateFlow", refused),
        ("CreateFlow", flow.clone()),
        ("CreateFlow", flow),
        ("CreateFlow", nightly),
        ("DescribeFlow", named("copy")),
        ("DescribeFlow", named("nightly")),
        ("ListFlows", json!({"maxResults": 1})),
        (
            "TagResource",
            json!({"resourceArn": arn, "tags": {"a/b": "c/d e"}}),
        ),
        (
            "UntagResource",
            json!({"resourceArn": arn, "tagKeys": ["team", "none"]}),
        ),
        ("ListTagsForResource", json!({"resourceArn": arn})),
        ("StartFlow", named("copy")),
        ("StopFlow", named("copy")),
        ("StartFlow", named("nightly")),
        ("StopFlow", named("nightly")),
        ("DescribeFlowExecutionRecords", named("nightly")),
        ("DescribeConnector", json!({"connectorType": "Salesforce"})),
        (
            "DescribeConnectors",
            json!({"connectorTypes": ["S3", "Slack"]}),
        ),
        ("DescribeConnectorProfiles", json!({})),
        (
            "DeleteFlow",
            json!({"flowName": "copy", "forceDelete": true}),
        ),
        (
            "DeleteFlow",
            json!({"flowName": "copy", "forceDelete": true}),
        ),
        ("ListFlows", json!({})),
    ]
}

/// Tells the story to a service of its own.
fn tell(
    target: &Path,
    mut call: impl FnMut(&str, &str, &Value) -> Result<Value>,
) -> Result<Vec<Value>> {
    let service = Service::start(&target.join("debug/appflow-local"))?;
    let mut answers = Vec::new();
    for (operation, params) in story() {
        let mut answer = call(&service.url, operation, &params)?;
        without_chance(&mut answer);
        answers.push(answer);
    }
    Ok(answers)
}

fn our_call(endpoint: &str, operation: &str, params: &Value) -> Value {
    let setting = Setting {
        endpoint_url: Some(endpoint.to_owned()),
        live: true,
        ..Setting::default()
    };
    match operations::call(operation, params, &setting, Answer::empty()) {
        Err(refused) => json!({ "failed": refused.0 }),
        Ok(exchange) => match exchange.outcome {
            Ok(output) => json!({ "output": output }),
            Err(error) => json!({"code": error.code(), "message": error.message()}),
        },
    }
}

/// Times and random ids differ from call to call: what is left of them is that they are there.
fn without_chance(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let by_chance = name.ends_with("At")
                    || name.ends_with("Time")
                    || name == "executionId"
                    || name == "nextToken";
                if by_chance && (value.is_string() || value.is_number()) {
                    *value = json!("…");
                } else {
                    without_chance(value);
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(without_chance),
        _ => {}
    }
}

/// A running appflow-local; it ends with this value.
struct Service {
    process: Child,
    /// Kept, since the program prints more than the line that is read.
    _output: BufReader<ChildStdout>,
    url: String,
}

impl Service {
    fn start(program: &Path) -> Result<Self> {
        let mut process = Command::new(program)
            .args(["--port", "0", "--quiet"])
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| program.display().to_string())?;
        let output = process.stdout.take().context("no standard output")?;
        let mut line = String::new();
        let mut output = BufReader::new(output);
        output.read_line(&mut line)?;
        let url = line
            .split_whitespace()
            .find(|word| word.starts_with("http://"));
        let url = url
            .with_context(|| format!("no address in {line:?}"))?
            .to_owned();
        Ok(Self {
            process,
            _output: output,
            url,
        })
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
