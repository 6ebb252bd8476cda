//! Timestamps as text and numbers, in the formats of `smithy.api#timestampFormat`.

use crate::value::codec::http_date;
use crate::value::codec::iso8601::to_rfc3339;
use crate::value::schema::TimestampFormat;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

const NANOS_PER_SECOND: f64 = 1e9;

/// Returns the seconds since 1970, with the fraction.
pub(crate) fn epoch_seconds(time: &DateTime) -> f64 {
    time.secs() as f64 + f64::from(time.subsec_nanos()) / NANOS_PER_SECOND
}

/// Returns the text of a timestamp in a header, label or query parameter, or in a text document. Returns `None` if the
/// format cannot represent the year.
pub(crate) fn to_text(time: &DateTime, format: TimestampFormat) -> Option<String> {
    let format = match format {
        TimestampFormat::EpochSeconds => Format::EpochSeconds,
        TimestampFormat::DateTime => Format::DateTime,
        TimestampFormat::HttpDate => Format::HttpDate,
    };
    time.fmt(format).ok()
}

/// Reads a time in any format that servers and files are known to use: seconds since 1970, the formats of ISO 8601, and
/// the three formats of HTTP dates. A time without a zone is in UTC, as in botocore.
pub(crate) fn from_text(text: &str) -> Option<DateTime> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return from_seconds(seconds);
    }
    // The common format is tried first; other formats are converted to it.
    DateTime::from_str(text, Format::DateTimeWithOffset)
        .ok()
        .or_else(|| DateTime::from_str(&to_rfc3339(text)?, Format::DateTimeWithOffset).ok())
        .or_else(|| from_http_date(text))
}

/// Reads a date of an HTTP header, in any of the three formats of RFC 9110, section 5.6.7.
pub(crate) fn from_http_date(text: &str) -> Option<DateTime> {
    let text = text.trim();
    DateTime::from_str(text, Format::HttpDate).ok().or_else(|| {
        let rewritten = http_date::to_rfc3339(text)?;
        DateTime::from_str(&rewritten, Format::DateTimeWithOffset).ok()
    })
}

/// Reads only this format, as a service does: RFC 3339 in UTC, an IMF-fixdate, or a plain number of seconds.
pub(crate) fn from_text_of(text: &str, format: TimestampFormat) -> Option<DateTime> {
    match format {
        TimestampFormat::EpochSeconds => {
            let is_plain = text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
            from_seconds(text.parse().ok().filter(|_| is_plain)?)
        }
        TimestampFormat::DateTime => DateTime::from_str(text, Format::DateTime)
            .ok()
            .filter(|_| is_rfc3339(text)),
        TimestampFormat::HttpDate => DateTime::from_str(text, Format::HttpDate).ok(),
    }
}

/// Returns whether a text has the format `2006-01-02T15:04:05Z`, with or without a fraction.
fn is_rfc3339(text: &str) -> bool {
    const CUT: &[u8] = b"dddd-dd-ddTdd:dd:dd";
    let (head, tail) = text.as_bytes().split_at(CUT.len().min(text.len()));
    let fits = |(byte, cut): (&u8, &u8)| match cut {
        b'd' => byte.is_ascii_digit(),
        cut => byte.eq_ignore_ascii_case(cut),
    };
    head.len() == CUT.len()
        && head.iter().zip(CUT).all(fits)
        && match tail {
            [b'Z' | b'z'] => true,
            [b'.', digits @ .., b'Z' | b'z'] => {
                !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
            }
            _ => false,
        }
}

/// Reads seconds since 1970. Returns `None` if they are not a valid time.
pub(crate) fn from_seconds(seconds: f64) -> Option<DateTime> {
    let in_range = seconds.is_finite() && (i64::MIN as f64..=i64::MAX as f64).contains(&seconds);
    // The fraction of a double is currently precise to about a microsecond; further digits are artifacts of the binary
    // format.
    in_range.then(|| {
        let whole = seconds.floor();
        let micros = ((seconds - whole) * 1e6).round() as u32;
        let carry = micros / 1_000_000;
        DateTime::from_secs_and_nanos(
            whole as i64 + i64::from(carry),
            (micros % 1_000_000) * 1_000,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_in_every_form_that_services_and_files_use() {
        let table = [
            ("1754266800", 1_754_266_800),
            ("1754266800.0", 1_754_266_800),
            ("1.7542668e9", 1_754_266_800),
            ("2025-08-04T00:20:00Z", 1_754_266_800),
            (" 2025-08-04T00:20:00Z\n", 1_754_266_800),
            ("2025-08-04T00:20:00", 1_754_266_800),
            ("2025-08-04T00:20:00.000", 1_754_266_800),
            ("2025-08-04 00:20:00", 1_754_266_800),
            ("2025-08-04T00:20:00UTC", 1_754_266_800),
            ("2025-08-04T00:20:00 UTC", 1_754_266_800),
            ("2025-08-04T00:20:00 GMT", 1_754_266_800),
            ("2025-08-04T00:20:00 +0000", 1_754_266_800),
            ("2025-08-04T02:20:00+02:00", 1_754_266_800),
            ("2025-08-04T02:20:00+02", 1_754_266_800),
            ("20250804T002000Z", 1_754_266_800),
            ("20250804T002000", 1_754_266_800),
            ("2025-08-04T00:20", 1_754_266_800),
            ("2025-08-04", 1_754_265_600),
            ("Mon, 04 Aug 2025 00:20:00 GMT", 1_754_266_800),
            ("Mon, 04 Aug 2025 00:20:00 UTC", 1_754_266_800),
            ("Mon, 04 Aug 2025 02:20:00 +0200", 1_754_266_800),
            ("04 Aug 2025 00:20:00 GMT", 1_754_266_800),
            ("Monday, 04-Aug-25 00:20:00 GMT", 1_754_266_800),
            ("Mon Aug  4 00:20:00 2025", 1_754_266_800),
        ];
        for (text, seconds) in table {
            let expected = DateTime::from_secs(seconds);
            assert_eq!(from_text(text), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn a_text_that_is_not_a_time_is_not_read() {
        for text in [
            "",
            "soon",
            "NaN",
            "inf",
            "1e400",
            "2025-13-04T00:20:00Z",
            "2025-02-30",
            "2025-08-04T25:00:00Z",
            "2025-08-04T00:20:00 PDT",
            "Mon, 04 Foo 2025 00:20:00 GMT",
            "Mon, 31 Feb 2025 00:20:00 GMT",
        ] {
            assert_eq!(from_text(text), None, "{text:?}");
        }
    }

    #[test]
    fn seconds_keep_their_fraction_to_the_microsecond() {
        for (seconds, expected) in [
            (1.25, Some((1, 250_000_000))),
            (-0.5, Some((-1, 500_000_000))),
            (1.999_999_9, Some((2, 0))),
            (-1.000_000_1, Some((-1, 0))),
            (f64::INFINITY, None),
            (f64::NAN, None),
            (1e300, None),
            (-1e300, None),
        ] {
            let expected = expected.map(|(secs, nanos)| DateTime::from_secs_and_nanos(secs, nanos));
            assert_eq!(from_seconds(seconds), expected, "{seconds}");
        }
        let time = DateTime::from_secs_and_nanos(-1, 250_000_000);
        assert_eq!(epoch_seconds(&time), -0.75);
    }

    #[test]
    fn a_service_reads_one_format_alone() {
        use TimestampFormat::{DateTime as Text, EpochSeconds, HttpDate};
        for (format, text, is_read) in [
            (EpochSeconds, "1754266800", true),
            (EpochSeconds, "-1.5e3", true),
            (EpochSeconds, "inf", false),
            (EpochSeconds, "NaN", false),
            (EpochSeconds, " 1", false),
            (EpochSeconds, "", false),
            (EpochSeconds, "2025-08-04T00:20:00Z", false),
            (Text, "2025-08-04T00:20:00Z", true),
            (Text, "2025-08-04T00:20:00.25Z", true),
            (Text, "2025-08-04 00:20:00Z", false),
            (Text, "2025-08-04T00:20:00", false),
            (Text, "2025-08-04T00:20:00.Z", false),
            (Text, "2025-08-04T02:20:00+02:00", false),
            (Text, "1754266800", false),
            (HttpDate, "Mon, 04 Aug 2025 00:20:00 GMT", true),
            (HttpDate, "Monday, 04-Aug-25 00:20:00 GMT", false),
            (HttpDate, "2025-08-04T00:20:00Z", false),
        ] {
            assert_eq!(from_text_of(text, format).is_some(), is_read, "{text}");
        }
    }

    #[test]
    fn the_form_of_rfc_3339_is_checked_byte_by_byte() {
        for (text, expected) in [
            ("2025-08-04T00:20:00Z", true),
            ("2025-08-04t00:20:00z", true),
            ("2025-08-04T00:20:00.123z", true),
            ("", false),
            ("Z", false),
            ("2025-08-04T00:20:0Z", false),
            ("2025-08-04T00:20:00", false),
            ("2025-08-04T00:20:00.Z", false),
            ("2025-08-04T00:20:00.1x3Z", false),
            ("2025-08-04T00:20:00x1Z", false),
            ("2025-08-04 00:20:00Z", false),
            ("2025/08/04T00:20:00Z", false),
            ("x025-08-04T00:20:00Z", false),
        ] {
            assert_eq!(is_rfc3339(text), expected, "{text}");
        }
    }
}
