//! The commands that generate and check this workspace: `cargo xtask COMMAND`.

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;
use xtask::{codegen, model};

/// Generates and checks this workspace.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes `appflow-sdk/src/generated` from the model, or checks that it is as the model says
    Codegen(codegen::Arguments),
    /// Works on the model
    #[command(subcommand)]
    Model(model::Command),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Codegen(arguments) => codegen::run(&arguments),
        Command::Model(command) => model::run(&command),
    };
    finish(result)
}

/// A failed check is a status, not a crash.
fn finish(result: Result<ExitCode>) -> ExitCode {
    result.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
