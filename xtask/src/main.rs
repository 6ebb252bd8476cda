//! The commands that generate and check this workspace: `cargo xtask COMMAND`.

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::io::Write;
use std::process::ExitCode;
use xtask::{api, bench, codegen, docs, facts, model, peers, services};

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
    /// Writes `api/appflow-sdk.txt`, the public API, or checks that it is as it was
    Api(api::Arguments),
    /// Writes `appflow-sdk/src/generated` and `appflow-local/src/generated` from AppFlow's model, or the crate of any
    /// service with `--model`; or checks that they are as the model says
    Codegen(codegen::Arguments),
    /// Measures this SDK beside the official one and writes a table
    Bench(bench::Arguments),
    /// Says what the documentation covers, whom it repeats, and what in it is broken
    Docs(docs::Arguments),
    /// Takes tables of facts from botocore: the partitions of AWS, and what is retried; or checks that they are as it has them
    Facts(facts::Arguments),
    /// Works on the model
    #[command(subcommand)]
    Model(model::Command),
    /// Holds the SDK to what AWS's own SDKs send and read
    Peers(peers::Arguments),
    /// Generates a client of every service that botocore ships a model of, and compiles some of them
    Services(services::Arguments),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Api(arguments) => api::run(&arguments),
        Command::Codegen(arguments) => codegen::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Docs(arguments) => docs::run(&arguments),
        Command::Facts(arguments) => facts::run(&arguments),
        Command::Model(command) => model::run(&command),
        Command::Peers(arguments) => peers::run(&arguments),
        Command::Services(arguments) => services::run(&arguments),
    };
    finish(result)
}

/// A failed check is a status, not a crash.
fn finish(result: Result<ExitCode>) -> ExitCode {
    result.unwrap_or_else(|error| {
        // Where nobody reads, the status says it alone.
        let _ = writeln!(std::io::stderr(), "error: {error:#}");
        ExitCode::FAILURE
    })
}
