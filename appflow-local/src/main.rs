//! The program `appflow-local`: options in, a service until it is told to end out.

mod cli;
mod output;

use std::io::Write;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match cli::run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where nobody listens, the exit code says it alone.
            let _ = writeln!(std::io::stderr(), "appflow-local: {error}");
            ExitCode::FAILURE
        }
    }
}
