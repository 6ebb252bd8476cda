//! `cargo xtask model`: imports service models, compares and updates them.

mod diff;
mod update;

use crate::say::say;
use crate::workspace;
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use smithy_model::{ImportOptions, Model, Prose, ShapeId, undocumented};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The commands on the model.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Import botocore's `service-2.json` (or `.json.gz`) or a Smithy JSON AST, without its documentation
    Import(Import),
    /// Import the model of the newest botocore, downloaded with pip, and regenerate the clients
    Update(update::Arguments),
    /// Print the changes for users between two versions of a service model, as Markdown
    Diff(diff::Arguments),
    /// List the shapes of the AppFlow model without documentation, and exit with 1 if there are any
    Undocumented,
}

/// The arguments of an import.
#[derive(Debug, Args)]
pub struct Import {
    /// Model to import
    path: PathBuf,
    /// File to write
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Keep the documentation; not for AppFlow, which has its own
    #[arg(long, requires = "out")]
    with_documentation: bool,
    /// Import the endpoint rules beside a botocore model
    #[arg(long)]
    with_endpoint_rules: bool,
    /// Import only these operations and the shapes that they need; not for AppFlow
    #[arg(long, value_name = "A,B", value_delimiter = ',', requires = "out")]
    operations: Vec<String>,
}

/// Runs a command on the model.
pub fn run(command: &Command) -> Result<ExitCode> {
    let root = workspace::root();
    match command {
        Command::Import(arguments) => import(&root, arguments),
        Command::Update(arguments) => update::run(&root, arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Undocumented => {
            let undocumented = list_undocumented(&root)?;
            Ok(if undocumented == 0 {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
    }
}

fn import(root: &Path, arguments: &Import) -> Result<ExitCode> {
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| root.join("model/appflow/service.json"));
    let prose = if arguments.with_documentation {
        Prose::Keep
    } else {
        Prose::Drop
    };
    let options = ImportOptions {
        prose,
        endpoint_rules: arguments.with_endpoint_rules,
        operations: arguments.operations.clone(),
    };
    let imported = smithy_model::import_with(&arguments.path, options)?;
    let report = &imported.report;
    say!(
        "read       {} operations, {} shapes",
        report.operations,
        report.shapes
    );
    say!(
        "dropped    {} shapes that no imported operation reaches",
        report.dropped.len()
    );
    if fs::read(&out).is_ok_and(|text| text == imported.text.as_bytes()) {
        say!("unchanged  {}", out.display());
    } else {
        smithy_codegen::write_whole(&out, &imported.text)?;
        say!("wrote      {}", out.display());
    }
    if arguments.out.is_none() {
        list_undocumented(root)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints the shapes without documentation; returns their number.
fn list_undocumented(root: &Path) -> Result<usize> {
    let ids = find_undocumented(root)?;
    say!("undocumented: {}", ids.len());
    for id in &ids {
        say!("  {id}");
    }
    Ok(ids.len())
}

/// Returns the shapes and members of AppFlow's model without documentation.
fn find_undocumented(root: &Path) -> Result<Vec<ShapeId>> {
    let model = Model::load(&workspace::model_files(root)?)
        .context("cannot load the model with its extensions and documentation")?;
    Ok(undocumented(&model)?)
}
