//! `appflow`: exports, plans and applies flows of Amazon AppFlow as code.
//!
//! Exit statuses: 0 on success, 1 on failure, 2 if `--detailed-exitcode` is given and there are changes.

mod arguments;
mod ask;
mod commands;
mod connect;
mod document;
mod files;
mod output;
mod progress;
mod yaml;

use arguments::{Arguments, Command};
use clap::Parser;
use clap::error::ErrorKind;
use std::process::ExitCode;

/// The result of a command, which determines the exit status.
enum Done {
    /// The command succeeded.
    Complete,
    /// There are changes, and `--detailed-exitcode` is given.
    Changes,
    /// The command failed, and the error is already written.
    Failed,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return print_usage_error(&error),
    };
    match Box::pin(run(&arguments)).await {
        Ok(Done::Complete) => ExitCode::SUCCESS,
        Ok(Done::Changes) => ExitCode::from(2),
        Ok(Done::Failed) => ExitCode::FAILURE,
        Err(error) => {
            output::error(&message_of(&error));
            ExitCode::FAILURE
        }
    }
}

/// Prints the help, the version, or an error in the arguments. The status of such an error is 1 instead of clap's 2,
/// which means that there are changes.
fn print_usage_error(error: &clap::Error) -> ExitCode {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return ExitCode::FAILURE;
    }
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let message = error.to_string();
    let lines = message
        .lines()
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
    let lines: Vec<&str> = lines
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let message = lines.join(" ");
    let message = message.trim_start_matches("error: ");
    output::error(&format!("{message}; see --help"));
    ExitCode::FAILURE
}

/// Joins an error and its causes, except for causes that the error already contains.
fn message_of(error: &anyhow::Error) -> String {
    let mut message = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if message.is_empty() {
            message = cause;
        } else if !message.contains(&cause) {
            message = format!("{message}: {cause}");
        }
    }
    message
}

async fn run(arguments: &Arguments) -> anyhow::Result<Done> {
    let global = &arguments.global;
    match &arguments.command {
        Command::Export(arguments) => commands::export::run(global, arguments).await,
        Command::Plan(arguments) => commands::plan::run(global, arguments).await,
        Command::Apply(arguments) => commands::apply::run(global, arguments).await,
        Command::Validate(arguments) => commands::validate::run(global, arguments),
        Command::Run(arguments) => commands::run::run(global, arguments).await,
        Command::Runs(arguments) => commands::runs::run(global, arguments).await,
        Command::Cancel(arguments) => commands::cancel::run(global, arguments).await,
        Command::List => commands::list::run(global).await,
        Command::Show(arguments) => commands::show::run(global, arguments).await,
        Command::Diff(arguments) => commands::diff::run(global, arguments).await,
        Command::Entities(arguments) => commands::entities::run(global, arguments).await,
        Command::Profiles => commands::profiles::run(global).await,
        Command::Schema(arguments) => commands::schema::run(arguments),
        Command::Completions { shell } => commands::completions::run(*shell),
    }
}
