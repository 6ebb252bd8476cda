//! Runs a command and measures it: output, duration, and resource usage with its children.

use anyhow::{Context, Result, ensure};
use harness::usage;
use std::collections::BTreeMap;
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The result of a successful command.
pub(crate) struct Finished {
    pub(crate) output: String,
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
    pub(crate) peak: u64,
}

/// Runs a command, and returns an error if it fails. Its standard error is shown.
pub(crate) fn run(command: &mut Command) -> Result<Finished> {
    let started = Instant::now();
    let name = format!("{command:?}");
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().with_context(|| name.clone())?;
    let mut output = String::new();
    if let Some(mut stdout) = child.stdout.take() {
        stdout
            .read_to_string(&mut output)
            .with_context(|| name.clone())?;
    }
    let (status, used) = usage::wait(child)?;
    ensure!(status.success(), "{name}: {status}");
    Ok(Finished {
        output,
        wall: started.elapsed(),
        cpu: used.cpu,
        peak: used.peak,
    })
}

impl Finished {
    /// Returns the lines of `name value` in the output.
    pub(crate) fn values(&self) -> BTreeMap<&str, f64> {
        let lines = self.output.lines();
        let pairs = lines.filter_map(|line| line.split_once(' '));
        pairs
            .filter_map(|(name, value)| Some((name, value.parse().ok()?)))
            .collect()
    }
}
