//! [`ClockSkew`]: corrects the local clock by the `Date` of responses, so that signatures have the right time.

use crate::http::time::SharedClock;
use crate::value::codec::timestamp;
use http::HeaderMap;
use http::header::{AGE, DATE};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// An offset within this tolerance counts as zero. Services accept signatures that are five minutes off, and network
/// delay alone can look like a few seconds of skew.
const TOLERANCE_MS: i64 = 30_000;

/// The offset beyond which a signature may have been rejected for its time. The limit of services is five minutes; this
/// crate, like AWS's SDKs, stays one minute below it.
const REFUSED_BEYOND_MS: i64 = 4 * 60_000;

/// The maximum duration of a response that is used: a slower one says too little about the time. The limit is that of
/// AWS's SDKs.
const SLOWEST_TRUSTED: Duration = Duration::from_secs(15 * 60);

/// The difference between the service's time and the local time: positive if the local clock is slow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClockOffset {
    millis: i64,
}

impl ClockOffset {
    /// Returns the offset in milliseconds.
    pub fn as_millis(self) -> i64 {
        self.millis
    }

    /// Returns the service's time when the local clock shows `local`, or `local` itself if that time cannot be
    /// represented.
    pub fn apply(self, local: SystemTime) -> SystemTime {
        let distance = Duration::from_millis(self.millis.unsigned_abs());
        if self.millis < 0 {
            local.checked_sub(distance)
        } else {
            local.checked_add(distance)
        }
        .unwrap_or(local)
    }
}

/// The known difference between the clocks of a client and its service.
///
/// Every response is a new measurement, in both directions: the offset follows a clock that drifts, and is zero again
/// after the clock is corrected. Each client has its own: do not share it between clients of different services.
#[derive(Debug)]
pub struct ClockSkew {
    enabled: bool,
    offset_ms: AtomicI64,
}

impl ClockSkew {
    /// Creates a state that trusts the local clock until a response contradicts it.
    pub fn new() -> Self {
        Self {
            enabled: true,
            offset_ms: AtomicI64::new(0),
        }
    }

    /// Creates a state that always trusts the local clock, as `AWS_DISABLE_CLOCK_SKEW_CORRECTION=true` does in AWS's
    /// SDKs.
    pub fn disabled() -> Self {
        Self {
            enabled: false,
            ..Self::new()
        }
    }

    /// Returns the current offset. Call this once for each attempt, to sign with it and to pass it to
    /// [`observe`](Self::observe).
    pub fn offset(&self) -> ClockOffset {
        ClockOffset {
            millis: self.offset_ms.load(Ordering::Relaxed),
        }
    }

    /// Returns the service's time, as far as it is known.
    pub fn now(&self, clock: &SharedClock) -> SystemTime {
        self.offset().apply(clock.now())
    }

    /// Updates the offset from the headers of the response to a request that was signed with `signed_with`. `sent` and
    /// `received` are local times, without an offset.
    ///
    /// Returns `true` if the time of the signature was off by more than four minutes. A rejection may be due to that,
    /// and another attempt, signed with the new offset, may succeed. The offset of that attempt is required because the
    /// response to another call may have corrected the shared offset in the meantime.
    ///
    /// Returns `false` and does not update the offset if there is no `Date`; if there is an `Age`, because the response
    /// comes from a cache and its `Date` is old (RFC 9111, section 5.1); if the response took more than 15 minutes; or
    /// if the clock was set back in the meantime.
    pub fn observe(
        &self,
        signed_with: ClockOffset,
        sent: SystemTime,
        received: SystemTime,
        headers: &HeaderMap,
    ) -> bool {
        if !self.enabled || headers.contains_key(AGE) {
            return false;
        }
        let measured = server_time(headers).and_then(|date| Measured::new(date, sent, received));
        let Some(measured) = measured else {
            return false;
        };
        let current = self.offset_ms.load(Ordering::Relaxed);
        let next = measured.best_offset(current);
        if next != current {
            self.offset_ms.store(next, Ordering::Relaxed);
            tracing::debug!(offset_ms = next, was_ms = current, "clock skew");
        }
        next.saturating_sub(signed_with.millis).saturating_abs() > REFUSED_BEYOND_MS
    }
}

impl Default for ClockSkew {
    fn default() -> Self {
        Self::new()
    }
}

/// The bounds of the offset by one response, in milliseconds.
///
/// The service wrote its `Date` between `sent` and `received`. The offset is within the following bounds, apart from
/// the fraction of a second that `Date` omits, which the tolerance covers.
struct Measured {
    least: i64,
    most: i64,
    /// The offset if the `Date` was written halfway between `sent` and `received`: the best estimate (RFC 5905, section
    /// 8).
    midpoint: i64,
}

impl Measured {
    fn new(date: SystemTime, sent: SystemTime, received: SystemTime) -> Option<Self> {
        let took = received.duration_since(sent).ok()?;
        (took <= SLOWEST_TRUSTED).then(|| Self {
            least: signed_millis(received, date),
            most: signed_millis(sent, date),
            midpoint: signed_millis(sent + took / 2, date),
        })
    }

    /// Returns the new offset. The current offset is kept if it is possible, because a slow response says little and
    /// there is no benefit in a new offset with every response. Otherwise it is zero if the local clock may be right,
    /// and the measured offset if not.
    fn best_offset(&self, current: i64) -> i64 {
        let least = self.least.saturating_sub(TOLERANCE_MS);
        let most = self.most.saturating_add(TOLERANCE_MS);
        let possible = least..=most;
        if possible.contains(&current) {
            current
        } else if possible.contains(&0) {
            0
        } else {
            self.midpoint
        }
    }
}

fn server_time(headers: &HeaderMap) -> Option<SystemTime> {
    let text = headers.get(DATE)?.to_str().ok()?;
    SystemTime::try_from(timestamp::from_http_date(text)?).ok()
}

/// Returns the time between two times, which is negative if `to` is before `from`.
fn signed_millis(from: SystemTime, to: SystemTime) -> i64 {
    let millis = |distance: Duration| i64::try_from(distance.as_millis()).unwrap_or(i64::MAX);
    match to.duration_since(from) {
        Ok(ahead) => millis(ahead),
        Err(behind) => -millis(behind.duration()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_smithy_types::DateTime;
    use aws_smithy_types::date_time::Format;
    use proptest::prelude::*;

    /// 2026-01-01T00:00:00Z in milliseconds, the origin of all service times in these tests.
    const START: u64 = 1_767_225_600_000;
    const MINUTE: i64 = 60_000;

    fn at(millis: i64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(START.saturating_add_signed(millis))
    }

    fn offset(millis: i64) -> ClockOffset {
        ClockOffset { millis }
    }

    fn dated(service: SystemTime) -> HeaderMap {
        // The header has whole seconds only; the formatter would add the fraction.
        let whole = DateTime::from_secs(DateTime::from(service).secs());
        let date = whole.fmt(Format::HttpDate).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(DATE, date.parse().unwrap());
        headers
    }

    /// Simulates a response that takes `took` and whose date is in the middle, while the local clock is behind by
    /// `behind`.
    fn answer(skew: &ClockSkew, behind: i64, took: i64) -> bool {
        let signed_with = skew.offset();
        let local = |service| at(service - behind);
        skew.observe(signed_with, local(0), local(took), &dated(at(took / 2)))
    }

    #[test]
    fn the_offset_follows_the_responses_in_both_directions_and_back_to_zero() {
        let skew = ClockSkew::new();
        // (the delay of the local clock, the expected offset, `true` if the signature was off)
        let steps = [
            (0, 0, false),
            (10 * MINUTE, 10 * MINUTE, true),
            (10 * MINUTE, 10 * MINUTE, false),
            (11 * MINUTE, 11 * MINUTE, false),
            (-10 * MINUTE, -10 * MINUTE, true),
            (-5_000, 0, true),
            (5_000, 0, false),
            (3 * MINUTE, 3 * MINUTE, false),
            (29_000, 0, false),
            (-29_000, 0, false),
            (-40_000, -40_000, false),
            // The offset is close enough to be kept.
            (-50_000, -40_000, false),
            (86_400_000 * 365, 86_400_000 * 365, true),
            (0, 0, true),
        ];
        for (step, (behind, expected, off)) in steps.into_iter().enumerate() {
            assert_eq!(answer(&skew, behind, 2_000), off, "step {step}");
            assert_eq!(skew.offset(), offset(expected), "step {step}");
        }
    }

    #[test]
    fn the_corrected_time_is_the_services_time() {
        for behind in [10 * MINUTE, -10 * MINUTE] {
            let skew = ClockSkew::new();
            answer(&skew, behind, 0);
            assert_eq!(skew.offset().apply(at(-behind)), at(0), "{behind}");
        }
    }

    #[test]
    fn an_attempt_is_judged_by_its_own_offset_not_by_what_others_learned_meanwhile() {
        let skew = ClockSkew::new();
        let both_signed_with = skew.offset();
        let date = dated(at(10 * MINUTE));
        for call in ["first", "second"] {
            assert!(
                skew.observe(both_signed_with, at(0), at(50), &date),
                "{call}"
            );
        }
        assert!(!skew.observe(skew.offset(), at(0), at(50), &date), "third");
    }

    #[test]
    fn four_minutes_are_what_a_signature_may_be_off() {
        for (behind, expected) in [
            (4 * MINUTE, false),
            (4 * MINUTE + 1_000, true),
            (-4 * MINUTE, false),
            (-4 * MINUTE - 1_000, true),
        ] {
            assert_eq!(answer(&ClockSkew::new(), behind, 0), expected, "{behind}");
        }
    }

    #[test]
    fn a_response_without_a_date_changes_nothing() {
        let now = || dated(at(0));
        let with = |name, value: &str| {
            let mut headers = now();
            headers.insert(name, value.parse().unwrap());
            headers
        };
        let cases = [
            ("no date", HeaderMap::new(), 0, 100),
            ("not a date", with(DATE, "yesterday"), 0, 100),
            ("from a cache", with(AGE, "0"), 0, 100),
            ("16 minutes on the way", now(), 0, 16 * MINUTE),
            ("the clock was set back", now(), 0, -100),
        ];
        for (name, headers, sent, received) in cases {
            let skew = ClockSkew::new();
            answer(&skew, 60 * MINUTE, 0);
            let before = skew.offset();
            // By the `Date`, the local clock is an hour ahead.
            let ahead = 60 * MINUTE;
            assert!(
                !skew.observe(offset(0), at(sent + ahead), at(received + ahead), &headers),
                "{name}"
            );
            assert_eq!(skew.offset(), before, "{name}");
        }
    }

    #[test]
    fn a_slow_response_does_not_replace_what_a_quick_one_found() {
        let skew = ClockSkew::new();
        answer(&skew, 10 * MINUTE, 100);
        let found = skew.offset();
        // The response takes ten minutes, and its date is that of the start or the end.
        for dated_at in [0, 10 * MINUTE] {
            let local = |service| at(service - 10 * MINUTE);
            skew.observe(
                skew.offset(),
                local(0),
                local(10 * MINUTE),
                &dated(at(dated_at)),
            );
            assert_eq!(skew.offset(), found, "dated at {dated_at}");
        }
    }

    #[test]
    fn switched_off_it_trusts_the_local_clock() {
        let skew = ClockSkew::disabled();
        assert!(!answer(&skew, 60 * MINUTE, 0));
        assert_eq!(skew.offset(), ClockOffset::default());
    }

    #[test]
    fn a_time_that_cannot_be_expressed_stays_as_it_is() {
        for millis in [i64::MAX, i64::MIN] {
            // This must not panic; whether the time changes depends on the range of the platform.
            offset(millis).apply(SystemTime::UNIX_EPOCH);
        }
    }

    proptest! {
        #[test]
        fn the_corrected_time_is_within_tolerance_or_half_the_round_trip(
            behind in -400_000_000i64..400_000_000,
            took in 0i64..120_000,
            dated_after in 0.0f64..1.0,
        ) {
            let skew = ClockSkew::new();
            let local = |service| at(service - behind);
            let stamp = (took as f64 * dated_after) as i64;
            skew.observe(skew.offset(), local(0), local(took), &dated(at(stamp)));
            let error = skew.offset().as_millis() - behind;
            // The offset is zero for every measurement that is possible with a clock within the tolerance.
            let most = if skew.offset().as_millis() == 0 {
                TOLERANCE_MS + took + 1_000
            } else {
                took / 2 + 1_000
            };
            prop_assert!(error.abs() <= most, "off by {error} ms");
        }
    }
}
