//! [`Rate`]: `5minutes`: every so often, counted from a start.

use crate::clock::Millis;
use crate::schedule::MINUTE;

/// A rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rate {
    period: Millis,
}

impl Rate {
    /// Reads what stands in the parentheses. The unit is in the plural even for one, but the singular is accepted.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.find(|c: char| !c.is_ascii_digit())?;
        let (number, unit) = text.split_at(digits);
        let number: Millis = number.parse().ok().filter(|number| *number > 0)?;
        let unit = match unit.trim().trim_end_matches('s') {
            "minute" => MINUTE,
            "hour" => 60 * MINUTE,
            "day" => 24 * 60 * MINUTE,
            "week" => 7 * 24 * 60 * MINUTE,
            "month" => 30 * 24 * 60 * MINUTE,
            _ => return None,
        };
        Some(Self {
            period: number.checked_mul(unit)?,
        })
    }

    pub(super) fn period(self) -> Millis {
        self.period
    }

    pub(super) fn at_or_after(self, start: Millis, from: Millis) -> Millis {
        let passed = from.saturating_sub(start).max(0);
        let periods = passed / self.period + Millis::from(passed % self.period != 0);
        start.saturating_add(periods.saturating_mul(self.period))
    }
}
