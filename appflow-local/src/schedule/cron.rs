//! [`Cron`]: the six fields of AWS's cron expressions (minute, hour, day of month, month, day of week, year), in UTC.
//!
//! Values, lists, ranges, steps, names and `?` are understood; `L`, `W` and `#` are not.

use crate::clock::Millis;
use crate::schedule::MINUTE;
use std::collections::BTreeSet;

const DAY: Millis = 24 * 60 * MINUTE;
/// How many days ahead a firing is looked for: leap days come at least every eight years.
const HORIZON: i64 = 9 * 366;
const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// A cron expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cron {
    minutes: BTreeSet<u32>,
    hours: BTreeSet<u32>,
    days: BTreeSet<u32>,
    months: BTreeSet<u32>,
    weekdays: BTreeSet<u32>,
    years: BTreeSet<u32>,
}

impl Cron {
    /// Reads what stands in the parentheses.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        let &[minutes, hours, days, months, weekdays, years] = fields.as_slice() else {
            return None;
        };
        Some(Self {
            minutes: field(minutes, 0, 59, &[])?,
            hours: field(hours, 0, 23, &[])?,
            days: field(days, 1, 31, &[])?,
            months: field(months, 1, 12, &MONTHS)?,
            weekdays: field(weekdays, 1, 7, &WEEKDAYS)?,
            years: field(years, 1970, 2199, &[])?,
        })
    }

    /// A lower bound of the time between two firings.
    pub(super) fn least_period(&self) -> Millis {
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
        let days = (first_day..first_day + HORIZON).filter(|day| self.has_day(*day));
        days.into_iter().find_map(|day| {
            let earliest = if day == first_day { first_minute } else { 0 };
            let minute = self.minute_of_day(earliest)?;
            Some(day * DAY + minute * MINUTE)
        })
    }

    fn minute_of_day(&self, earliest: i64) -> Option<i64> {
        let minutes = self.hours.iter().flat_map(|hour| {
            self.minutes
                .iter()
                .map(move |minute| i64::from(hour * 60 + minute))
        });
        minutes.into_iter().find(|minute| *minute >= earliest)
    }

    fn has_day(&self, day: i64) -> bool {
        let (year, month, day_of_month) = civil(day);
        // The epoch was a Thursday, the fifth day.
        let weekday = (day + 4).rem_euclid(7) + 1;
        u32::try_from(year).is_ok_and(|year| self.years.contains(&year))
            && self.months.contains(&month)
            && self.days.contains(&day_of_month)
            && u32::try_from(weekday).is_ok_and(|weekday| self.weekdays.contains(&weekday))
    }
}

fn field(text: &str, min: u32, max: u32, names: &[&str]) -> Option<BTreeSet<u32>> {
    let mut values = BTreeSet::new();
    for piece in text.split(',') {
        let (range, step) = match piece.split_once('/') {
            Some((range, step)) => (range, step.parse().ok().filter(|step| *step > 0)?),
            None => (piece, 1),
        };
        let (first, last) = match range.split_once('-') {
            _ if matches!(range, "*" | "?") => (min, max),
            Some((first, last)) => (value(first, min, names)?, value(last, min, names)?),
            None if piece.contains('/') => (value(range, min, names)?, max),
            None => (value(range, min, names)?, value(range, min, names)?),
        };
        if first < min || last > max || first > last {
            return None;
        }
        values.extend((first..=last).step_by(step));
    }
    Some(values)
}

fn value(text: &str, min: u32, names: &[&str]) -> Option<u32> {
    let named = names
        .iter()
        .position(|name| name.eq_ignore_ascii_case(text));
    match named {
        Some(index) => u32::try_from(index).ok().map(|index| index + min),
        None => text.parse().ok(),
    }
}

/// Year, month and day of a day since 1970, by the Gregorian calendar; years begin in March here, so that the leap day
/// is the last.
fn civil(day: i64) -> (i64, u32, u32) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 {
        march_month + 3
    } else {
        march_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let small = |value: i64| u32::try_from(value).unwrap_or(0);
    (year, small(month), small(day_of_month))
}
