//! Prints the results of suites as a table.

use std::collections::BTreeMap;

/// The result of a suite.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) suite: String,
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    /// The number of cases with an intended difference, by reason.
    pub(crate) excused: BTreeMap<String, usize>,
    /// The number of cases that passed after a choice was applied, by choice.
    settled: BTreeMap<String, usize>,
    /// Reproductions of the first failures.
    failures: Vec<String>,
}

/// The number of failures that are printed for each suite; the rest is counted.
const SHOWN: usize = 12;

impl Tally {
    pub(crate) fn new(suite: impl Into<String>) -> Self {
        Self {
            suite: suite.into(),
            ..Self::default()
        }
    }

    pub(crate) fn pass(&mut self) {
        self.passed += 1;
    }

    /// Counts a case that passes after choices are applied.
    pub(crate) fn pass_after<'a>(&mut self, settled: impl IntoIterator<Item = &'a str>) {
        self.pass();
        for reason in settled {
            *self.settled.entry(reason.to_owned()).or_default() += 1;
        }
    }

    /// Counts a case with an intended difference, with its reason.
    pub(crate) fn excuse(&mut self, reason: impl Into<String>) {
        *self.excused.entry(reason.into()).or_default() += 1;
    }

    /// Counts a failure; the reproduction is created only if it is shown.
    pub(crate) fn fail(&mut self, reproduction: impl FnOnce() -> String) {
        self.failed += 1;
        if self.failures.len() < SHOWN {
            self.failures.push(reproduction());
        }
    }

    fn excused_cases(&self) -> usize {
        self.excused.values().sum()
    }

    pub(crate) fn cases(&self) -> usize {
        self.passed + self.failed + self.excused_cases()
    }
}

/// Prints failures, reasons and the table; returns whether all cases passed.
pub(crate) fn print(tallies: &[Tally]) -> bool {
    for tally in tallies {
        for failure in &tally.failures {
            println!("FAILED {}: {failure}\n", tally.suite);
        }
        let hidden = tally.failed.saturating_sub(tally.failures.len());
        if hidden > 0 {
            println!("FAILED {}: {hidden} more\n", tally.suite);
        }
    }
    for tally in tallies {
        for (reason, count) in &tally.excused {
            println!("excused  {}: {reason} ({count})", tally.suite);
        }
        for (reason, count) in &tally.settled {
            println!(
                "settled  {}: {reason} ({count} of those passed)",
                tally.suite
            );
        }
    }
    println!();
    println!(
        "{:<28} {:>7} {:>7} {:>7} {:>7}",
        "suite", "cases", "passed", "excused", "failed"
    );
    for tally in tallies {
        println!(
            "{:<28} {:>7} {:>7} {:>7} {:>7}",
            tally.suite,
            tally.cases(),
            tally.passed,
            tally.excused_cases(),
            tally.failed
        );
    }
    // A suite that ran nothing shows nothing, and must not look like success.
    tallies
        .iter()
        .all(|tally| tally.failed == 0 && tally.cases() > 0)
}
