//! `cargo xtask model diff OLD NEW`: two versions of a service model in; what changed for users of a client of it, as
//! Markdown, out.

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

/// What the command takes.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The model as it was: botocore's `service-2.json`, packed or not, or Smithy JSON AST
    old: PathBuf,
    /// The model as it is, in either format
    new: PathBuf,
}

/// Prints what changed.
pub(super) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let (old, new) = (load(&arguments.old)?, load(&arguments.new)?);
    say_part!("{}", markdown(&Report::of(&old, &new)?));
    Ok(ExitCode::SUCCESS)
}

/// A model, with what lies beside it if it is botocore's.
pub(super) fn load(path: &Path) -> Result<Model> {
    Model::load_with_companions(&[path.to_owned()]).with_context(|| path.display().to_string())
}

impl Report {
    /// What changed from one version of a service's model to another. Documentation is not compared.
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
