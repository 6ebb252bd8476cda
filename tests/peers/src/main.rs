//! A prepared folder (a virtual environment with botocore, its source distribution unpacked) in; one table of suites
//! out, and exit status 1 when a case fails.
//!
//! `cargo xtask peers` prepares the folder and runs this.

mod choices;
mod client_crate;
mod clients;
mod compare;
mod coverage;
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

/// What runs the suites, for reproductions.
const COMMAND: &str = "cargo xtask peers";

/// Holds the SDK to its peers.
#[derive(Parser)]
struct Plan {
    /// The folder that `cargo xtask peers` has prepared
    #[arg(long)]
    work: PathBuf,
    /// Runs only the suites whose name begins so
    #[arg(long)]
    suite: Option<String>,
    /// Runs only this operation, where a suite goes by operations
    #[arg(long)]
    operation: Option<String>,
    /// What is drawn follows from it
    #[arg(long, default_value_t = 20_200_823)]
    seed: u64,
    /// How many values are drawn for an operation, at least
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

/// The model of AppFlow, as the SDK is generated from it.
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

/// The operations of the model with their inputs; the SDK must have the same.
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
