//! Schedules: an expression in, the times at which it fires out.

mod cron;
mod rate;

use crate::clock::Millis;
use appflow_sdk::types::ScheduledTriggerProperties;
use cron::Cron;
use rate::Rate;

const MINUTE: Millis = 60_000;

/// A schedule expression that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expression {
    /// `rate(5minutes)`.
    Rate(Rate),
    /// `cron(0 12 * * ? *)`, in UTC.
    Cron(Box<Cron>),
}

impl Expression {
    /// Reads an expression; a blank between number and unit is accepted.
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

    /// The shortest time between two firings, where the expression says it.
    pub(crate) fn period(&self) -> Millis {
        match self {
            Self::Rate(rate) => rate.period(),
            Self::Cron(cron) => cron.least_period(),
        }
    }

    /// The first firing at or after `from`. A rate counts from `start`.
    fn at_or_after(&self, start: Millis, from: Millis) -> Option<Millis> {
        match self {
            Self::Rate(rate) => Some(rate.at_or_after(start, from)),
            Self::Cron(cron) => cron.at_or_after(from.max(start)),
        }
    }
}

/// When a schedule that is switched on at `now` fires first.
pub(crate) fn first(properties: &ScheduledTriggerProperties, now: Millis) -> Option<Millis> {
    let expression = Expression::parse(&properties.schedule_expression)?;
    let start = start(properties).unwrap_or(now);
    within(properties, expression.at_or_after(start, now.max(start))?)
}

/// When a schedule that fired at `fired_at` fires next.
pub(crate) fn next(properties: &ScheduledTriggerProperties, fired_at: Millis) -> Option<Millis> {
    let expression = Expression::parse(&properties.schedule_expression)?;
    within(properties, expression.at_or_after(fired_at, fired_at + 1)?)
}

/// The last firing that leaves at most `most` of them until `now`: so that a clock that jumps far does not run for long.
pub(crate) fn skip_ahead(
    properties: &ScheduledTriggerProperties,
    due: Millis,
    now: Millis,
    most: usize,
) -> Millis {
    let Some(expression) = Expression::parse(&properties.schedule_expression) else {
        return due;
    };
    let most = Millis::try_from(most).unwrap_or(Millis::MAX);
    let earliest = now.saturating_sub(expression.period().saturating_mul(most));
    if due >= earliest {
        return due;
    }
    expression.at_or_after(due, earliest).unwrap_or(due)
}

fn start(properties: &ScheduledTriggerProperties) -> Option<Millis> {
    properties.schedule_start_time?.to_millis().ok()
}

fn within(properties: &ScheduledTriggerProperties, at: Millis) -> Option<Millis> {
    let end = properties
        .schedule_end_time
        .and_then(|end| end.to_millis().ok());
    end.is_none_or(|end| at <= end).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn other_expressions_are_refused() {
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
            "cron(0 0 L * ? *)",
        ];
        for text in refused {
            assert_eq!(Expression::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_far_jump_leaves_a_bounded_number_of_firings() {
        let properties = ScheduledTriggerProperties::builder()
            .schedule_expression("rate(1minutes)")
            .build()
            .unwrap();
        let at = skip_ahead(&properties, NEW_YEAR, NEW_YEAR + 365 * DAY, 10);
        assert_eq!(at, NEW_YEAR + 365 * DAY - 10 * MINUTE);
    }
}
