//! The program `appflow-local`: options in, a service until it is told to end out.

mod cli;

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match cli::run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("appflow-local: {error}");
            ExitCode::FAILURE
        }
    }
}
