//! What the table shows, row by row, and the targets.

use crate::subject::Subject;

/// A row.
pub(crate) struct Measure {
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
    PerSecond,
}

/// What must hold.
pub(crate) enum Target {
    /// At most that many times the other's.
    AtMost(Subject, f64),
    /// At least that many times the other's.
    AtLeast(Subject, f64),
    /// At most this, whatever others take.
    Below(f64),
}

use Subject::{Floor, Official};
use Target::{AtLeast, AtMost, Below};
use Unit::{Bytes, Count, Microseconds, PerSecond, Seconds};

const FLOOR: Target = AtMost(Floor, 1.25);

const fn row(
    id: &'static str,
    title: &'static str,
    unit: Unit,
    targets: &'static [Target],
) -> Measure {
    Measure {
        id,
        title,
        unit,
        targets,
    }
}

/// The table.
pub(crate) const MEASURES: &[Measure] = &[
    row(
        "build.dev",
        "cold dev build",
        Seconds,
        &[AtMost(Official, 0.45)],
    ),
    row("build.dev.cpu", "… on the CPU", Seconds, &[]),
    row(
        "build.release",
        "cold release build",
        Seconds,
        &[AtMost(Official, 0.40)],
    ),
    row("build.release.cpu", "… on the CPU", Seconds, &[]),
    row("build.check", "cold `cargo check`", Seconds, &[]),
    row(
        "build.touched",
        "dev build after touching `main.rs`",
        Seconds,
        &[],
    ),
    row(
        "alone.dev",
        "the SDK crate alone, dev",
        Seconds,
        &[AtMost(Official, 0.55)],
    ),
    row(
        "alone.release",
        "the SDK crate alone, release",
        Seconds,
        &[AtMost(Official, 0.55)],
    ),
    row(
        "size",
        "stripped release binary",
        Bytes,
        &[AtMost(Official, 0.33)],
    ),
    row(
        "crates",
        "crates in the tree",
        Count,
        &[AtMost(Official, 0.80)],
    ),
    row("lines", "lines of the SDK crate", Count, &[]),
    row(
        "construct",
        "client from the environment",
        Microseconds,
        &[],
    ),
    row("first", "client and its first call", Microseconds, &[]),
    row(
        "cpu.list-flows.0.1",
        "`ListFlows`, 0 flows: CPU",
        Microseconds,
        &[AtMost(Official, 0.55), FLOOR],
    ),
    row(
        "cpu.list-flows.100.1",
        "`ListFlows`, 100 flows: CPU",
        Microseconds,
        &[AtMost(Official, 0.70), FLOOR],
    ),
    row(
        "cpu.create-flow.100.1",
        "`CreateFlow`, 100 tasks: CPU",
        Microseconds,
        &[FLOOR],
    ),
    row(
        "cpu.describe-entity.1000.1",
        "`DescribeConnectorEntity`, 1,000 fields: CPU",
        Microseconds,
        &[FLOOR],
    ),
    row(
        "wall.list-flows.0.1",
        "`ListFlows`, 0 flows: wall",
        Microseconds,
        &[],
    ),
    row(
        "wall.list-flows.100.1",
        "`ListFlows`, 100 flows: wall",
        Microseconds,
        &[],
    ),
    row(
        "wall.create-flow.100.1",
        "`CreateFlow`, 100 tasks: wall",
        Microseconds,
        &[],
    ),
    row(
        "wall.describe-entity.1000.1",
        "`DescribeConnectorEntity`, 1,000 fields: wall",
        Microseconds,
        &[],
    ),
    row(
        "rate.list-flows.0.64",
        "64 in flight, `ListFlows`, 0 flows: calls per CPU second",
        PerSecond,
        &[AtLeast(Official, 2.5), AtLeast(Floor, 0.8)],
    ),
    row(
        "rate.list-flows.100.64",
        "64 in flight, `ListFlows`, 100 flows",
        PerSecond,
        &[AtLeast(Floor, 0.8)],
    ),
    row(
        "rate.create-flow.100.64",
        "64 in flight, `CreateFlow`, 100 tasks",
        PerSecond,
        &[AtLeast(Floor, 0.8)],
    ),
    row(
        "rate.describe-entity.1000.64",
        "64 in flight, `DescribeConnectorEntity`, 1,000 fields",
        PerSecond,
        &[AtLeast(Floor, 0.8)],
    ),
    row(
        "wall.list-flows.0.64",
        "64 in flight, `ListFlows`, 0 flows: wall per call",
        Microseconds,
        &[],
    ),
    row(
        "allocations.list-flows.0",
        "allocations, `ListFlows`, 0 flows",
        Count,
        &[],
    ),
    row(
        "allocations.list-flows.100",
        "allocations, `ListFlows`, 100 flows",
        Count,
        &[],
    ),
    row(
        "allocations.create-flow.100",
        "allocations, `CreateFlow`, 100 tasks",
        Count,
        &[],
    ),
    row(
        "allocations.describe-entity.1000",
        "allocations, `DescribeConnectorEntity`, 1,000 fields",
        Count,
        &[],
    ),
    row("future", "largest `send()` future", Bytes, &[]),
    row("memory", "peak memory, 1,000 calls in flight", Bytes, &[]),
    row(
        "codegen.appflow",
        "`cargo xtask codegen --check`, built",
        Seconds,
        &[Below(0.5)],
    ),
    row("codegen.appflow.memory", "… its peak memory", Bytes, &[]),
    row(
        "codegen.largest",
        "generating botocore's largest restJson1 model",
        Seconds,
        &[],
    ),
    row("codegen.largest.memory", "… its peak memory", Bytes, &[]),
    row("codegen.largest.lines", "… lines that come out", Count, &[]),
];

/// Measures that are drawn: where the official SDK is 1.
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
