//! `cargo xtask codegen`: the model in, `appflow-sdk/src/generated` out, or what differs there.

use crate::workspace;
use anyhow::Result;
use clap::Args;
use smithy_codegen::{Changes, Generated, Options};
use smithy_model::{Closure, Model};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// The command that mends whatever the check finds.
const COMMAND: &str = "cargo xtask codegen";

/// What the command takes.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Writes nothing; exits with 1 when a file is stale, missing or orphaned
    #[arg(long)]
    check: bool,
}

/// Writes what differs, or tells it.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let started = Instant::now();
    let root = workspace::root();
    let generated = generate(&root)?;
    let changes = generated
        .files
        .compare(&root.join("appflow-sdk/src/generated"))?;
    if arguments.check {
        return Ok(check(&generated, &changes));
    }
    changes.apply()?;
    report(&generated, &changes, started);
    Ok(ExitCode::SUCCESS)
}

/// Generates the AppFlow client in memory.
pub fn generate(root: &Path) -> Result<Generated> {
    let model = Model::load(&workspace::model_files(root)?)?;
    let closure = Closure::of(&model, &model.service()?.id)?;
    let options = Options {
        user_agent: "appflow-sdk".to_owned(),
        origin: format!("`{COMMAND}` from model/appflow; do not edit"),
    };
    Ok(smithy_codegen::generate(&model, &closure, &options)?)
}

fn check(generated: &Generated, changes: &Changes) -> ExitCode {
    if changes.is_empty() {
        println!(
            "{} generated files are as the model says",
            generated.files.len()
        );
        return ExitCode::SUCCESS;
    }
    for change in changes.iter() {
        println!(
            "{}: appflow-sdk/src/generated/{}",
            change.kind(),
            change.path()
        );
        print!("{}", change.diff());
    }
    println!(
        "\n{} files are not as the model says. Run `{COMMAND}`.",
        changes.iter().count()
    );
    ExitCode::FAILURE
}

fn report(generated: &Generated, changes: &Changes, started: Instant) {
    let count = |kinds: &[&str]| {
        changes
            .iter()
            .filter(|change| kinds.contains(&change.kind()))
            .count()
    };
    println!(
        "read      {} operations, {} shapes",
        generated.operations, generated.shapes
    );
    for (operation, reason) in &generated.left_out {
        println!("left out  {operation}: {reason}");
    }
    println!(
        "wrote     {} files ({} lines in all), unchanged {}, removed {}",
        count(&["missing", "stale"]),
        generated.files.lines(),
        changes.unchanged(),
        count(&["orphaned"]),
    );
    println!("took      {:.0?}", started.elapsed());
}
