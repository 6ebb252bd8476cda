//! [`RetryAfter`]: the delay that a server requests in the headers of a response.

use crate::value::codec::timestamp;
use http::HeaderMap;
use http::header::{DATE, HeaderName, RETRY_AFTER};
use std::time::{Duration, SystemTime};

const AMZ_RETRY_AFTER: HeaderName = HeaderName::from_static("x-amz-retry-after");

/// The delay before the next request that a server asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// The delay of `x-amz-retry-after`, which is in milliseconds.
    Amz(Duration),
    /// The delay of `Retry-After` (RFC 9110, section 10.2.3), which is in seconds or a date.
    Http(Duration),
}

impl RetryAfter {
    /// Reads the headers of a response. Returns `None` if neither header has a valid value.
    ///
    /// `x-amz-retry-after` takes precedence, because AWS defines it and it is more precise. A date is relative to the
    /// `Date` of the response, so that a wrong local clock has no effect, or to `now` without a `Date`. A date in the
    /// past is a delay of zero.
    pub fn from_headers(headers: &HeaderMap, now: SystemTime) -> Option<Self> {
        if let Some(millis) = text(headers, &AMZ_RETRY_AFTER).and_then(digits) {
            return Some(Self::Amz(Duration::from_millis(millis)));
        }
        let value = text(headers, &RETRY_AFTER)?;
        if let Some(seconds) = digits(value) {
            return Some(Self::Http(Duration::from_secs(seconds)));
        }
        let until = http_date(value)?;
        let from = text(headers, &DATE).and_then(http_date).unwrap_or(now);
        Some(Self::Http(until.duration_since(from).unwrap_or_default()))
    }
}

/// Returns the value of a header if it is text.
fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

/// Parses a number that consists of digits only; the parser of Rust would also accept a sign.
fn digits(text: &str) -> Option<u64> {
    let only_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    only_digits.then(|| text.parse().ok()).flatten()
}

fn http_date(text: &str) -> Option<SystemTime> {
    SystemTime::try_from(timestamp::from_http_date(text)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn both_retry_after_headers_are_read_in_all_their_forms() {
        const DATE: &str = "Thu, 01 Jan 2026 00:00:10 GMT";
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600);
        let amz = |millis| Some(RetryAfter::Amz(ms(millis)));
        let http = |millis| Some(RetryAfter::Http(ms(millis)));
        type Case<'a> = (&'a [(&'static str, &'a str)], Option<RetryAfter>);
        let cases: [Case<'_>; 14] = [
            (&[], None),
            (&[("x-amz-retry-after", "1500")], amz(1_500)),
            (&[("x-amz-retry-after", " 0 ")], amz(0)),
            (&[("x-amz-retry-after", "-5")], None),
            (&[("x-amz-retry-after", "+5")], None),
            (&[("x-amz-retry-after", "soon")], None),
            (&[("x-amz-retry-after", "")], None),
            (&[("retry-after", "2")], http(2_000)),
            (&[("retry-after", "1.5")], None),
            (&[("retry-after", DATE)], http(10_000)),
            (&[("retry-after", "Wed, 31 Dec 2025 23:59:59 GMT")], http(0)),
            // The clock of the server is used, not `now`.
            (
                &[
                    ("retry-after", DATE),
                    ("date", "Thu, 01 Jan 2026 00:00:07 GMT"),
                ],
                http(3_000),
            ),
            (
                &[("x-amz-retry-after", "1500"), ("retry-after", "2")],
                amz(1_500),
            ),
            (
                &[("x-amz-retry-after", "soon"), ("retry-after", "2")],
                http(2_000),
            ),
        ];
        for (pairs, expected) in cases {
            assert_eq!(
                RetryAfter::from_headers(&headers(pairs), now),
                expected,
                "{pairs:?}"
            );
        }
    }
}
