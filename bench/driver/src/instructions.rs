//! Counts the instructions of a call with callgrind.
//!
//! The difference of two runs with different numbers of calls is free of the cost of starting the program. valgrind has no
//! SHA extensions, so signing and digests cost more than on a processor with them.

use crate::extent::Extent;
use crate::process;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::process::Command;

/// The calls of the shorter run; the longer one has twice as many.
const CALLS: usize = 100;
const CALLS_IN_SHORT: usize = 10;

/// Returns an error if valgrind is not installed.
pub(crate) fn require_valgrind() -> Result<()> {
    process::run(Command::new("valgrind").arg("--version"))
        .context("valgrind not found: install it, such as with `apt-get install valgrind`")?;
    Ok(())
}

/// Returns the command that counts the instructions of a program, without its arguments. The total is in the output.
pub(crate) fn counted(program: &Path) -> Command {
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg("--log-fd=1")
        .arg(program);
    command
}

/// Returns the number of instructions of one call. A program makes a tenth more calls than requested, to warm up.
pub(crate) fn per_call(extent: Extent, command: impl Fn(usize) -> Command) -> Result<f64> {
    let calls = if extent.short { CALLS_IN_SHORT } else { CALLS };
    let run = |count| collected(&process::run(&mut command(count))?.output);
    let (shorter, longer) = (run(calls)?, run(2 * calls)?);
    ensure!(
        longer > shorter,
        "{longer} instructions, not more than {shorter}"
    );
    Ok((longer - shorter) / (calls + calls / 10) as f64)
}

/// Returns the total that callgrind prints.
fn collected(output: &str) -> Result<f64> {
    let total = output
        .lines()
        .find_map(|line| line.split_once("Collected :"));
    let (_, total) = total.with_context(|| "callgrind printed no total")?;
    Ok(total.trim().parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_found_in_the_output() {
        let output = "wall 1\n==1== Events    : Ir\n==1== Collected : 1234567\n==1==\n";
        assert_eq!(collected(output).unwrap(), 1_234_567.0);
        assert!(collected("==1== Aborted").is_err());
    }
}
