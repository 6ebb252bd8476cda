//! The Gregorian calendar: days since 1970 in, years, months and days out, and back.

/// Year, month and day of a day since 1970; years begin in March here, so that the leap day is the last.
pub(super) fn civil(day: i64) -> (i64, u32, u32) {
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

/// The day since 1970 of a year, month and day.
pub(super) fn day_of(year: i64, month: u32, day: u32) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let march_month = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * march_month + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// How many days a month has.
pub(super) fn days_in(year: i64, month: u32) -> u32 {
    let next = match month {
        12 => day_of(year + 1, 1, 1),
        month => day_of(year, month + 1, 1),
    };
    u32::try_from(next - day_of(year, month, 1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_belong_together() {
        for day in -200_000..200_000 {
            let (year, month, of_month) = civil(day);
            assert_eq!(day_of(year, month, of_month), day);
            assert!(of_month <= days_in(year, month));
        }
        let february = |year| days_in(year, 2);
        assert_eq!([1900, 2000, 2026, 2028].map(february), [28, 29, 28, 29]);
    }
}
