//! The suite "clients": checks that boto3, the AWS CLI, aws-sdk-appflow and our SDK get the same results from the same calls
//! to appflow-local. Each client has a service of its own.

use crate::exchange::{Answer, Setting};
use crate::process::Process;
use crate::report::Tally;
use crate::story::story;
use crate::{Plan, debug_text, official, operations, process};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use smithy_model::{Model, ShapeId};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// Runs the suite.
pub(crate) fn run(plan: &Plan, model: &Model) -> Result<Vec<Tally>> {
    let target = plan.work.parent().context("the folder has a parent")?;
    let built = Command::new(process::cargo())
        .current_dir(crate::root())
        .args(["build", "--quiet", "--package", "appflow-local"])
        // Other peers, which may run at the same time, need the feature.
        .args(["--features", "parquet"])
        .arg("--target-dir")
        .arg(target)
        .status()?;
    ensure!(built.success(), "appflow-local does not build");
    let ours = tell(target, |call| Ok(our_call(call)))?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients_peer.py");
    let mut python = Process::start(&plan.work.join("venv/bin/python"), &[&script])?;
    let mut tallies = Vec::new();
    for client in ["boto3", "cli"] {
        let theirs = tell(target, |call| {
            let mut question = call.question();
            question["client"] = json!(client);
            python.ask(&question)
        })?;
        tallies.push(compared(client, &ours, &theirs));
    }
    let mut rust = Process::start(&official::client(target)?, &[])?;
    let theirs = tell(target, |call| {
        let mut answer = rust.ask(&call.question())?;
        if let Some(debug) = answer["debug"].as_str() {
            let output = debug_text::to_cli(model, output(model, call.operation)?, debug)?;
            answer = json!({ "output": output });
        }
        Ok(answer)
    })?;
    tallies.push(compared("aws-sdk-appflow", &ours, &theirs));
    Ok(tallies)
}

fn compared(client: &str, ours: &[Value], theirs: &[Value]) -> Tally {
    let mut tally = Tally::new(format!("clients {client}"));
    for ((ours, theirs), (operation, params)) in ours.iter().zip(theirs).zip(story()) {
        // That both were unable to call is no agreement.
        if ours == theirs && ours["failed"].is_null() {
            tally.pass();
        } else {
            tally.fail(|| format!("{operation} {params}:\n  ours   {ours}\n  theirs {theirs}"));
        }
    }
    tally
}

/// Returns the output shape of an operation.
fn output<'a>(model: &'a Model, operation: &str) -> Result<&'a ShapeId> {
    let mut shapes = model.shapes();
    let shape = shapes.find(|shape| shape.id.name() == operation);
    let operation = shape.and_then(|shape| shape.as_operation());
    let output = operation.and_then(|operation| operation.output.as_ref());
    output.context("an operation with an output")
}

/// A call of the story, with the address of the service.
struct Call<'a> {
    endpoint: &'a str,
    operation: &'a str,
    params: &'a Value,
}

impl Call<'_> {
    /// Formats a call for the processes.
    fn question(&self) -> Value {
        json!({"endpoint": self.endpoint, "operation": self.operation, "params": self.params})
    }
}

/// Makes all calls to a new service.
fn tell(target: &Path, mut call: impl FnMut(&Call<'_>) -> Result<Value>) -> Result<Vec<Value>> {
    let service = Service::start(&target.join("debug/appflow-local"))?;
    let mut answers = Vec::new();
    for (operation, params) in story() {
        let mut answer = call(&Call {
            endpoint: &service.url,
            operation,
            params: &params,
        })?;
        without_chance(&mut answer);
        answers.push(answer);
    }
    Ok(answers)
}

fn our_call(call: &Call<'_>) -> Value {
    let setting = Setting {
        endpoint_url: Some(call.endpoint.to_owned()),
        live: true,
        ..Setting::default()
    };
    match operations::call(call.operation, call.params, &setting, Answer::empty()) {
        Err(refused) => json!({ "failed": refused.0 }),
        Ok(exchange) => match exchange.outcome {
            Ok(output) => json!({ "output": output }),
            Err(error) if error.code().is_none() => json!({ "failed": error.to_string() }),
            Err(error) => json!({"code": error.code(), "message": error.message()}),
        },
    }
}

/// Replaces times and random ids, which differ between calls, with a placeholder.
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

/// A running appflow-local, killed on drop.
struct Service {
    process: Child,
    /// Its output, kept open since the program prints more than the first line.
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
