//! `cargo xtask services`: generates a client for each model of a folder, and prints a table of the results.

mod compile;
pub(crate) mod find;
mod generate;
mod sample;
mod stories;
mod table;

use crate::say::say;
use crate::workspace;
use anyhow::{Context, Result};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// The arguments of `cargo xtask services`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Folder of models: `data` of botocore, `models` of api-models-aws, or one with files of Smithy JSON AST
    #[arg(long, value_name = "FOLDER")]
    from: PathBuf,
    /// Number of services to generate at the same time [default: the number of processors]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
    /// Compile the crates of these services: names separated by commas, `sample` for thirty that span the features, or
    /// `all`
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    compile: Vec<String>,
    /// Only write the clients that the programs of tests/services/moto call, with the operations that they call, and a
    /// workspace that tests the programs
    #[arg(long, conflicts_with = "compile")]
    stories: bool,
    /// Folder for the crates that are compiled
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

/// Generates the services and prints the results.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let started = Instant::now();
    let root = workspace::root();
    let (services, others) = find::services(&arguments.from)?;
    let folder = |name| match &arguments.out {
        Some(out) => out.clone(),
        None => workspace::target(&root).join(name),
    };
    if arguments.stories {
        return stories(&root, &services, &folder("stories"));
    }
    let chosen = sample::chosen(&arguments.compile, &services)?;
    let out = folder("services");
    let bar = bar(services.len());
    let keep = |name: &str, generated: &smithy_codegen::Generated| {
        if chosen.contains(name) {
            generate::write(&out.join(name), name, &root.join("runtime"), generated)?;
            compile::add_program(&root, &out.join(name), name)?;
        }
        Ok(())
    };
    let outcomes = generate::all(&services, jobs(arguments), &bar, &keep);
    bar.finish_and_clear();
    let generating = started.elapsed();
    let checked = match chosen.is_empty() {
        true => None,
        false => {
            let names = chosen.iter().map(String::as_str);
            Some(compile::check(&out, &root, names).context("cargo check")?)
        }
    };
    table::print(&outcomes, others, checked.as_ref(), generating);
    let too_much = table::too_much_memory();
    if let Some(reason) = &too_much {
        say!("\n{reason}");
    }
    let failed = too_much.is_some()
        || outcomes.iter().any(|outcome| outcome.result.is_err())
        || checked.is_some_and(|checked| !checked.is_clean());
    Ok(match failed {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    })
}

/// Writes the workspace of the programs, and prints the numbers of operations.
fn stories(root: &Path, services: &[find::Found], out: &Path) -> Result<ExitCode> {
    for (name, operations) in stories::write(root, services, out)? {
        say!("{name:<16} {operations} operations");
    }
    Ok(ExitCode::SUCCESS)
}

fn jobs(arguments: &Arguments) -> usize {
    let processors = || std::thread::available_parallelism().ok();
    arguments.jobs.or_else(processors).map_or(1, NonZero::get)
}

fn bar(length: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed} {wide_msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length as u64).with_style(style)
}
