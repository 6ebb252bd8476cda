//! `cargo xtask docs`: the documentation of the workspace in; what it covers, whom it repeats, what is broken, out.

mod botocore;
mod coverage;
mod doctests;
mod links;
mod prose;
mod sentences;

use crate::say::say;
use crate::workspace;
use anyhow::Result;
use clap::Args;
use std::process::ExitCode;

/// The crates that people use, whose public items must all be documented.
const LIBRARIES: &[&str] = &[
    "appflow-sdk",
    "appflow-local",
    "smithy-reqwest",
    "smithy-model",
    "smithy-codegen",
];

/// What the command takes.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Exits with 1 on any fault
    #[arg(long)]
    check: bool,
}

/// What one look at the documentation found.
pub(crate) struct Finding {
    /// One line of figures.
    pub(crate) figures: String,
    /// What is wrong, one line each.
    pub(crate) faults: Vec<String>,
}

/// Looks at the documentation and tells what it found.
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
    show(links::check(&root)?);
    show(doctests::run(&root, &libraries)?);
    say!("faults     {faults}");
    Ok(if arguments.check && faults > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
