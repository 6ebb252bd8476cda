//! [`Stamp`]: the text of a time in signatures.

use crate::http::BoxError;
use crate::value::codec::timestamp;
use crate::value::schema::TimestampFormat;
use aws_smithy_types::DateTime;
use std::time::SystemTime;

/// A time in the format `20150830T123600Z`.
#[derive(Debug)]
pub(crate) struct Stamp(String);

impl Stamp {
    /// Creates the text of a time, truncated to seconds.
    pub(crate) fn of(time: SystemTime) -> Result<Self, BoxError> {
        let second = DateTime::from_secs(DateTime::from(time).secs());
        let text = timestamp::to_text(&second, TimestampFormat::DateTime)
            .ok_or("the time is outside of the years 0 to 9999")?;
        Ok(Self(text.replace(['-', ':'], "")))
    }

    /// Returns the date and time.
    pub(crate) fn time(&self) -> &str {
        &self.0
    }

    /// Returns the date.
    pub(crate) fn date(&self) -> &str {
        self.0.split('T').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn fractions_are_rounded_down_before_1970_too() {
        let half = Duration::from_millis(500);
        let epoch = SystemTime::UNIX_EPOCH;
        for (time, text, date) in [
            (epoch + half, "19700101T000000Z", "19700101"),
            (epoch - half, "19691231T235959Z", "19691231"),
        ] {
            let stamp = Stamp::of(time).unwrap();
            assert_eq!((stamp.time(), stamp.date()), (text, date));
        }
    }
}
