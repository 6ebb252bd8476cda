//! The commands that generate and check this workspace: `cargo xtask COMMAND`.

// Trees of tokens are many small allocations: with this allocator the generator takes about a quarter less time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::io::Write;
use std::process::ExitCode;
use xtask::{api, bench, codegen, docs, facts, model, peers, services};

/// Generate and check this workspace
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
    /// Write or check `api/appflow-sdk.txt`, the public API
    Api(api::Arguments),
    /// Write or check generated code: `appflow-sdk/src/generated` and `appflow-local/src/generated` from AppFlow's model, or
    /// the crate of any service with `--model`
    Codegen(codegen::Arguments),
    /// Measure this SDK and the official one, and write a table
    Bench(bench::Arguments),
    /// Check the documentation: coverage, words, sentences of AWS, links and doctests
    Docs(docs::Arguments),
    /// Write or check tables of facts from botocore: the partitions of AWS, and the errors that are retried
    Facts(facts::Arguments),
    /// Import, compare or update the model
    #[command(subcommand)]
    Model(model::Command),
    /// Compare the requests and responses of the SDK with those of AWS's own SDKs
    Peers(peers::Arguments),
    /// Generate a client for every service in botocore, and compile some of them
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

/// Runs the command. A failed check is an exit code, not an error.
fn finish(result: Result<ExitCode>) -> ExitCode {
    result.unwrap_or_else(|error| {
        // Where nobody reads, the status says it alone.
        let _ = writeln!(std::io::stderr(), "error: {error:#}");
        ExitCode::FAILURE
    })
}
