//! Measures this SDK beside the official one, boto3 and two floors: one run in, one table of medians and ratios out, as
//! Markdown and as bars.
//!
//! Every round measures all subjects, one after the other, so that whatever else the machine does falls on all of them.

mod boto3;
mod builds;
mod calls;
mod chart;
mod generate;
mod growth;
mod measures;
mod process;
mod report;
mod samples;
mod server;
mod subject;
mod workspace;

use anyhow::Result;
use clap::{Parser, ValueEnum};
use samples::Samples;
use workspace::Workspace;

/// Measures this SDK against the official one, boto3 and two floors
#[derive(Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
struct Arguments {
    /// Only to see that it works: no official SDK, no boto3, no cold builds, one round of few calls in the dev profile
    #[arg(long)]
    short: bool,
    /// Writes the table between the two markers in README.md
    #[arg(long)]
    write_readme: bool,
    /// Rounds of everything that runs
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Rounds of everything that is built
    #[arg(long, default_value_t = 3)]
    build_rounds: usize,
    /// Measures only this, of what was built before
    #[arg(long, value_enum)]
    only: Vec<Part>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Cold builds, rebuilds, sizes, crates and lines
    Builds,
    /// Construction, time on the CPU, wall time, allocations, memory
    Calls,
    /// The generator
    Generate,
}

impl Arguments {
    fn asks_for(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let workspace = Workspace::find()?;
    if arguments.short {
        return short(&workspace);
    }
    let mut samples = Samples::default();
    workspace.fetch()?;
    if arguments.asks_for(Part::Builds) {
        builds::measure(&workspace, &mut samples, arguments.build_rounds)?;
    }
    let python = boto3::prepare(&workspace)?;
    let mut growth = String::new();
    if arguments.asks_for(Part::Calls) {
        builds::for_running(&workspace, &subject::ALL)?;
        growth = calls::measure(&workspace, &mut samples, arguments.rounds, &python)?;
    }
    if arguments.asks_for(Part::Generate) {
        generate::measure(&workspace, &mut samples, arguments.rounds, &python)?;
    }
    let report = report::Report::new(&workspace, &samples, growth)?;
    print!("{}", report.markdown());
    report.write(&samples)?;
    if arguments.write_readme {
        report.write_readme()?;
    }
    Ok(())
}

/// What CI runs: every program that needs no official SDK, once, with few calls. Its figures mean nothing.
fn short(workspace: &Workspace) -> Result<()> {
    println!("short form: the figures mean nothing, it only shows that the programs work");
    println!("skipped: aws-sdk-appflow, boto3, builds from nothing, release builds, the generator");
    let mut samples = Samples::default();
    calls::measure_shortly(workspace, &mut samples)?;
    print!(
        "{}",
        report::Report::new(workspace, &samples, String::new())?.markdown()
    );
    Ok(())
}
