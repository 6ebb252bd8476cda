//! `cargo xtask codegen`: a model in, a client's files out, or what differs there. Without a model it is AppFlow's, into
//! `appflow-sdk/src/generated`.

mod other;
mod report;

use crate::workspace;
use anyhow::Result;
use clap::Args;
use smithy_codegen::{Generated, Options};
use smithy_model::{Closure, Model};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// The command that mends whatever the check finds.
const COMMAND: &str = "cargo xtask codegen";

#[derive(Args)]
pub(crate) struct Arguments {
    /// Writes nothing; exits with 1 when a file is stale, missing or orphaned
    #[arg(long)]
    check: bool,
    /// The model: Smithy JSON AST or botocore's `service-2.json`, packed or not; several files are merged
    #[arg(long, value_name = "PATH", num_args = 1.., requires = "folder")]
    model: Vec<PathBuf>,
    /// The folder of the crate to write
    #[arg(id = "folder", long = "crate", value_name = "DIR", requires = "model")]
    folder: Option<PathBuf>,
    /// The crate's name; `<service>-sdk` by default
    #[arg(long, requires = "model")]
    name: Option<String>,
    /// Keeps only these operations and what they need
    #[arg(long, value_name = "A,B", value_delimiter = ',', requires = "model")]
    operations: Vec<String>,
    /// The runtime's version in a registry, instead of this workspace's own
    #[arg(long, value_name = "VERSION", requires = "model")]
    runtime_version: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    match &arguments.folder {
        Some(folder) => other::run(arguments, folder),
        None => appflow(arguments),
    }
}

fn appflow(arguments: &Arguments) -> Result<ExitCode> {
    const FOLDER: &str = "appflow-sdk/src/generated";
    let started = Instant::now();
    let root = workspace::root();
    let options = Options {
        user_agent: "appflow-sdk".to_owned(),
        origin: format!("`{COMMAND}` from model/appflow; do not edit"),
    };
    let generated = generate(&workspace::model_files(&root)?, &[], &options)?;
    let changes = generated.files.compare(&root.join(FOLDER))?;
    if arguments.check {
        return Ok(report::check(
            &generated,
            &changes,
            Path::new(FOLDER),
            &[],
            COMMAND,
        ));
    }
    changes.apply()?;
    report::written(&generated, &changes, started);
    Ok(ExitCode::SUCCESS)
}

/// Generates a client in memory; of all operations when none are named.
fn generate(paths: &[PathBuf], operations: &[String], options: &Options) -> Result<Generated> {
    let model = Model::load(paths)?;
    let service = &model.service()?.id;
    let closure = match operations {
        [] => Closure::of(&model, service)?,
        names => Closure::of_operations(&model, service, names)?,
    };
    Ok(smithy_codegen::generate(&model, &closure, options)?)
}
