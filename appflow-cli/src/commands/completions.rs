//! `appflow completions`: prints a completion script for a shell.

use crate::Done;
use crate::arguments::Arguments;
use crate::output;
use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

pub(crate) fn run(shell: Shell) -> Result<Done> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "appflow", &mut script);
    output::raw(&script)?;
    Ok(Done::Complete)
}
