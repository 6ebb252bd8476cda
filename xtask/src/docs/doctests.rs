//! Runs the doctests of the crates.

use super::Finding;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Runs the doctests of packages.
pub(super) fn run(root: &Path, packages: &[&str]) -> Result<Finding> {
    let started = Instant::now();
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(root).args([
        "test",
        "--doc",
        "--quiet",
        "--no-fail-fast",
        "--color=never",
    ]);
    for package in packages {
        command.args(["--package", package]);
    }
    let output = command.output().context("cargo test --doc")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut counts = Counts::default();
    text.lines().for_each(|line| counts.add(line));
    let mut faults: Vec<String> = text
        .lines()
        .filter(|line| line.starts_with("    ") && line.contains(" - ") && line.contains("(line "))
        .map(|line| format!("failed: {}", line.trim()))
        .collect();
    if !output.status.success() && faults.is_empty() {
        faults.push(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    Ok(Finding {
        figures: format!(
            "doctests   {} passed, {} failed, {} ignored, in {:.0?}",
            counts.passed,
            counts.failed,
            counts.ignored,
            started.elapsed(),
        ),
        faults,
    })
}

/// The sums of the lines that begin with `test result:`.
#[derive(Debug, Default, PartialEq)]
struct Counts {
    passed: usize,
    failed: usize,
    ignored: usize,
}

impl Counts {
    fn add(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result:") else {
            return;
        };
        let count = |what: &str| {
            result
                .split([';', '.'])
                .filter_map(|part| part.trim().strip_suffix(what))
                .filter_map(|number| number.trim().parse::<usize>().ok())
                .sum::<usize>()
        };
        self.passed += count("passed");
        self.failed += count("failed");
        self.ignored += count("ignored");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_of_several_crates_add_up() {
        let mut counts = Counts::default();
        let lines = [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s",
            "test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ];
        lines.iter().for_each(|line| counts.add(line));
        let expected = Counts {
            passed: 5,
            failed: 1,
            ignored: 1,
        };
        assert_eq!(counts, expected);
    }
}
