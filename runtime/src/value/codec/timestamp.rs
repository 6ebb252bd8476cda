//! Timestamps as text and numbers, by the formats of `smithy.api#timestampFormat`.

use crate::value::codec::iso8601::to_rfc3339;
use crate::value::schema::TimestampFormat;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

const NANOS_PER_SECOND: f64 = 1e9;

/// Seconds since 1970, with the fraction.
pub(crate) fn epoch_seconds(time: &DateTime) -> f64 {
    time.secs() as f64 + f64::from(time.subsec_nanos()) / NANOS_PER_SECOND
}

/// The text of a timestamp in a header, label or query parameter, or in a document as text. `None` when the year
/// cannot be written in that format.
pub(crate) fn to_text(time: &DateTime, format: TimestampFormat) -> Option<String> {
    let format = match format {
        TimestampFormat::EpochSeconds => Format::EpochSeconds,
        TimestampFormat::DateTime => Format::DateTime,
        TimestampFormat::HttpDate => Format::HttpDate,
    };
    time.fmt(format).ok()
}

/// Reads any of the formats: servers have been seen to mix them.
pub(crate) fn from_text(text: &str) -> Option<DateTime> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return from_seconds(seconds);
    }
    DateTime::from_str(text, Format::DateTimeWithOffset)
        .or_else(|_| DateTime::from_str(text, Format::HttpDate))
        .ok()
        .or_else(|| DateTime::from_str(&to_rfc3339(text)?, Format::DateTimeWithOffset).ok())
}

/// Reads this format alone, as a service does: RFC 3339 in UTC, an IMF-fixdate, or a plain number of seconds.
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

/// Whether a text is cut as `2006-01-02T15:04:05Z`, with or without a fraction.
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

/// Reads seconds since 1970; `None` for what is no time.
pub(crate) fn from_seconds(seconds: f64) -> Option<DateTime> {
    let in_range = seconds.is_finite() && (i64::MIN as f64..=i64::MAX as f64).contains(&seconds);
    // Fractions of a double are good to about a microsecond today: what is beyond is noise of the binary form.
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
