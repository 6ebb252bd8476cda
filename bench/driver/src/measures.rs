//! The rows of the table and the targets.

use crate::Part;
use crate::subject::Subject;

/// A row of the table.
pub(crate) struct Measure {
    pub(crate) part: Part,
    /// The subjects that it is measured for.
    pub(crate) subjects: &'static [Subject],
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) unit: Unit,
    pub(crate) targets: &'static [Target],
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Seconds,
    Microseconds,
    Bytes,
    Count,
    Thousands,
    PerSecond,
}

/// A target.
pub(crate) enum Target {
    /// At most this multiple of the other's value.
    AtMost(Subject, f64),
    /// At least this multiple of the other's value.
    AtLeast(Subject, f64),
    /// At most this value.
    Below(f64),
    /// With the HTTP client on hyper: at most this multiple of the other's value.
    LeanAtMost(Subject, f64),
    /// With the HTTP client on hyper: at least this multiple of the other's value.
    LeanAtLeast(Subject, f64),
    /// With the HTTP client on hyper: at most this value.
    LeanBelow(f64),
}

use Part::{Builds, Calls, Generate};
use Subject::{Boto3, Floor, Lean, Official, Ours, Socket};
use Target::{AtLeast, AtMost, Below, LeanAtLeast, LeanAtMost, LeanBelow};
use Unit::{Bytes, Count, Microseconds, PerSecond, Seconds, Thousands};

const RATE_FLOOR: Target = AtLeast(Floor, 1.0);

const ALONE: &[Subject] = &[Ours];
const SDKS: &[Subject] = &[Ours, Official];
const BUILT: &[Subject] = &[Ours, Lean, Official, Floor];
const CLIENTS: &[Subject] = &[Ours, Lean, Official, Floor, Boto3];
const ALL: &[Subject] = &[Ours, Lean, Official, Floor, Boto3, Socket];

const fn row(
    part: Part,
    subjects: &'static [Subject],
    id: &'static str,
    title: &'static str,
    unit: Unit,
    targets: &'static [Target],
) -> Measure {
    Measure {
        part,
        subjects,
        id,
        title,
        unit,
        targets,
    }
}

/// Returns the rows of the table.
#[rustfmt::skip]
pub(crate) const MEASURES: &[Measure] = &[
    row(Builds, BUILT, "build.dev", "cold dev build", Seconds, &[]),
    row(Builds, BUILT, "build.dev.cpu", "cold dev build: user and system time", Seconds, &[AtMost(Official, 0.45), LeanAtMost(Official, 0.33)]),
    row(Builds, BUILT, "build.release", "cold release build", Seconds, &[]),
    row(Builds, BUILT, "build.release.cpu", "cold release build: user and system time", Seconds, &[AtMost(Official, 0.40), LeanAtMost(Official, 0.32)]),
    row(Builds, BUILT, "build.check", "cold `cargo check`", Seconds, &[]),
    row(Builds, BUILT, "build.touched", "dev build after touching `main.rs`", Seconds, &[]),
    row(Builds, SDKS, "alone.dev", "the SDK crate alone, dev", Seconds, &[AtMost(Official, 0.55)]),
    row(Builds, SDKS, "alone.dev.cpu", "… user and system time", Seconds, &[]),
    row(Builds, SDKS, "alone.release", "the SDK crate alone, release", Seconds, &[AtMost(Official, 0.55)]),
    row(Builds, SDKS, "alone.release.cpu", "… user and system time", Seconds, &[]),
    row(Builds, BUILT, "size", "stripped release binary", Bytes, &[AtMost(Official, 0.33), LeanAtMost(Official, 0.30)]),
    row(Builds, BUILT, "crates", "crates in the tree", Count, &[AtMost(Official, 0.80), LeanBelow(75.0)]),
    row(Builds, SDKS, "lines", "lines of the SDK crate", Count, &[]),
    row(Calls, CLIENTS, "construct", "client from the environment", Microseconds, &[]),
    row(Calls, CLIENTS, "first", "client and its first call", Microseconds, &[]),
    row(Calls, ALL, "cpu.list-flows.0.1", "`ListFlows`, 0 flows: CPU", Microseconds, &[AtMost(Official, 0.47), AtMost(Floor, 1.0), LeanAtMost(Floor, 0.80)]),
    row(Calls, ALL, "cpu.list-flows.100.1", "`ListFlows`, 100 flows: CPU", Microseconds, &[AtMost(Official, 0.48)]),
    row(Calls, ALL, "cpu.create-flow.100.1", "`CreateFlow`, 100 tasks: CPU", Microseconds, &[AtMost(Official, 0.62), AtMost(Floor, 1.10)]),
    row(Calls, ALL, "cpu.describe-entity.1000.1", "`DescribeConnectorEntity`, 1,000 fields: CPU", Microseconds, &[AtMost(Official, 0.40)]),
    row(Calls, ALL, "wall.list-flows.0.1", "`ListFlows`, 0 flows: wall", Microseconds, &[]),
    row(Calls, ALL, "wall.list-flows.100.1", "`ListFlows`, 100 flows: wall", Microseconds, &[]),
    row(Calls, ALL, "wall.create-flow.100.1", "`CreateFlow`, 100 tasks: wall", Microseconds, &[]),
    row(Calls, ALL, "wall.describe-entity.1000.1", "`DescribeConnectorEntity`, 1,000 fields: wall", Microseconds, &[]),
    row(Calls, CLIENTS, "rate.list-flows.0.64", "64 in flight, `ListFlows`, 0 flows: calls per CPU second", PerSecond, &[RATE_FLOOR, LeanAtLeast(Floor, 1.25)]),
    row(Calls, CLIENTS, "rate.list-flows.100.64", "64 in flight, `ListFlows`, 100 flows", PerSecond, &[RATE_FLOOR]),
    row(Calls, CLIENTS, "rate.create-flow.100.64", "64 in flight, `CreateFlow`, 100 tasks", PerSecond, &[RATE_FLOOR]),
    row(Calls, CLIENTS, "rate.describe-entity.1000.64", "64 in flight, `DescribeConnectorEntity`, 1,000 fields", PerSecond, &[RATE_FLOOR]),
    row(Calls, CLIENTS, "wall.list-flows.0.64", "64 in flight, `ListFlows`, 0 flows: wall per call", Microseconds, &[]),
    row(Calls, CLIENTS, "wall.list-flows.100.64", "64 in flight, `ListFlows`, 100 flows: wall", Microseconds, &[]),
    row(Calls, CLIENTS, "wall.create-flow.100.64", "64 in flight, `CreateFlow`, 100 tasks: wall", Microseconds, &[]),
    row(Calls, CLIENTS, "wall.describe-entity.1000.64", "64 in flight, `DescribeConnectorEntity`, 1,000 fields: wall", Microseconds, &[]),
    row(Calls, BUILT, "instructions.list-flows.0", "instructions, `ListFlows`, 0 flows", Thousands, &[]),
    row(Calls, BUILT, "instructions.list-flows.100", "instructions, `ListFlows`, 100 flows", Thousands, &[]),
    row(Calls, BUILT, "instructions.create-flow.100", "instructions, `CreateFlow`, 100 tasks", Thousands, &[]),
    row(Calls, BUILT, "instructions.describe-entity.1000", "instructions, `DescribeConnectorEntity`, 1,000 fields", Thousands, &[]),
    row(Calls, BUILT, "allocations.list-flows.0", "allocations, `ListFlows`, 0 flows", Count, &[]),
    row(Calls, BUILT, "allocations.list-flows.100", "allocations, `ListFlows`, 100 flows", Count, &[]),
    row(Calls, BUILT, "allocations.create-flow.100", "allocations, `CreateFlow`, 100 tasks", Count, &[]),
    row(Calls, BUILT, "allocations.describe-entity.1000", "allocations, `DescribeConnectorEntity`, 1,000 fields", Count, &[]),
    row(Calls, SDKS, "future", "largest `send()` future", Bytes, &[]),
    row(Calls, BUILT, "memory", "peak memory, 1,000 calls in flight", Bytes, &[AtMost(Official, 0.70), LeanAtMost(Floor, 1.0)]),
    row(Generate, ALONE, "codegen.appflow", "`cargo xtask codegen --check`, built", Seconds, &[Below(0.25)]),
    row(Generate, ALONE, "codegen.appflow.memory", "… its peak memory", Bytes, &[]),
    row(Generate, ALONE, "codegen.largest", "generating botocore's largest model (EC2)", Seconds, &[Below(2.5)]),
    row(Generate, ALONE, "codegen.largest.memory", "… its peak memory", Bytes, &[Below(250e6)]),
    row(Generate, ALONE, "codegen.largest.lines", "… lines that come out", Count, &[]),
];

/// The rows that the short form skips, because they take minutes.
pub(crate) const FULL_ONLY: &[&str] = &[
    "build.release",
    "build.release.cpu",
    "build.check",
    "alone.release",
    "alone.release.cpu",
    "instructions.list-flows.100",
    "instructions.create-flow.100",
    "instructions.describe-entity.1000",
];

/// Returns the rows of the README.
pub(crate) const TELLING: &[&str] = &[
    "build.dev.cpu",
    "build.release.cpu",
    "alone.release",
    "size",
    "crates",
    "construct",
    "cpu.list-flows.0.1",
    "cpu.list-flows.100.1",
    "cpu.create-flow.100.1",
    "cpu.describe-entity.1000.1",
    "rate.list-flows.0.64",
    "future",
    "memory",
];

/// Returns the measures of the chart, in which the official SDK is 1.
pub(crate) const DRAWN: &[(&str, &str)] = &[
    ("build.dev", "cold dev build"),
    ("build.release", "cold release build"),
    ("alone.dev", "SDK crate alone, dev"),
    ("alone.release", "SDK crate alone, release"),
    ("size", "stripped binary"),
    ("crates", "crates in the tree"),
    ("cpu.list-flows.0.1", "CPU: ListFlows, 0 flows"),
    ("cpu.list-flows.100.1", "CPU: ListFlows, 100 flows"),
    ("cpu.create-flow.100.1", "CPU: CreateFlow, 100 tasks"),
    ("cpu.describe-entity.1000.1", "CPU: DescribeConnectorEntity"),
    ("cpu.list-flows.0.64", "CPU: 64 in flight, 0 flows"),
    ("memory", "memory, 1,000 in flight"),
];
