//! Measures this SDK beside the official one, boto3 and two floors: one run in, one table of medians and ratios out, as
//! Markdown and as bars.
//!
//! Every round measures all subjects, one after the other, so that whatever else the machine does falls on all of them.

mod boto3;
mod builds;
mod calls;
mod chart;
mod completeness;
mod extent;
mod generate;
mod growth;
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

/// Measures this SDK against the official one, boto3 and two floors
#[derive(Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
struct Arguments {
    /// Only to see that every part works: one round of few calls, in the dev profile, all builds in one folder
    #[arg(long)]
    short: bool,
    /// Writes the most telling rows between the two markers in README.md
    #[arg(long, conflicts_with_all = ["short", "only"])]
    write_readme: bool,
    /// Rounds of everything that runs
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Rounds of everything that is built
    #[arg(long, default_value_t = 1)]
    build_rounds: usize,
    /// Measures only this, and writes no files
    #[arg(long, value_enum)]
    only: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Cold builds, rebuilds, sizes, crates and lines
    Builds,
    /// Construction, time on the CPU, wall time, allocations, memory
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
        println!("The short form: it shows that every part works, and its figures mean nothing.\n");
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
