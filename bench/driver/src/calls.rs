//! Measures calls: CPU time, wall time, instructions, allocations, memory, and the construction of a client.

use crate::builds;
use crate::extent::Extent;
use crate::growth;
use crate::instructions;
use crate::process;
use crate::samples::{RATE, Samples};
use crate::server::Server;
use crate::subject::Subject;
use crate::workspace::Workspace;
use anyhow::Result;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A call: its name, its size, and its number in a round.
pub(crate) const CALLS: [(&str, usize, usize); 4] = [
    ("list-flows", 0, 4000),
    ("list-flows", 100, 1500),
    ("create-flow", 100, 1500),
    ("describe-entity", 1000, 200),
];
/// The factor by which boto3 makes fewer calls.
const BOTO3_MAKES_FEWER: usize = 20;
const IN_FLIGHT: usize = 64;
const SUBJECTS: [Subject; 6] = [
    Subject::Ours,
    Subject::Lean,
    Subject::Official,
    Subject::Floor,
    Subject::Boto3,
    Subject::Socket,
];

/// The clients in Rust, whose instructions, allocations and memory are measured.
const COUNTED: [Subject; 4] = [
    Subject::Ours,
    Subject::Lean,
    Subject::Official,
    Subject::Floor,
];

/// The commands that start the programs.
struct Programs<'a> {
    workspace: &'a Workspace,
    server: Server,
    extent: Extent,
    python: PathBuf,
}

impl Programs<'_> {
    /// Runs a program once; returns its output.
    fn run(&self, subject: Subject, arguments: &[String]) -> Result<BTreeMap<String, f64>> {
        let mut command = match subject {
            Subject::Boto3 => {
                let mut command = Command::new(&self.python);
                command.arg(self.workspace.bench().join("boto3_subject.py"));
                command
            }
            _ => Command::new(self.program(subject)),
        };
        let finished = process::run(self.server.environment(&mut command).args(arguments))?;
        let values = finished.values().into_iter();
        Ok(values
            .map(|(name, value)| (name.to_owned(), value))
            .collect())
    }

    /// Returns the path of a program that cargo has built.
    fn program(&self, subject: Subject) -> PathBuf {
        self.workspace.program(subject, self.extent.profile())
    }

    fn calls(
        &self,
        subject: Subject,
        call: (&str, usize),
        count: usize,
        in_flight: usize,
    ) -> Result<BTreeMap<String, f64>> {
        let (name, size) = call;
        let count = self.extent.calls(count);
        let numbers = [size, count, in_flight].map(|number| number.to_string());
        let mut arguments = vec!["calls".to_owned(), name.to_owned()];
        arguments.extend(numbers);
        self.run(subject, &arguments)
    }
}

fn words<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}

/// Measures everything in all rounds; returns the growth of the cost with the response, as text.
pub(crate) fn measure(
    workspace: &Workspace,
    samples: &mut Samples,
    extent: Extent,
    python: &Path,
) -> Result<String> {
    let programs = Programs {
        workspace,
        server: Server::start(workspace, extent.profile())?,
        extent,
        python: python.to_owned(),
    };
    let rounds = extent.rounds;
    for round in 1..=rounds {
        eprintln!("calls, round {round} of {rounds}");
        for call in CALLS {
            calls(&programs, samples, call)?;
        }
        construct(&programs, samples)?;
        memory(&programs, samples)?;
    }
    eprintln!("calls: growth, futures, instructions, allocations");
    let growth = grow(&programs, rounds)?;
    futures(&programs, samples)?;
    instructions(&programs, samples)?;
    allocations(&programs, samples)?;
    Ok(growth)
}

fn add(samples: &mut Samples, subject: Subject, call: &str, values: &BTreeMap<String, f64>) {
    for name in ["cpu", "wall"] {
        if let Some(value) = values.get(name) {
            samples.add(&format!("{name}.{call}"), subject, *value);
        }
    }
    if let Some(cpu) = values.get("cpu") {
        samples.add(&format!("{RATE}{call}"), subject, 1e6 / cpu);
    }
}

fn calls(
    programs: &Programs<'_>,
    samples: &mut Samples,
    (name, size, count): (&str, usize, usize),
) -> Result<()> {
    for in_flight in [1, IN_FLIGHT] {
        for subject in SUBJECTS {
            if subject == Subject::Socket && in_flight > 1 {
                continue;
            }
            let fewer = if subject == Subject::Boto3 {
                BOTO3_MAKES_FEWER
            } else {
                1
            };
            let values = programs.calls(subject, (name, size), count / fewer, in_flight)?;
            add(
                samples,
                subject,
                &format!("{name}.{size}.{in_flight}"),
                &values,
            );
        }
    }
    Ok(())
}

fn construct(programs: &Programs<'_>, samples: &mut Samples) -> Result<()> {
    for subject in [
        Subject::Ours,
        Subject::Lean,
        Subject::Official,
        Subject::Floor,
        Subject::Boto3,
    ] {
        let values = programs.run(subject, &words(["construct", "10"]))?;
        for name in ["construct", "first"] {
            if let Some(value) = values.get(name) {
                samples.add(name, subject, *value);
            }
        }
    }
    Ok(())
}

fn memory(programs: &Programs<'_>, samples: &mut Samples) -> Result<()> {
    for subject in COUNTED {
        let values = programs.run(subject, &words(["memory", "1000"]))?;
        if let Some(peak) = values.get("peak") {
            samples.add("memory", subject, *peak);
        }
    }
    Ok(())
}

fn futures(programs: &Programs<'_>, samples: &mut Samples) -> Result<()> {
    for subject in [Subject::Ours, Subject::Official] {
        if let Some(bytes) = programs.run(subject, &words(["future"]))?.get("bytes") {
            samples.add("future", subject, *bytes);
        }
    }
    Ok(())
}

/// Counts instructions. One run is enough, since the counts hardly differ between runs.
fn instructions(programs: &Programs<'_>, samples: &mut Samples) -> Result<()> {
    // valgrind runs dev builds for minutes: the short form counts one call.
    let counted_calls = if programs.extent.short {
        1
    } else {
        CALLS.len()
    };
    for subject in COUNTED {
        for (name, size, _) in CALLS.into_iter().take(counted_calls) {
            let counted = instructions::per_call(programs.extent, |count| {
                let numbers = [size, count, 1].map(|number| number.to_string());
                let mut command = instructions::counted(&programs.program(subject));
                programs.server.environment(&mut command);
                command.args(["calls", name]).args(numbers);
                command
            })?;
            samples.add(&format!("instructions.{name}.{size}"), subject, counted);
        }
    }
    Ok(())
}

/// Measures allocations. Counting slows a program down, so this needs separate builds, which replace the others and come
/// last. One run is enough, since the counts are deterministic.
fn allocations(programs: &Programs<'_>, samples: &mut Samples) -> Result<()> {
    for subject in COUNTED {
        let profile = programs.extent.profile();
        builds::build(
            programs.workspace,
            subject,
            profile,
            &["--features", "count"],
        )?;
        for (name, size, _) in CALLS {
            let values = programs.calls(subject, (name, size), 100, 1)?;
            if let Some(allocations) = values.get("allocations") {
                samples.add(&format!("allocations.{name}.{size}"), subject, *allocations);
            }
        }
    }
    Ok(())
}

/// Measures `ListFlows` with an increasing number of flows.
fn grow(programs: &Programs<'_>, rounds: usize) -> Result<String> {
    let mut samples = Samples::default();
    for _ in 0..rounds {
        for flows in growth::SIZES {
            for subject in COUNTED {
                let count = (20_000 / (flows + 20)).max(5);
                let values = programs.calls(subject, ("list-flows", flows), count, 1)?;
                if let Some(cpu) = values.get("cpu") {
                    samples.add(&flows.to_string(), subject, *cpu);
                }
            }
        }
    }
    Ok(growth::text(&samples))
}
