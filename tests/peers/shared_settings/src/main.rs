//! Checks in many environments that our client and that of aws-sdk-appflow, both created from the settings that aws-config
//! loads, call the same server, with the same app name and the same number of attempts. Prints one line for each case.
//!
//! Settings come from the environment of a process, so each case is a process: this program, which calls itself.

mod case;
mod server;

use anyhow::{Context, Result, ensure};
use case::{CASES, Case};
use server::{PLACES, Servers};
use std::path::Path;
use std::process::{Command, ExitCode};

/// The variable that is set in the process of a case, to the endpoint that the program sets.
const CHILD: &str = "PEERS_ENDPOINT_IN_CODE";

fn main() -> Result<ExitCode> {
    if let Ok(endpoint) = std::env::var(CHILD) {
        case::call_both(&endpoint)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut failed = false;
    for case in CASES {
        match judge(case) {
            Ok(()) => println!("ok: {}", case.name),
            Err(error) => {
                failed = true;
                println!("failed: {}: {error:#}", case.name);
            }
        }
    }
    Ok(ExitCode::from(u8::from(failed)))
}

/// Runs a case. It is an error if the clients differ, or do not call the expected server.
fn judge(case: &Case) -> Result<()> {
    let servers = Servers::start()?;
    let folder = tempfile::tempdir()?;
    let config = folder.path().join("config");
    std::fs::write(&config, servers.fill_in(case.profile))?;
    let mut command = Command::new(std::env::current_exe()?);
    command.env_clear().envs(fixed(&config));
    for (name, value) in case.variables {
        command.env(name, servers.fill_in(value));
    }
    let status = command.env(CHILD, servers.fill_in(case.in_code)).status()?;
    ensure!(status.success(), "the process ended with {status}");

    let [theirs, ours] = ["aws-sdk-rust", "appflow-sdk"].map(|sdk| servers.calls_of(sdk));
    ensure!(theirs == ours, "they call {theirs:?}, and we call {ours:?}");
    let first = ours.first().context("nobody calls")?;
    ensure!(first.place == case.called, "{:?} is called", first.place);
    ensure!(ours.len() == case.attempts, "{} attempts", ours.len());
    ensure!(first.app.as_deref() == case.app, "the program is {:?}", first.app);
    Ok(())
}

/// Returns the environment that all cases share.
fn fixed(config: &Path) -> Vec<(&'static str, std::ffi::OsString)> {
    let config = config.as_os_str().to_owned();
    vec![
        ("AWS_CONFIG_FILE", config),
        ("AWS_SHARED_CREDENTIALS_FILE", "/none".into()),
        ("AWS_ACCESS_KEY_ID", "AKID".into()),
        ("AWS_SECRET_ACCESS_KEY", "secret".into()),
        ("AWS_REGION", "eu-west-1".into()),
        ("AWS_EC2_METADATA_DISABLED", "true".into()),
    ]
}

/// Returns the servers in a text, by their names in braces.
fn filled_in(text: &str, address: impl Fn(usize) -> String) -> String {
    let places = PLACES.iter().enumerate();
    places.fold(text.to_owned(), |text, (index, place)| {
        text.replace(&format!("{{{place}}}"), &address(index))
    })
}
