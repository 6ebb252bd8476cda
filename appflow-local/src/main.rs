//! The program `appflow-local`.

mod cli;
mod health;
mod output;

use std::io::Write;
use std::process::ExitCode;

/// Hides panics of the store check: a damaged store is reported as an error.
fn hide_store_check_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(appflow_local::STORE_CHECK_THREAD) {
            usual(panic);
        }
    }));
}

#[tokio::main]
async fn main() -> ExitCode {
    hide_store_check_panics();
    match cli::run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If standard error is closed, the exit code is enough.
            let _ = writeln!(std::io::stderr(), "appflow-local: {error}");
            ExitCode::FAILURE
        }
    }
}
