//! Computes the delay before a retry from the kind of failure, the number of the retry, and the delay that the server
//! requested.

use crate::aws::retry::{FailureKind, RetryAfter, RetrySettings};
use std::time::Duration;

/// A source of random numbers from 0 to 1, for backoff.
pub type Jitter = fn() -> f64;

/// The base of the backoff after a transient failure, by the rules of 2026.
const TRANSIENT_BASE: Duration = Duration::from_millis(50);

/// The base of the backoff after throttling, and of every backoff by the rules before 2026.
const BASE: Duration = Duration::from_secs(1);

/// The maximum by which `x-amz-retry-after` may exceed the computed backoff, by the rules of 2026.
const AMZ_RETRY_AFTER_SLACK: Duration = Duration::from_secs(5);

/// Returns the delay before retry number `retry`, which begins at 1.
///
/// The delay is an exponential backoff with full jitter, `random(0, 1) * min(base * 2^(retry - 1), max_backoff)`. A
/// delay that the server requests can only increase it:
/// - `x-amz-retry-after` up to 5 s beyond the computed backoff (rules of 2026), so at most to `max_backoff` + 5 s;
/// - `Retry-After`, and both headers before 2026, up to `max_backoff`. AWS's rules do not mention `Retry-After`, but
///   proxies and gateways send it, and a retry before that time cannot succeed.
pub(crate) fn delay(
    settings: &RetrySettings,
    kind: FailureKind,
    retry: u32,
    jitter: Jitter,
    asked: Option<RetryAfter>,
) -> Duration {
    let computed = full_jitter(base(settings, kind), settings.max_backoff, retry, jitter());
    match asked {
        None => computed,
        Some(RetryAfter::Amz(asked)) if settings.new_rules_2026 => {
            asked.clamp(computed, computed.saturating_add(AMZ_RETRY_AFTER_SLACK))
        }
        Some(RetryAfter::Amz(asked) | RetryAfter::Http(asked)) => {
            asked.min(settings.max_backoff).max(computed)
        }
    }
}

/// Returns the upper bound of the first backoff.
fn base(settings: &RetrySettings, kind: FailureKind) -> Duration {
    match (settings.initial_backoff, kind) {
        (Some(initial), _) => initial,
        (None, FailureKind::Throttling) => BASE,
        (None, _) if settings.new_rules_2026 => TRANSIENT_BASE,
        (None, _) => BASE,
    }
}

/// Returns `random * min(base * 2^(retry - 1), cap)`, where `retry` begins at 1.
fn full_jitter(base: Duration, cap: Duration, retry: u32, random: f64) -> Duration {
    let factor = 2u32.checked_pow(retry.saturating_sub(1));
    let bound = factor
        .and_then(|factor| base.checked_mul(factor))
        // A delay that overflows exceeds every cap, but a multiple of zero is zero.
        .unwrap_or(if base.is_zero() { base } else { cap })
        .min(cap);
    // `mul_f64` panics on a number that is not positive.
    let random = if random.is_nan() {
        0.0
    } else {
        random.clamp(0.0, 1.0)
    };
    bound.mul_f64(random).min(bound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use FailureKind::{ClockSkew, Server, Throttling, Transient};
    use proptest::prelude::*;

    const NEW: RetrySettings = RetrySettings::standard();
    const OLD: RetrySettings = NEW.with_new_rules_2026(false);

    const fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn the_bound_doubles_from_the_base_of_its_kind_up_to_the_cap() {
        let own = NEW.with_initial_backoff(ms(10)).with_max_backoff(ms(35));
        let zero = NEW.with_initial_backoff(Duration::ZERO);
        let cases = [
            (NEW, Transient, [50, 100, 200]),
            (NEW, Server, [50, 100, 200]),
            (NEW, ClockSkew, [50, 100, 200]),
            (NEW, Throttling, [1_000, 2_000, 4_000]),
            (OLD, Transient, [1_000, 2_000, 4_000]),
            (OLD, Throttling, [1_000, 2_000, 4_000]),
            (own, Transient, [10, 20, 35]),
            (own, Throttling, [10, 20, 35]),
            (zero, Throttling, [0, 0, 0]),
        ];
        for (settings, kind, expected) in cases {
            let bounds = [1, 2, 3].map(|retry| delay(&settings, kind, retry, || 1.0, None));
            assert_eq!(bounds, expected.map(ms), "{kind:?} {settings:?}");
        }
        assert_eq!(delay(&zero, Throttling, 40, || 1.0, None), Duration::ZERO);
        // As in the reference guide: the cap applies from retry 10 (transient) and 6 (throttling).
        for (kind, retry, expected) in [
            (Transient, 9, 12_800),
            (Transient, 10, 20_000),
            (Throttling, 5, 16_000),
            (Throttling, 6, 20_000),
            (Throttling, u32::MAX, 20_000),
        ] {
            assert_eq!(
                delay(&NEW, kind, retry, || 1.0, None),
                ms(expected),
                "{kind:?} {retry}"
            );
        }
    }

    #[test]
    fn jitter_scales_the_whole_delay() {
        let cases: [(Jitter, u64); 6] = [
            (|| 0.0, 0),
            (|| 0.25, 500),
            (|| 1.0, 2_000),
            (|| 7.0, 2_000),
            (|| -1.0, 0),
            (|| f64::NAN, 0),
        ];
        for (jitter, expected) in cases {
            assert_eq!(
                delay(&NEW, Throttling, 2, jitter, None),
                ms(expected),
                "{}",
                jitter()
            );
        }
    }

    #[test]
    fn retry_after_only_lengthens_the_delay_and_within_bounds() {
        use RetryAfter::{Amz, Http};
        // Retry 1 after throttling computes a delay of 1 s.
        let cases = [
            (NEW, Amz(ms(10)), 1_000),
            (NEW, Amz(ms(3_000)), 3_000),
            (NEW, Amz(ms(10_000)), 6_000),
            (NEW, Http(ms(0)), 1_000),
            (NEW, Http(ms(10_000)), 10_000),
            (NEW, Http(ms(90_000)), 20_000),
            (OLD, Amz(ms(10_000)), 10_000),
            (OLD, Amz(ms(90_000)), 20_000),
            (OLD, Amz(ms(10)), 1_000),
        ];
        for (settings, asked, expected) in cases {
            assert_eq!(
                delay(&settings, Throttling, 1, || 1.0, Some(asked)),
                ms(expected),
                "{asked:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_delay_is_within_its_bound_and_bounds_never_shrink(
            base in 0u64..100_000,
            cap in 0u64..100_000,
            retry in 1u32..200,
            random in -0.5f64..1.5,
        ) {
            let bound = |retry| full_jitter(ms(base), ms(cap), retry, 1.0);
            prop_assert!(full_jitter(ms(base), ms(cap), retry, random) <= bound(retry));
            prop_assert!(bound(retry) <= ms(cap));
            prop_assert!(bound(retry) <= bound(retry + 1));
            prop_assert!(bound(1) == ms(base.min(cap)));
        }

        #[test]
        fn asking_for_more_time_is_honored_between_computed_and_cap(
            asked in 0u64..100_000,
            retry in 1u32..20,
            new_rules in any::<bool>(),
            amz in any::<bool>(),
        ) {
            let settings = NEW.with_new_rules_2026(new_rules);
            let jitter: Jitter = || 0.5;
            let computed = delay(&settings, Throttling, retry, jitter, None);
            let after = if amz { RetryAfter::Amz(ms(asked)) } else { RetryAfter::Http(ms(asked)) };
            let total = delay(&settings, Throttling, retry, jitter, Some(after));
            let most = if amz && new_rules { computed + ms(5_000) } else { settings.max_backoff };
            prop_assert!((computed..=most.max(computed)).contains(&total));
            prop_assert_eq!(total, ms(asked).min(most).max(computed));
        }
    }
}
