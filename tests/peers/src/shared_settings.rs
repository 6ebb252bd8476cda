//! The suite "shared settings": runs a program that creates clients of both SDKs from the settings that aws-config loads, and
//! prints one case a line.

use crate::official;
use crate::report::Tally;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::process::Command;

/// Runs the program.
pub(crate) fn run(work: &Path) -> Result<Tally> {
    let target = work.parent().context("the folder has a parent")?;
    let program = official::program(target, "peers-shared-settings")?;
    let printed = Command::new(program).output()?;
    let mut tally = Tally::new("shared settings");
    for line in String::from_utf8_lossy(&printed.stdout).lines() {
        match line.strip_prefix("ok: ") {
            Some(_) => tally.pass(),
            None => tally.fail(|| line.to_owned()),
        }
    }
    let errors = String::from_utf8_lossy(&printed.stderr);
    ensure!(tally.cases() > 0, "no case was run: {errors}");
    Ok(tally)
}
