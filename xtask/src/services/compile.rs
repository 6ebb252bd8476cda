//! Generated crates in; what cargo says of them out.

use crate::workspace;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How many errors and warnings are shown for a crate.
const SHOWN: usize = 5;

/// What the name of a program has beyond that of its crate.
const PROGRAM: &str = "_names";

/// What cargo said.
#[derive(Debug)]
pub(super) struct Checked {
    crates: usize,
    /// Errors and warnings of each crate that has any.
    problems: BTreeMap<String, Vec<String>>,
    /// Whether cargo itself failed.
    failed: bool,
    took: Duration,
}

impl Checked {
    /// Whether every crate compiles without an error and without a warning.
    pub(super) fn is_clean(&self) -> bool {
        self.problems.is_empty() && !self.failed
    }

    /// A line for a person.
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

    /// The first errors and warnings of each crate.
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

/// Adds the program on the names of the official crate to a crate, if there is one in `tests/services`.
pub(super) fn add_program(root: &Path, folder: &Path, name: &str) -> Result<()> {
    let program = root.join("tests/services").join(format!("{name}.rs"));
    if program.is_file() {
        let examples = folder.join("examples");
        fs::create_dir_all(&examples)?;
        fs::copy(program, examples.join(format!("{name}{PROGRAM}.rs")))?;
    }
    Ok(())
}

/// Checks crates that lie in one folder, as one workspace with the lock file, the profile and the target folder of ours:
/// what they depend on is built once for all of them, and often has been already.
pub(super) fn check<'a>(
    folder: &Path,
    root: &Path,
    names: impl Iterator<Item = &'a str>,
) -> Result<Checked> {
    let started = Instant::now();
    let targets: BTreeMap<String, &str> =
        names.map(|name| (name.replace('-', "_"), name)).collect();
    let names: Vec<String> = targets.values().map(|name| format!("{name:?}")).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = \"line-tables-only\"\n",
        names.join(", ")
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
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
        // What the runtime is warned of is no fault of what was generated.
        let target = target.strip_suffix(PROGRAM).unwrap_or(&target);
        if let Some(name) = targets.get(target) {
            problems.entry((*name).to_owned()).or_default().push(text);
        }
    }
    Ok(Checked {
        crates: names.len(),
        problems,
        failed: !output.status.success(),
        took: started.elapsed(),
    })
}

/// A line of cargo's.
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
