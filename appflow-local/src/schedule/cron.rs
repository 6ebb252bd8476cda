//! [`Cron`]: EventBridge's cron expressions, in UTC: minute, hour, day of month, month, day of week, year.
//!
//! Supports lists, ranges, steps, names of months and days, and `L`, `W` and `#` in the fields of days. Exactly one of
//! the two fields of days is `?`.

use super::calendar::{civil, day_of, days_in};
use crate::clock::Millis;
use crate::schedule::MINUTE;
use std::collections::BTreeSet;

const DAY: Millis = 24 * 60 * MINUTE;
const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// A cron expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cron {
    minutes: BTreeSet<u32>,
    hours: BTreeSet<u32>,
    days: Days,
    months: BTreeSet<u32>,
    years: BTreeSet<u32>,
}

/// The days on which it fires.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Days {
    /// By day of the month.
    OfMonth(Vec<DayOfMonth>),
    /// By day of the week; Sunday is 1.
    OfWeek(Vec<DayOfWeek>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DayOfMonth {
    /// `15`.
    Number(u32),
    /// `L`.
    Last,
    /// `15W`: the nearest weekday in the month.
    WeekdayNear(u32),
    /// `LW`.
    LastWeekday,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DayOfWeek {
    /// `MON`.
    Each(u32),
    /// `MON#2`: the second one of the month.
    Nth(u32, u32),
    /// `MONL`: the last one of the month.
    Last(u32),
}

impl Cron {
    /// Parses the text between the parentheses.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        let &[minutes, hours, days, months, weekdays, years] = fields.as_slice() else {
            return None;
        };
        let days = match (days, weekdays) {
            ("?", "?") => return None,
            (days, "?") => Days::OfMonth(days_of_month(days)?),
            ("?", weekdays) => Days::OfWeek(days_of_week(weekdays)?),
            _ => return None,
        };
        Some(Self {
            minutes: field(minutes, 0, 59, &[], true)?,
            hours: field(hours, 0, 23, &[], true)?,
            days,
            months: field(months, 1, 12, &MONTHS, true)?,
            years: field(years, 1970, 2199, &[], false)?,
        })
    }

    /// Returns a lower bound of the interval between two firings.
    pub(super) fn min_period(&self) -> Millis {
        match (self.minutes.len(), self.hours.len()) {
            (1, 1) => DAY,
            (1, _) => 60 * MINUTE,
            _ => {
                let values: Vec<u32> = self.minutes.iter().copied().collect();
                let gaps = values
                    .windows(2)
                    .filter_map(|pair| Some(pair.last()? - pair.first()?));
                let around = values
                    .first()
                    .zip(values.last())
                    .map(|(first, last)| 60 + first - last);
                MINUTE * Millis::from(gaps.chain(around).min().unwrap_or(1))
            }
        }
    }

    pub(super) fn at_or_after(&self, from: Millis) -> Option<Millis> {
        // Firings are on whole minutes.
        let from = from.div_euclid(MINUTE) + Millis::from(from.rem_euclid(MINUTE) != 0);
        let (first_day, first_minute) = (from.div_euclid(24 * 60), from.rem_euclid(24 * 60));
        let (first_year, _, _) = civil(first_day);
        let years = self.years.iter().copied().map(i64::from);
        for year in years.filter(|year| *year >= first_year) {
            for &month in &self.months {
                for day in self.days.in_month(year, month) {
                    let earliest = if day == first_day { first_minute } else { 0 };
                    let minute = self.minute_of_day(earliest);
                    if let (true, Some(minute)) = (day >= first_day, minute) {
                        return Some(day * DAY + minute * MINUTE);
                    }
                }
            }
        }
        None
    }

    fn minute_of_day(&self, earliest: i64) -> Option<i64> {
        let minutes = self.hours.iter().flat_map(|hour| {
            self.minutes
                .iter()
                .map(move |minute| i64::from(hour * 60 + minute))
        });
        minutes.into_iter().find(|minute| *minute >= earliest)
    }
}

impl Days {
    /// Returns the firing days of a month, as days since 1970, in order.
    fn in_month(&self, year: i64, month: u32) -> BTreeSet<i64> {
        let (first, length) = (day_of(year, month, 1), days_in(year, month));
        let number = |number: u32| first + i64::from(number) - 1;
        match self {
            Self::OfMonth(days) => {
                let days = days.iter().filter_map(|day| match *day {
                    DayOfMonth::Number(day) => Some(day),
                    DayOfMonth::Last => Some(length),
                    DayOfMonth::WeekdayNear(day) if day <= length => {
                        Some(weekday_near(first, day, length))
                    }
                    DayOfMonth::WeekdayNear(_) => None,
                    DayOfMonth::LastWeekday => Some(weekday_near(first, length, length)),
                });
                days.filter(|day| *day <= length).map(number).collect()
            }
            Self::OfWeek(days) => {
                let fires = |day: u32| {
                    let weekday = weekday(number(day));
                    days.iter().any(|wanted| match *wanted {
                        DayOfWeek::Each(wanted) => wanted == weekday,
                        DayOfWeek::Nth(wanted, nth) => {
                            wanted == weekday && (day - 1) / 7 + 1 == nth
                        }
                        DayOfWeek::Last(wanted) => wanted == weekday && day + 7 > length,
                    })
                };
                (1..=length).filter(|day| fires(*day)).map(number).collect()
            }
        }
    }
}

/// Returns the day of the week of a day since 1970; Sunday is 1. 1970-01-01 was a Thursday.
fn weekday(day: i64) -> u32 {
    u32::try_from((day + 4).rem_euclid(7)).unwrap_or(0) + 1
}

/// Returns the nearest weekday to a day in the same month.
fn weekday_near(first: i64, day: u32, length: u32) -> u32 {
    match weekday(first + i64::from(day) - 1) {
        // Sunday: the day after, or two before it where the month ends.
        1 if day == length => day - 2,
        1 => day + 1,
        // Saturday: the day before, or two after it where the month begins.
        7 if day == 1 => day + 2,
        7 => day - 1,
        _ => day,
    }
}

fn days_of_month(text: &str) -> Option<Vec<DayOfMonth>> {
    let mut days = Vec::new();
    for piece in text.split(',') {
        match piece.to_ascii_uppercase().as_str() {
            "L" => days.push(DayOfMonth::Last),
            "LW" => days.push(DayOfMonth::LastWeekday),
            other => match other.strip_suffix('W') {
                Some(day) => {
                    let day = day.parse().ok().filter(|day| (1..=31).contains(day))?;
                    days.push(DayOfMonth::WeekdayNear(day));
                }
                None => days.extend(
                    field(piece, 1, 31, &[], true)?
                        .into_iter()
                        .map(DayOfMonth::Number),
                ),
            },
        }
    }
    Some(days)
}

fn days_of_week(text: &str) -> Option<Vec<DayOfWeek>> {
    let day = |text: &str| {
        let day = value(text, 1, &WEEKDAYS)?;
        (1..=7).contains(&day).then_some(day)
    };
    // A day that is numbered within the month stands alone.
    if text.contains('#') && text.contains(',') {
        return None;
    }
    let mut days = Vec::new();
    for piece in text.split(',') {
        let upper = piece.to_ascii_uppercase();
        if upper == "L" {
            // The last day of the week.
            days.push(DayOfWeek::Each(7));
        } else if let Some(name) = upper.strip_suffix('L') {
            days.push(DayOfWeek::Last(day(name)?));
        } else if let Some((name, nth)) = upper.split_once('#') {
            let nth = nth.parse().ok().filter(|nth| (1..=5).contains(nth))?;
            days.push(DayOfWeek::Nth(day(name)?, nth));
        } else {
            days.extend(
                field(piece, 1, 7, &WEEKDAYS, true)?
                    .into_iter()
                    .map(DayOfWeek::Each),
            );
        }
    }
    Some(days)
}

/// Parses a field. If it wraps, a range may go from a later value to an earlier one.
fn field(text: &str, min: u32, max: u32, names: &[&str], wraps: bool) -> Option<BTreeSet<u32>> {
    let mut values = BTreeSet::new();
    for piece in text.split(',') {
        let (range, step) = match piece.split_once('/') {
            Some((range, step)) => (range, step.parse().ok().filter(|step| *step > 0)?),
            None => (piece, 1),
        };
        let (first, last) = match range.split_once('-') {
            _ if range == "*" => (min, max),
            Some((first, last)) => (value(first, min, names)?, value(last, min, names)?),
            None if piece.contains('/') => (value(range, min, names)?, max),
            None => (value(range, min, names)?, value(range, min, names)?),
        };
        let is_in_range = |value| (min..=max).contains(&value);
        if !is_in_range(first) || !is_in_range(last) {
            return None;
        }
        if first <= last {
            values.extend((first..=last).step_by(step));
        } else if !wraps {
            return None;
        } else {
            // As in MON-SUN: the week begins on Sunday.
            values.extend((first..=max).chain(min..=last).step_by(step));
        }
    }
    Some(values)
}

fn value(text: &str, min: u32, names: &[&str]) -> Option<u32> {
    let named = names
        .iter()
        .position(|name| name.eq_ignore_ascii_case(text));
    match named {
        Some(index) => u32::try_from(index).ok().map(|index| index + min),
        // `parse` accepts a sign.
        None if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The days on which an expression fires in 2026, which began on a Thursday: month and day.
    fn days(text: &str) -> Vec<(u32, u32)> {
        let cron = Cron::parse(text).unwrap_or_else(|| panic!("{text}"));
        let (mut at, mut days) = (day_of(2026, 1, 1) * DAY, Vec::new());
        while let Some(next) = cron.at_or_after(at) {
            let (year, month, day) = civil(next.div_euclid(DAY));
            if year > 2026 || days.len() == 4 {
                break;
            }
            days.push((month, day));
            at = next + 1;
        }
        days
    }

    #[test]
    fn days_are_found_as_eventbridge_finds_them() {
        let table: [(&str, &[(u32, u32)]); 17] = [
            ("0 0 L * ? *", &[(1, 31), (2, 28), (3, 31), (4, 30)]),
            ("0 0 L 2 ? 2028", &[]),
            // The 15th is a Thursday, then a Sunday, a Sunday, a Wednesday.
            ("0 0 15W * ? *", &[(1, 15), (2, 16), (3, 16), (4, 15)]),
            // The first is a Sunday in February and March; the nearest weekday stays in its month.
            ("0 0 1W * ? *", &[(1, 1), (2, 2), (3, 2), (4, 1)]),
            ("0 0 31W 1,5,10 ? *", &[(1, 30), (5, 29), (10, 30)]),
            ("0 0 LW * ? *", &[(1, 30), (2, 27), (3, 31), (4, 30)]),
            ("0 0 ? * 6L *", &[(1, 30), (2, 27), (3, 27), (4, 24)]),
            ("0 0 ? * FRIL *", &[(1, 30), (2, 27), (3, 27), (4, 24)]),
            ("0 0 ? * 3#2 *", &[(1, 13), (2, 10), (3, 10), (4, 14)]),
            ("0 0 ? * TUE#5 *", &[(3, 31), (6, 30), (9, 29), (12, 29)]),
            ("0 0 ? 1 L *", &[(1, 3), (1, 10), (1, 17), (1, 24)]),
            ("0 0 1,L 2 ? *", &[(2, 1), (2, 28)]),
            ("0 0 ? 1 MON-TUE,SAT *", &[(1, 3), (1, 5), (1, 6), (1, 10)]),
            // These wrap around at the end of the week and of the year.
            ("0 0 ? * MON-SUN *", &[(1, 1), (1, 2), (1, 3), (1, 4)]),
            ("0 0 ? * SAT-MON *", &[(1, 3), (1, 4), (1, 5), (1, 10)]),
            ("0 0 ? * 7-2/2 *", &[(1, 3), (1, 5), (1, 10), (1, 12)]),
            ("0 0 5 NOV-FEB ? *", &[(1, 5), (2, 5), (11, 5), (12, 5)]),
        ];
        for (text, expected) in table {
            assert_eq!(days(text), expected, "{text}");
        }
    }

    #[test]
    fn schedules_that_eventbridge_rejects_are_rejected() {
        for text in [
            "0 0 * * * *",
            "0 0 1 * MON *",
            "0 0 1 * * *",
            "0 0 * * MON *",
            "0 0 ? * ? *",
            "? 0 1 * ? *",
            "0 0 1 ? ? *",
            "0 0 32W * ? *",
            "0 0 0 * ? *",
            "0 0 ? * 8 *",
            "0 0 ? * 3#6 *",
            "0 0 ? * 3#1,6#3 *",
            "0 0 ? * SUN,2#1 *",
            "0 0 ? * 0L *",
            "0 0 W * ? *",
            "+1 0 1 * ? *",
            "0 0 1 * ? 1969",
            "0 0 1 * ? 2030-2026",
            "0 0 ? * MON-8 *",
            "0/0 0 1 * ? *",
        ] {
            assert_eq!(Cron::parse(text), None, "{text}");
        }
    }

    #[test]
    fn far_years_are_found_and_days_that_never_come_are_not() {
        let at = |text: &str| Cron::parse(text).and_then(|cron| cron.at_or_after(0));
        assert_eq!(at("0 0 29 2 ? 2100-2199"), Some(day_of(2104, 2, 29) * DAY));
        assert_eq!(at("0 0 31 2 ? *"), None);
        assert_eq!(at("0 0 30W 2 ? *"), None);
        assert_eq!(at("0 0 31 4,6,9,11 ? *"), None);
    }
}
