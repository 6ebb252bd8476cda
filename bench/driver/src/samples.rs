//! [`Samples`]: the measured values by measure and subject, and their medians.

use crate::subject::Subject;
use std::collections::BTreeMap;

#[derive(Default)]
pub(crate) struct Samples(BTreeMap<(String, Subject), Vec<f64>>);

impl Samples {
    pub(crate) fn add(&mut self, measure: &str, subject: Subject, value: f64) {
        self.0
            .entry((measure.to_owned(), subject))
            .or_default()
            .push(value);
    }

    /// Returns the median; `None` if it was not measured.
    pub(crate) fn median(&self, measure: &str, subject: Subject) -> Option<f64> {
        let mut values = self.0.get(&(measure.to_owned(), subject))?.clone();
        values.sort_by(f64::total_cmp);
        let middle = values.len() / 2;
        let upper = *values.get(middle)?;
        if values.len() % 2 == 1 {
            return Some(upper);
        }
        values.get(middle - 1).map(|lower| (lower + upper) / 2.0)
    }

    /// Returns the ratio of a median to another's.
    pub(crate) fn ratio(&self, measure: &str, subject: Subject, other: Subject) -> Option<f64> {
        Some(self.median(measure, subject)? / self.median(measure, other)?)
    }
}
