//! `cargo xtask facts`: writes or checks tables of facts from botocore for the runtime and its tests.
//!
//! The facts are the partitions of AWS with their regions, and the error codes and statuses that are retried.

mod partitions;
mod retries;

use crate::say::say;
use crate::workspace;
use anyhow::{Context, Result};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The arguments of `cargo xtask facts`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Folder of botocore, with `data/partitions.json`
    #[arg(long, value_name = "FOLDER")]
    from: PathBuf,
    /// Write nothing, and exit with 1 if a table differs from botocore
    #[arg(long)]
    check: bool,
}

/// Writes or checks the tables.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let root = workspace::root();
    let read = |path: &str| {
        let path = arguments.from.join(path);
        fs::read_to_string(&path).with_context(|| path.display().to_string())
    };
    let tables = [
        (
            "runtime/src/aws/endpoint/generated/partitions.rs",
            partitions::table(&read("data/partitions.json")?)?,
        ),
        (
            "runtime/tests/data/retries.json",
            retries::table(&read("data/_retry.json")?, &read("retries/standard.py")?)?,
        ),
    ];
    let mut stale = false;
    for (path, text) in tables {
        stale |= update(&root.join(path), &text, arguments.check)?;
    }
    Ok(if stale && arguments.check {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Writes a file that differs, unless this is a check; returns whether it differed.
fn update(path: &Path, text: &str, check: bool) -> Result<bool> {
    let differs = fs::read_to_string(path).ok().as_deref() != Some(text);
    match (differs, check) {
        (false, _) => say!("{}: matches botocore", path.display()),
        (true, true) => say!(
            "{}: differs from botocore: run cargo xtask facts",
            path.display()
        ),
        (true, false) => {
            smithy_codegen::write_whole(path, text).with_context(|| path.display().to_string())?;
            say!("{}: written", path.display());
        }
    }
    Ok(differs)
}
