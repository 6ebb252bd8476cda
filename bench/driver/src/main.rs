//! Measures this SDK, the official one, boto3 and two baselines, and writes a table of figures and ratios as Markdown and SVG.
//!
//! Every round measures all subjects in turn, so that other load on the machine affects all of them.

mod boto3;
mod builds;
mod calls;
mod chart;
mod completeness;
mod extent;
mod generate;
mod growth;
mod instructions;
mod measures;
mod process;
mod report;
mod samples;
mod server;
mod subject;
mod versions;
mod workspace;

use anyhow::Result;
use clap::{Parser, ValueEnum};
use extent::Extent;
use samples::Samples;
use std::time::Instant;
use workspace::Workspace;

/// Measure this SDK against the official one, boto3 and two baselines
#[derive(Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
struct Arguments {
    /// Smoke test of every part: one round of few calls, in the dev profile, all builds in one folder
    #[arg(long)]
    short: bool,
    /// Write the main rows between the two markers in README.md
    #[arg(long, conflicts_with_all = ["short", "only"])]
    write_readme: bool,
    /// Rounds of running programs
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Rounds of builds
    #[arg(long, default_value_t = 1)]
    build_rounds: usize,
    /// Measure only this part, and write no files
    #[arg(long, value_enum)]
    only: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Cold builds, rebuilds, sizes, crates and lines
    Builds,
    /// Construction, CPU time, wall time, instructions, allocations, memory
    Calls,
    /// The generator
    Generate,
}

impl Arguments {
    fn parts(&self) -> &[Part] {
        if self.only.is_empty() {
            Part::value_variants()
        } else {
            &self.only
        }
    }

    fn extent(&self) -> Extent {
        if self.short {
            return Extent::SHORT;
        }
        Extent {
            short: false,
            rounds: self.rounds.max(1),
            build_rounds: self.build_rounds.max(1),
        }
    }
}

fn main() -> Result<()> {
    let started = Instant::now();
    let arguments = Arguments::parse();
    let (extent, parts) = (arguments.extent(), arguments.parts());
    let workspace = Workspace::find(extent)?;
    let mut samples = Samples::default();
    workspace.fetch()?;
    let python = boto3::prepare(&workspace)?;
    if parts.contains(&Part::Calls) {
        instructions::require_valgrind()?;
    }
    if parts.contains(&Part::Builds) {
        builds::measure(&workspace, &mut samples, extent)?;
    }
    let mut growth = String::new();
    if parts.contains(&Part::Calls) {
        builds::for_running(&workspace, &subject::ALL, extent.profile())?;
        growth = calls::measure(&workspace, &mut samples, extent, &python)?;
    }
    if parts.contains(&Part::Generate) {
        generate::measure(&workspace, &mut samples, extent, &python)?;
    }
    let heading = report::heading(&versions::text(&workspace, &python)?)?;
    let report = report::Report::new(&workspace, &samples, &heading, &growth, extent)?;
    if extent.short {
        println!("The short form is a smoke test; its figures have no meaning.\n");
    }
    print!("{}", report.markdown());
    eprintln!("\ntook {} s", started.elapsed().as_secs());
    completeness::check(&samples, extent, parts)?;
    if !extent.short && arguments.only.is_empty() {
        report.write(&samples)?;
    }
    if arguments.write_readme {
        report.write_readme()?;
    }
    Ok(())
}
