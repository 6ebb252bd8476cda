//! `cargo xtask facts`: tables of botocore in, what the runtime and its tests know by them out, or whether they still agree.
//!
//! Taken are facts: the partitions of AWS with their regions, and the error codes and statuses that are retried.

mod partitions;
mod retries;

use crate::say::say;
use crate::workspace;
use anyhow::{Context, Result};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What facts are taken from, and what becomes of them.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The folder of botocore, in which `data/partitions.json` lies
    #[arg(long, value_name = "FOLDER")]
    from: PathBuf,
    /// Writes nothing; exits with 1 when a table is not as botocore has it
    #[arg(long)]
    check: bool,
}

/// Writes the tables, or compares them.
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
        (false, _) => say!("{} is as botocore has it", path.display()),
        (true, true) => say!("{} is not as botocore has it", path.display()),
        (true, false) => {
            smithy_codegen::write_whole(path, text).with_context(|| path.display().to_string())?;
            say!("{} is written", path.display());
        }
    }
    Ok(differs)
}
