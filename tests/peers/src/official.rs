//! A target folder in; the crates that stand on aws-sdk-appflow, built there, out.
//!
//! They are a workspace of their own, `tests/migration/official`, with a target folder of its own, and are built as one,
//! so that the official crates are compiled once: for the programs of the migration and for the suite of clients.

use crate::process;
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Builds them; what the compiler said, whether it succeeded or not.
pub(crate) fn build(target: &Path) -> Result<Output> {
    let manifest = crate::root().join("tests/migration/official/Cargo.toml");
    Command::new(process::cargo())
        .args(["build", "--quiet", "--locked", "--workspace"])
        .args(["--color=never", "--manifest-path"])
        .arg(manifest)
        .arg("--target-dir")
        .arg(folder(target))
        .output()
        .context("cargo build of the official crates")
}

/// The program that calls with aws-sdk-appflow, built.
pub(crate) fn client(target: &Path) -> Result<PathBuf> {
    program(target, "peers-official")
}

/// One of the programs, built.
pub(crate) fn program(target: &Path, name: &str) -> Result<PathBuf> {
    let built = build(target)?;
    let errors = String::from_utf8_lossy(&built.stderr);
    ensure!(
        built.status.success(),
        "the programs on aws-sdk-appflow do not build: {errors}"
    );
    Ok(folder(target).join("debug").join(name))
}

fn folder(target: &Path) -> PathBuf {
    target.join("official")
}
