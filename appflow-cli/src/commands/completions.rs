//! `appflow completions`: prints a completion script for a shell.

use crate::Done;
use crate::arguments::Arguments;
use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::Write;

pub(crate) fn run(shell: Shell) -> Result<Done> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "appflow", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(Done::Complete)
}
