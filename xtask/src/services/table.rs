//! Prints the results of generating all services.

use super::compile::Checked;
use super::generate::{Outcome, Summary};
use crate::say::say;
use std::collections::BTreeMap;
use std::time::Duration;

/// The maximum memory for generating all services, in MiB. The duration is only reported, since it depends on the load
/// of the machine.
const MAX_MEMORY: u64 = 1024;

/// Prints the table, followed by errors and warnings.
pub(super) fn print(
    outcomes: &[Outcome],
    others: usize,
    checked: Option<&Checked>,
    generating: Duration,
) {
    let summaries: Vec<&Summary> = outcomes
        .iter()
        .filter_map(|outcome| outcome.result.as_ref().ok())
        .collect();
    let sum = |count: fn(&Summary) -> usize| summaries.iter().map(|summary| count(summary)).sum();
    let row = |label: &str, value: String| say!("{label:<12} {value}");
    let slowest = outcomes.iter().max_by_key(|outcome| outcome.took);
    row(
        "services",
        format!("{} ({others} of other protocols)", outcomes.len()),
    );
    row("generated", summaries.len().to_string());
    let total: usize = sum(|summary| summary.operations);
    row("operations", total.to_string());
    let total: usize = sum(|summary| summary.left_out.len());
    row("left out", total.to_string());
    for (reason, count) in reasons(&summaries) {
        row("", format!("{count:>5}  {reason}"));
    }
    let total: usize = sum(|summary| summary.warnings.len());
    row("warnings", total.to_string());
    let total: usize = sum(|summary| summary.shapes);
    row("shapes", total.to_string());
    let total: usize = sum(|summary| summary.lines);
    row("lines", total.to_string());
    if let Some(checked) = checked {
        row("compiled", checked.summary());
    }
    row("time", format!("{generating:.1?} to generate"));
    if let Some(slowest) = slowest {
        row("", format!("{:.1?} for {}", slowest.took, slowest.name));
    }
    if let Some(peak) = peak_memory() {
        row("memory", format!("{peak} MiB at most"));
    }
    for outcome in outcomes {
        if let Err(reason) = &outcome.result {
            say!("\n{}: {reason}", outcome.name);
        }
    }
    for outcome in outcomes {
        for warning in outcome.result.iter().flat_map(|summary| &summary.warnings) {
            say!("\n{}: warning: {warning}", outcome.name);
        }
    }
    for (name, text) in checked.iter().flat_map(|checked| checked.problems()) {
        say!("\n{name}: {text}");
    }
}

/// Returns a message if too much memory was used.
pub(super) fn too_much_memory() -> Option<String> {
    excess(peak_memory()?)
}

fn excess(peak: u64) -> Option<String> {
    (peak > MAX_MEMORY)
        .then(|| format!("used {peak} MiB of memory, which exceeds the limit of {MAX_MEMORY} MiB"))
}

/// Returns the peak memory use of this process in MiB, or `None` if the system does not report it.
fn peak_memory() -> Option<u64> {
    peak_of(&std::fs::read_to_string("/proc/self/status").ok()?)
}

fn peak_of(status: &str) -> Option<u64> {
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = peak.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib.div_ceil(1024))
}

/// Counts the operations that were left out by reason, most frequent first.
fn reasons(summaries: &[&Summary]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, reason) in summaries.iter().flat_map(|summary| &summary.left_out) {
        *counts.entry(reason).or_default() += 1;
    }
    let mut counts: Vec<_> = counts
        .into_iter()
        .map(|(reason, count)| (reason.to_owned(), count))
        .collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_a_gibibyte_is_too_much() {
        let table = [
            (" 262144 kB", Some(256), false),
            ("1048576 kB", Some(1024), false),
            ("1048577 kB", Some(1025), true),
            ("many", None, false),
        ];
        for (text, mebibytes, too_much) in table {
            let peak = peak_of(&format!("VmPeak: 1 kB\nVmHWM:\t{text}\n"));
            assert_eq!(peak, mebibytes, "{text}");
            assert_eq!(peak.and_then(excess).is_some(), too_much, "{text}");
        }
    }
}
