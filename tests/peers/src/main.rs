//! Runs suites that compare the SDK with AWS software in a prepared folder: a virtual environment with botocore, and its source
//! distribution. The exit code is 1 if a case fails.
//!
//! `cargo xtask peers` prepares the folder and runs this.

mod cbor_document;
mod choices;
mod client_crate;
mod clients;
mod compare;
mod coverage;
mod credentials;
mod debug_text;
mod draw;
mod endpoints;
mod exchange;
mod migration;
mod number_text;
mod official;
mod operations;
mod palette;
mod process;
mod protocols;
mod report;
mod requests;
mod responses;
mod services;
mod shared_settings;
mod shrink;
mod story;
mod wire_text;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use process::Process;
use smithy_model::{Closure, Model, ShapeId};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The command that runs the suites, for reproductions.
const COMMAND: &str = "cargo xtask peers";

/// Compare the SDK with its peers
#[derive(Parser)]
struct Plan {
    /// Folder that `cargo xtask peers` has prepared
    #[arg(long)]
    work: PathBuf,
    /// Run only the suites whose name begins with this
    #[arg(long)]
    suite: Option<String>,
    /// Run only this operation, in suites with operations
    #[arg(long)]
    operation: Option<String>,
    /// Seed of random values
    #[arg(long, default_value_t = 20_200_823)]
    seed: u64,
    /// Folder with credential scenarios in the format of aws-config
    #[arg(long)]
    scenarios: Option<PathBuf>,
    /// Minimum number of random values for an operation
    #[arg(long, default_value_t = 200)]
    cases: usize,
}

impl Plan {
    fn wants(&self, operation: &str) -> bool {
        self.operation
            .as_deref()
            .is_none_or(|wanted| wanted == operation)
    }

    fn runs(&self, suite: &str) -> bool {
        self.suite
            .as_deref()
            .is_none_or(|wanted| suite.starts_with(wanted))
    }
}

fn main() -> ExitCode {
    match run(&Plan::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(plan: &Plan) -> Result<bool> {
    let model = model()?;
    let mut tallies = Vec::new();
    if plan.runs("requests") || plan.runs("signatures") {
        let mut python = Process::botocore(&plan.work.join("venv"))?;
        tallies.extend(requests::run(plan, &model, &mut python)?);
    }
    if plan.runs("responses") || plan.runs("errors") {
        let mut python = Process::botocore(&plan.work.join("venv"))?;
        tallies.extend(responses::run(plan, &model, &mut python)?);
    }
    if plan.runs("endpoints") {
        tallies.push(endpoints::run(&plan.work.join("botocore"))?);
    }
    if plan.runs("protocol") {
        tallies.extend(protocols::run(plan)?);
    }
    if plan.runs("services") {
        tallies.extend(services::run(plan)?);
    }
    if plan.runs("migration") {
        tallies.extend(migration::run(&plan.work)?);
    }
    if plan.runs("shared settings") {
        tallies.push(shared_settings::run(&plan.work)?);
    }
    if plan.runs("credentials") {
        tallies.extend(credentials::run(plan)?);
    }
    if plan.runs("clients") {
        tallies.extend(clients::run(plan, &model)?);
    }
    ensure!(
        !tallies.is_empty(),
        "no suite's name begins with {:?}",
        plan.suite.as_deref().unwrap_or_default()
    );
    Ok(report::print(&tallies))
}

/// Returns the model of AppFlow that the SDK is generated from.
fn model() -> Result<Model> {
    let folder = root().join("model/appflow");
    Ok(Model::load(&[
        folder.join("service.json"),
        folder.join("extensions.json"),
    ])?)
}

/// Reads a file of JSON.
fn read_json(path: &Path) -> Result<serde_json::Value> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

fn root() -> &'static Path {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.ancestors().nth(2).unwrap_or(crate_folder)
}

/// Returns the operations of the model with their inputs; the SDK must have the same.
fn inputs(model: &Model) -> Result<Vec<(&ShapeId, &ShapeId)>> {
    let closure = Closure::of(model, &model.service()?.id)?;
    let names: Vec<&str> = closure.operations.iter().map(ShapeId::name).collect();
    ensure!(
        names == operations::NAMES,
        "the suites go by {:?}, the model has {names:?}",
        operations::NAMES
    );
    let mut inputs = Vec::new();
    for id in &closure.operations {
        let shape = model.expect(id)?;
        let operation = shape.as_operation().context("an operation")?;
        inputs.push((&shape.id, operation.input.as_ref().context("an input")?));
    }
    Ok(inputs)
}
