//! `cargo xtask docs`: checks the documentation of the workspace.

mod botocore;
mod coverage;
mod doctests;
mod links;
mod prose;
mod sentences;
mod words;

use crate::say::say;
use crate::workspace;
use anyhow::Result;
use clap::Args;
use std::process::ExitCode;

/// The published crates, whose public items must all be documented.
const LIBRARIES: &[&str] = &[
    "appflow-sdk",
    "appflow-local",
    "smithy-reqwest",
    "smithy-model",
    "smithy-codegen",
];

/// The arguments of `cargo xtask docs`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Exit with 1 on any fault
    #[arg(long)]
    check: bool,
}

/// The result of one check.
pub(crate) struct Finding {
    /// One line of figures.
    pub(crate) figures: String,
    /// The faults, one line each.
    pub(crate) faults: Vec<String>,
}

/// Runs every check and prints its result.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let root = workspace::root();
    let target = workspace::target(&root);
    let libraries: Vec<&str> = LIBRARIES
        .iter()
        .copied()
        .filter(|library| workspace::has_package(&root, library))
        .collect();
    let mut faults = 0;
    let mut show = |finding: Finding| {
        say!("{}", finding.figures);
        for fault in &finding.faults {
            say!("  {fault}");
        }
        faults += finding.faults.len();
    };
    show(coverage::of_model(&root)?);
    for library in &libraries {
        show(coverage::of_crate(&root, &target, library)?);
    }
    show(sentences::compare(&root, &target)?);
    show(words::check(&root)?);
    show(links::check(&root)?);
    show(doctests::run(&root, &libraries)?);
    say!("faults     {faults}");
    Ok(if arguments.check && faults > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
