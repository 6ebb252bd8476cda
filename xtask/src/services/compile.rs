//! Compiles generated crates, and collects the errors and warnings of cargo.

use crate::workspace;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The number of errors and warnings that are shown for a crate.
const SHOWN: usize = 5;

/// The suffix of the name of a program, after the name of its crate.
const PROGRAM: &str = "_names";

/// The result of compiling crates.
#[derive(Debug)]
pub(super) struct Checked {
    crates: usize,
    /// Errors and warnings by crate.
    problems: BTreeMap<String, Vec<String>>,
    /// `true` if cargo itself failed.
    failed: bool,
    took: Duration,
}

impl Checked {
    /// Returns whether every crate compiles without errors and warnings.
    pub(super) fn is_clean(&self) -> bool {
        self.problems.is_empty() && !self.failed
    }

    /// Returns a summary on one line.
    pub(super) fn summary(&self) -> String {
        let good = self.crates - self.problems.len().min(self.crates);
        let mut text = format!(
            "{good} of {} without warnings, in {:.1?}",
            self.crates, self.took
        );
        if self.failed {
            text.push_str("; cargo failed");
        }
        text
    }

    /// Returns the first errors and warnings of each crate.
    pub(super) fn problems(&self) -> impl Iterator<Item = (&str, String)> {
        self.problems.iter().map(|(name, problems)| {
            let mut text = format!("{} errors and warnings\n", problems.len());
            for problem in problems.iter().take(SHOWN) {
                let _ = writeln!(text, "{problem}");
            }
            (name.as_str(), text)
        })
    }
}

/// Adds the program that uses the names of the official crate, if there is one in `tests/services`.
pub(super) fn add_program(root: &Path, folder: &Path, name: &str) -> Result<()> {
    let program = root.join("tests/services").join(format!("{name}.rs"));
    if program.is_file() {
        let examples = folder.join("examples");
        fs::create_dir_all(&examples)?;
        fs::copy(program, examples.join(format!("{name}{PROGRAM}.rs")))?;
    }
    Ok(())
}

/// Makes the crates of a folder a workspace, with the lock file of this one and a profile that shares its builds.
pub(super) fn write_workspace<'a>(
    folder: &Path,
    root: &Path,
    names: impl Iterator<Item = &'a str>,
) -> Result<()> {
    let names: Vec<String> = names.map(|name| format!("{name:?}")).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = \"line-tables-only\"\n",
        names.join(", ")
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

/// Compiles the crates of a folder as one workspace, with the lock file, the profile and the target folder of this
/// workspace, so that dependencies are built at most once.
pub(super) fn check<'a>(
    folder: &Path,
    root: &Path,
    names: impl Iterator<Item = &'a str>,
) -> Result<Checked> {
    let started = Instant::now();
    let targets: BTreeMap<String, &str> =
        names.map(|name| (name.replace('-', "_"), name)).collect();
    write_workspace(folder, root, targets.values().copied())?;
    let output = Command::new(workspace::cargo())
        .args([
            "check",
            "--workspace",
            "--lib",
            "--examples",
            "--keep-going",
            "--quiet",
            "--message-format",
            "json",
            "--target-dir",
        ])
        .arg(workspace::target(root))
        .current_dir(folder)
        .stderr(Stdio::inherit())
        .output()
        .context("cargo cannot be run")?;
    let mut problems: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in output.stdout.split(|byte| *byte == b'\n') {
        let Some((target, text)) = problem(line) else {
            continue;
        };
        // Warnings in the runtime do not count for the generated crates. Examples keep the hyphens of their names.
        let target = target.strip_suffix(PROGRAM).unwrap_or(&target);
        if let Some(name) = targets.get(&target.replace('-', "_")) {
            problems.entry((*name).to_owned()).or_default().push(text);
        }
    }
    Ok(Checked {
        crates: targets.len(),
        problems,
        failed: !output.status.success(),
        took: started.elapsed(),
    })
}

/// A line of the JSON output of cargo.
#[derive(Deserialize)]
struct Line {
    reason: String,
    target: Option<Target>,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Message {
    rendered: Option<String>,
}

fn problem(line: &[u8]) -> Option<(String, String)> {
    let line: Line = serde_json::from_slice(line).ok()?;
    let rendered = line.message.filter(|_| line.reason == "compiler-message")?;
    Some((line.target?.name, rendered.rendered?))
}
