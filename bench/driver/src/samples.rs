//! [`Samples`]: the measured values by measure and subject, and the figure of each measure.

use crate::subject::Subject;
use std::collections::BTreeMap;

/// The start of the names of rates, such as calls per second.
pub(crate) const RATE: &str = "rate.";

#[derive(Default)]
pub(crate) struct Samples(BTreeMap<(String, Subject), Vec<f64>>);

impl Samples {
    pub(crate) fn add(&mut self, measure: &str, subject: Subject, value: f64) {
        self.0
            .entry((measure.to_owned(), subject))
            .or_default()
            .push(value);
    }

    /// Returns the figure of a measure: its least value, or the greatest value of a rate, because other load on the machine
    /// only slows programs down. `None` if it was not measured.
    pub(crate) fn figure(&self, measure: &str, subject: Subject) -> Option<f64> {
        let values = self.0.get(&(measure.to_owned(), subject))?.iter().copied();
        if measure.starts_with(RATE) {
            values.max_by(f64::total_cmp)
        } else {
            values.min_by(f64::total_cmp)
        }
    }

    /// Returns the ratio of a figure to another's.
    pub(crate) fn ratio(&self, measure: &str, subject: Subject, other: Subject) -> Option<f64> {
        Some(self.figure(measure, subject)? / self.figure(measure, other)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_is_that_of_the_least_disturbed_round() {
        let mut samples = Samples::default();
        for value in [5.0, 3.0, 4.0] {
            samples.add("cpu.x", Subject::Ours, value);
            samples.add("rate.x", Subject::Ours, value);
        }
        assert_eq!(samples.figure("cpu.x", Subject::Ours), Some(3.0));
        assert_eq!(samples.figure("rate.x", Subject::Ours), Some(5.0));
        assert_eq!(samples.figure("cpu.x", Subject::Floor), None);
    }
}
