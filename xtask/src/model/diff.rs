//! `cargo xtask model diff OLD NEW`: prints the changes between two versions of a service model for users of its client.

mod constraints;
mod enums;
mod markdown;
mod operations;
mod report;
mod side;
mod structures;
mod traits;
mod values;

pub(crate) use markdown::markdown;
pub(crate) use report::Report;

use crate::say::say_part;
use anyhow::{Context, Result};
use clap::Args;
use side::Side;
use smithy_model::Model;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The arguments of the command.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Old model: botocore's `service-2.json`, packed or not, or Smithy JSON AST
    old: PathBuf,
    /// New model, in either format
    new: PathBuf,
}

/// Prints the changes.
pub(super) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let (old, new) = (load(&arguments.old)?, load(&arguments.new)?);
    say_part!("{}", markdown(&Report::of(&old, &new)?));
    Ok(ExitCode::SUCCESS)
}

/// Loads a model, with the files beside it if it is botocore's.
pub(super) fn load(path: &Path) -> Result<Model> {
    Model::load_with_companions(&[path.to_owned()]).with_context(|| path.display().to_string())
}

impl Report {
    /// Compares two versions of a service model, except for documentation.
    pub(crate) fn of(old: &Model, new: &Model) -> Result<Self> {
        let (old, new) = (Side::of(old)?, Side::of(new)?);
        let mut report = Self::between(&old, &new);
        operations::compare(&old, &new, &mut report);
        structures::compare(&old, &new, &mut report);
        enums::compare(&old, &new, &mut report);
        report.sort();
        Ok(report)
    }
}

#[cfg(test)]
mod tests;
