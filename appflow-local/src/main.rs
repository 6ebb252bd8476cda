//! The program `appflow-local`: options in, a service until it is told to end out.

mod cli;
mod health;
mod output;

use std::io::Write;
use std::process::ExitCode;

/// A damaged store is told of by an error, so the panic that found it is not.
fn leave_out_panics_of_the_store_check() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(appflow_local::STORE_CHECK_THREAD) {
            usual(panic);
        }
    }));
}

#[tokio::main]
async fn main() -> ExitCode {
    leave_out_panics_of_the_store_check();
    match cli::run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where nobody listens, the exit code says it alone.
            let _ = writeln!(std::io::stderr(), "appflow-local: {error}");
            ExitCode::FAILURE
        }
    }
}
