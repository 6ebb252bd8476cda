//! Converts HTTP dates to RFC 3339.
//!
//! RFC 9110, section 5.6.7, requires a recipient to read three formats: `Sun, 06 Nov 1994 08:49:37 GMT`, the format of
//! RFC 850 with a year of two digits, and the format of `asctime`. A numeric zone is read too, as in e-mail.

use crate::value::codec::iso8601::offset;
use std::time::{SystemTime, UNIX_EPOCH};

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
/// The maximum number of years by which a year of two digits lies in the future; beyond that, it is in the previous
/// century.
const YEARS_AHEAD: u64 = 50;

/// Returns the date as RFC 3339, or `None` if the text has none of these formats. The result may be a day that does not
/// exist.
pub(super) fn to_rfc3339(text: &str) -> Option<String> {
    rewrite(text, this_year())
}

fn rewrite(text: &str, this_year: u64) -> Option<String> {
    let fields: Vec<&str> = text
        .split([' ', ',', '-'])
        .filter(|field| !field.is_empty())
        .collect();
    // The split removes the minus of a negative zone, so the zone is taken from the text.
    let (day, month, year, clock, zone) = match fields.as_slice() {
        [weekday, month, day, clock, year] if is_word(weekday) && is_word(month) => {
            (day, month, year, clock, "")
        }
        [weekday, rest @ ..] if is_word(weekday) => by_day(rest, text)?,
        rest => by_day(rest, text)?,
    };
    let month = MONTHS
        .iter()
        .position(|name| name.eq_ignore_ascii_case(month))?
        + 1;
    let (day, year) = (number(day)?, full_year(year, this_year)?);
    let clock = clock.strip_suffix(":60").map_or_else(
        || (*clock).to_owned(),
        // A leap second, which the times of this client do not represent.
        |minutes| format!("{minutes}:59"),
    );
    let zone = offset(zone)?;
    Some(format!("{year:04}-{month:02}-{day:02}T{clock}{zone}"))
}

type Fields<'a> = (&'a &'a str, &'a &'a str, &'a &'a str, &'a &'a str, &'a str);

/// Splits `06 Nov 1994 08:49:37 GMT`, with or without the zone.
fn by_day<'a>(fields: &'a [&'a str], text: &'a str) -> Option<Fields<'a>> {
    match fields {
        [day, month, year, clock] => Some((day, month, year, clock, "")),
        [day, month, year, clock, zone] => {
            let start = text.len().checked_sub(zone.len() + 1)?;
            let signed = text.get(start..).filter(|zone| zone.starts_with('-'));
            Some((day, month, year, clock, signed.unwrap_or(zone)))
        }
        _ => None,
    }
}

/// Returns the full year, by RFC 9110: a year of two digits that appears to be more than 50 years in the future is the
/// most recent one in the past with the same two digits.
fn full_year(text: &str, this_year: u64) -> Option<u64> {
    let year = number(text)?;
    if text.len() > 2 {
        return Some(year);
    }
    let year = this_year - this_year % 100 + year;
    Some(if year > this_year + YEARS_AHEAD {
        year - 100
    } else {
        year
    })
}

fn this_year() -> u64 {
    const SECONDS_PER_YEAR: u64 = 31_556_952;
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    1970 + since.unwrap_or_default().as_secs() / SECONDS_PER_YEAR
}

fn number(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_forms_of_http_dates_are_one_moment() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "06 Nov 1994 08:49:37",
            "sun, 6 nov 1994 08:49:37 gmt",
        ] {
            let read = rewrite(&text.replace("gmt", "GMT"), 2026);
            assert_eq!(read.as_deref(), Some("1994-11-06T08:49:37Z"), "{text}");
        }
    }

    #[test]
    fn a_zone_a_fraction_and_a_leap_second_are_read() {
        for (text, expected) in [
            (
                "Sun, 06 Nov 1994 08:49:37 -0800",
                "1994-11-06T08:49:37-08:00",
            ),
            (
                "Sun, 06 Nov 1994 08:49:37 +01:00",
                "1994-11-06T08:49:37+01:00",
            ),
            ("Sun, 06 Nov 1994 08:49:37.5 GMT", "1994-11-06T08:49:37.5Z"),
            ("Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59Z"),
        ] {
            assert_eq!(rewrite(text, 2026).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_year_of_two_digits_is_at_most_fifty_years_ahead() {
        for (year, expected) in [
            ("94", 1994),
            ("26", 2026),
            ("76", 2076),
            ("77", 1977),
            ("00", 2000),
        ] {
            assert_eq!(full_year(year, 2026), Some(expected), "{year}");
        }
        assert_eq!(full_year("1977", 2026), Some(1977));
    }

    #[test]
    fn other_texts_are_not_dates() {
        for text in [
            "",
            "Sun",
            "Sun, 06 Foo 1994 08:49:37 GMT",
            "06 Nov 1994",
            "a b c d e f g",
        ] {
            assert_eq!(rewrite(text, 2026), None, "{text}");
        }
    }
}
