//! Builds the crates that depend on aws-sdk-appflow.
//!
//! They are a workspace of their own, `tests/migration/official`, with its own target folder, so that the official crates are
//! compiled only once, for the programs of the migration and for the suite of clients.

use crate::process;
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Builds the crates; returns the output of the compiler, on success or failure.
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

/// Builds the program that makes calls with aws-sdk-appflow.
pub(crate) fn client(target: &Path) -> Result<PathBuf> {
    program(target, "peers-official")
}

/// Builds one of the programs.
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
