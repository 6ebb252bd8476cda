//! Schedule expressions and the times at which they fire.

mod calendar;
mod cron;
mod rate;

use crate::clock::Millis;
use appflow_sdk::types::ScheduledTriggerProperties;
use cron::Cron;
use rate::Rate;

const MINUTE: Millis = 60_000;

/// A parsed schedule expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expression {
    /// `rate(5minutes)`.
    Rate(Rate),
    /// `cron(0 12 * * ? *)`, in UTC.
    Cron(Box<Cron>),
}

impl Expression {
    /// Parses an expression. A space between number and unit is accepted.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let inner = |name: &str| {
            text.trim()
                .strip_prefix(name)?
                .strip_prefix('(')?
                .strip_suffix(')')
        };
        match (inner("rate"), inner("cron")) {
            (Some(rate), _) => Rate::parse(rate).map(Self::Rate),
            (_, Some(cron)) => Cron::parse(cron).map(|cron| Self::Cron(Box::new(cron))),
            _ => None,
        }
    }

    /// Returns the minimum interval between two firings, if the expression determines it.
    pub(crate) fn period(&self) -> Millis {
        match self {
            Self::Rate(rate) => rate.period(),
            Self::Cron(cron) => cron.min_period(),
        }
    }

    /// Returns whether it fires at or after a time.
    pub(crate) fn fires_after(&self, now: Millis) -> bool {
        self.at_or_after(now, now).is_some()
    }

    /// Returns the first firing at or after `from`. A rate counts from `start`.
    fn at_or_after(&self, start: Millis, from: Millis) -> Option<Millis> {
        match self {
            Self::Rate(rate) => Some(rate.at_or_after(start, from)),
            Self::Cron(cron) => cron.at_or_after(from.max(start)),
        }
    }

    /// Returns the last firing by `until`, where `due` is one of them. It is a binary search, since a schedule may have ended
    /// long before.
    fn last_until(&self, due: Millis, until: Millis) -> Millis {
        let firing = |from| self.at_or_after(due, from).filter(|at| *at <= until);
        let (mut last, mut beyond) = (due, until);
        while last < beyond {
            let middle = last + (beyond - last + 1) / 2;
            match firing(middle) {
                Some(at) => last = at,
                None => beyond = middle - 1,
            }
        }
        last
    }
}

/// Returns the first firing of a schedule that is activated at `now`.
pub(crate) fn first(properties: &ScheduledTriggerProperties, now: Millis) -> Option<Millis> {
    let expression = Expression::parse(&properties.schedule_expression)?;
    let start = start(properties).unwrap_or(now);
    within(properties, expression.at_or_after(start, now.max(start))?)
}

/// Returns the next firing of a schedule that fired at `fired_at`.
pub(crate) fn next(properties: &ScheduledTriggerProperties, fired_at: Millis) -> Option<Millis> {
    let expression = Expression::parse(&properties.schedule_expression)?;
    within(properties, expression.at_or_after(fired_at, fired_at + 1)?)
}

/// Returns the firing from which at most `most` firings are left until `now`, which limits the work after the clock
/// jumps.
pub(crate) fn skip_ahead(
    properties: &ScheduledTriggerProperties,
    due: Millis,
    now: Millis,
    most: usize,
) -> Millis {
    let Some(expression) = Expression::parse(&properties.schedule_expression) else {
        return due;
    };
    let last = expression.last_until(due, end(properties).map_or(now, |end| end.min(now)));
    let before = Millis::try_from(most).unwrap_or(Millis::MAX) - 1;
    let earliest = last.saturating_sub(expression.period().saturating_mul(before));
    if due >= earliest {
        return due;
    }
    expression.at_or_after(due, earliest).unwrap_or(due)
}

/// Returns the first firing after `now` of a schedule whose next firing was `due`, of a time when the clock was ahead.
pub(crate) fn earliest_after(
    properties: &ScheduledTriggerProperties,
    due: Millis,
    now: Millis,
) -> Millis {
    let Some(expression) = Expression::parse(&properties.schedule_expression) else {
        return due;
    };
    let from = start(properties).map_or(now + 1, |start| start.max(now + 1));
    let earliest = match &expression {
        // A rate keeps its phase.
        Expression::Rate(rate) => {
            let periods = due.saturating_sub(from) / rate.period();
            Some(due - periods * rate.period())
        }
        Expression::Cron(cron) => cron.at_or_after(from),
    };
    earliest.map_or(due, |earliest| earliest.min(due))
}

fn start(properties: &ScheduledTriggerProperties) -> Option<Millis> {
    properties.schedule_start_time?.to_millis().ok()
}

fn end(properties: &ScheduledTriggerProperties) -> Option<Millis> {
    properties.schedule_end_time?.to_millis().ok()
}

fn within(properties: &ScheduledTriggerProperties, at: Millis) -> Option<Millis> {
    end(properties).is_none_or(|end| at <= end).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use appflow_sdk::primitives::DateTime;

    const HOUR: Millis = 60 * MINUTE;
    const DAY: Millis = 24 * HOUR;
    /// 2026-01-01T00:00:00Z, a Thursday.
    const NEW_YEAR: Millis = 1_767_225_600_000;

    #[test]
    fn expressions_fire_when_they_say() {
        let table = [
            ("rate(5minutes)", NEW_YEAR, Some(NEW_YEAR)),
            ("rate(5minutes)", NEW_YEAR + 1, Some(NEW_YEAR + 5 * MINUTE)),
            ("rate(3 hours)", NEW_YEAR + 1, Some(NEW_YEAR + 3 * HOUR)),
            ("rate(1days)", NEW_YEAR + 1, Some(NEW_YEAR + DAY)),
            ("rate(1day)", NEW_YEAR + 1, Some(NEW_YEAR + DAY)),
            ("rate(2weeks)", NEW_YEAR + 1, Some(NEW_YEAR + 14 * DAY)),
            ("cron(0 12 * * ? *)", NEW_YEAR, Some(NEW_YEAR + 12 * HOUR)),
            (
                "cron(0/15 * * * ? *)",
                NEW_YEAR + 1,
                Some(NEW_YEAR + 15 * MINUTE),
            ),
            (
                "cron(0 8 ? * MON-FRI *)",
                NEW_YEAR + 9 * HOUR,
                Some(NEW_YEAR + DAY + 8 * HOUR),
            ),
            ("cron(0 0 1 3 ? *)", NEW_YEAR, Some(NEW_YEAR + 59 * DAY)),
            (
                "cron(0 0 29 2 ? *)",
                NEW_YEAR,
                Some(NEW_YEAR + (2 * 365 + 59) * DAY),
            ),
            ("cron(0 0 1 1 ? 2020)", NEW_YEAR, None),
        ];
        for (text, from, expected) in table {
            let expression = Expression::parse(text).unwrap();
            assert_eq!(expression.at_or_after(NEW_YEAR, from), expected, "{text}");
        }
    }

    #[test]
    fn other_expressions_are_rejected() {
        let refused = [
            "",
            "rate()",
            "rate(0minutes)",
            "rate(5)",
            "rate(5fortnights)",
            "rate(-1hours)",
            "every day",
            "cron(* * *)",
            "cron(61 * * * ? *)",
            "cron(0 0 * 13 ? *)",
            "cron(0 0 1 1 * *)",
        ];
        for text in refused {
            assert_eq!(Expression::parse(text), None, "{text}");
        }
    }

    #[test]
    fn after_the_clock_was_set_back_a_schedule_fires_when_it_would_have_fired() {
        let later = |hours: i64| NEW_YEAR + hours * HOUR;
        let table = [
            // The next firing was far ahead; a rate keeps its phase.
            ("rate(3hours)", None, later(3001), NEW_YEAR, later(1)),
            ("rate(3hours)", None, later(3001), later(1), later(4)),
            ("cron(0 12 * * ? *)", None, later(3000), NEW_YEAR, later(12)),
            // The clock was not set back.
            ("rate(3hours)", None, later(3), NEW_YEAR, later(3)),
            ("cron(0 12 * * ? *)", None, later(12), NEW_YEAR, later(12)),
            // It is due already.
            ("rate(3hours)", None, later(3), later(10), later(3)),
            ("cron(0 12 * * ? *)", None, later(12), later(15), later(12)),
            // Not before it starts.
            (
                "rate(3hours)",
                Some(later(48)),
                later(51),
                NEW_YEAR,
                later(48),
            ),
        ];
        for (expression, start, due, now, expected) in table {
            let properties = ScheduledTriggerProperties::builder()
                .schedule_expression(expression)
                .set_schedule_start_time(start.map(DateTime::from_millis))
                .build()
                .unwrap();
            let found = earliest_after(&properties, due, now);
            assert_eq!(found, expected, "{expression} {start:?} {due} {now}");
        }
    }

    #[test]
    fn a_far_jump_leaves_a_bounded_number_of_firings() {
        let properties = ScheduledTriggerProperties::builder()
            .schedule_expression("rate(1minutes)")
            .build()
            .unwrap();
        let at = skip_ahead(&properties, NEW_YEAR, NEW_YEAR + 365 * DAY, 10);
        assert_eq!(at, NEW_YEAR + 365 * DAY - 9 * MINUTE);
    }

    #[test]
    fn a_jump_leaves_the_last_firings_and_none_after_the_end() {
        const FAR: Millis = 253_402_300_799_999;
        let year_2199 = 7_258_118_400_000 - 15 * MINUTE;
        let table = [
            ("rate(1hours)", None, 3 * HOUR, 0),
            ("rate(1hours)", None, 300 * HOUR, 101 * HOUR),
            ("rate(1hours)", Some(250 * HOUR), 300 * HOUR, 51 * HOUR),
            ("rate(1hours)", Some(250 * HOUR), 3 * DAY, 0),
            (
                "cron(0/15 * * * ? *)",
                None,
                FAR - NEW_YEAR,
                year_2199 - 199 * 15 * MINUTE - NEW_YEAR,
            ),
            // The first of January is months ago.
            ("cron(0 * 1 1 ? *)", None, 200 * DAY, 0),
        ];
        for (expression, end, now, expected) in table {
            let at = |since: Millis| DateTime::from_millis(NEW_YEAR + since);
            let properties = ScheduledTriggerProperties::builder()
                .schedule_expression(expression)
                .set_schedule_end_time(end.map(at))
                .build()
                .unwrap();
            let found = skip_ahead(&properties, NEW_YEAR, NEW_YEAR + now, 200);
            assert_eq!(found - NEW_YEAR, expected, "{expression} {end:?}");
        }
    }
}
