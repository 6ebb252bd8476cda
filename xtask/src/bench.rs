//! `cargo xtask bench`: runs the driver in `bench/`, a workspace of its own, with all arguments.

use crate::workspace;
use anyhow::{Context, Result};
use clap::Args;
use std::ffi::OsString;
use std::process::{Command, ExitCode};

/// The arguments of `cargo xtask bench`, which are those of the driver.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub struct Arguments {
    /// Arguments of the driver; `--help` lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

/// Runs the driver.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let root = workspace::root();
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root.join("target"), |folder| root.join(folder))
        .join("bench");
    let status = Command::new("cargo")
        .args(["run", "--quiet", "--package", "driver", "--"])
        .args(&arguments.arguments)
        .current_dir(root.join("bench"))
        .env("CARGO_TARGET_DIR", target.join("driver"))
        .env("BENCH_TARGET_DIR", &target)
        .env("BENCH_XTASK", std::env::current_exe()?)
        .status()
        .context("cargo")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
