//! Tests of retries: attempts, delays and the shared quota of whole calls.

use proptest::prelude::*;
use smithy_reqwest::http::BoxFuture;
use smithy_reqwest::retry::{
    CAPACITY, FailedAttempt, FailureKind, GiveUpReason, Jitter, RetryAfter, RetryMode,
    RetrySettings, RetryState, RetryStrategy,
};
use smithy_reqwest::time::{Clock, SharedClock, SystemClock};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Waker};
use std::time::{Duration, Instant, SystemTime};

use FailureKind::{Client, ClockSkew, Server, Throttling, Transient};

/// A clock on which a sleep never ends.
#[derive(Debug)]
struct StoppedClock;

impl Clock for StoppedClock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn monotonic(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }
}

/// Returns a strategy with the maximum delays.
fn strategy(settings: RetrySettings) -> RetryStrategy {
    RetryStrategy::new(settings, Arc::new(StoppedClock)).with_jitter(|| 1.0)
}

/// Fails until the strategy gives up, and returns the delays in milliseconds.
fn fail(strategy: &RetryStrategy, state: &mut RetryState, kind: FailureKind) -> Vec<u128> {
    std::iter::from_fn(|| strategy.after_failure(state, kind, None))
        .map(|delay| delay.as_millis())
        .collect()
}

/// Returns whether the next attempt may be sent without a delay.
fn passes_at_once(strategy: &RetryStrategy, state: &RetryState) -> bool {
    pin!(strategy.before_attempt(state))
        .poll(&mut Context::from_waker(Waker::noop()))
        .is_ready()
}

#[test]
fn a_failing_call_ends_after_its_attempts_with_the_delays_of_its_rules() {
    use GiveUpReason::{AttemptsExhausted, NotRetryable};
    let new = RetrySettings::standard();
    let old = new.with_new_rules_2026(false);
    let five = new.with_max_attempts(5);
    let own = five
        .with_initial_backoff(Duration::from_millis(10))
        .with_max_backoff(Duration::from_millis(35));
    let off = RetrySettings::off();
    let none = new.with_max_attempts(0);
    let cases: [(RetrySettings, FailureKind, &[u128], GiveUpReason); 10] = [
        (new, Transient, &[50, 100], AttemptsExhausted),
        (new, Server, &[50, 100], AttemptsExhausted),
        (new, ClockSkew, &[50, 100], AttemptsExhausted),
        (new, Throttling, &[1_000, 2_000], AttemptsExhausted),
        (new, Client, &[], NotRetryable),
        (old, Transient, &[1_000, 2_000], AttemptsExhausted),
        (five, Transient, &[50, 100, 200, 400], AttemptsExhausted),
        (own, Throttling, &[10, 20, 35, 35], AttemptsExhausted),
        (off, Transient, &[], AttemptsExhausted),
        (none, Server, &[], AttemptsExhausted),
    ];
    for (settings, kind, delays, reason) in cases {
        let strategy = strategy(settings);
        let mut state = strategy.start();
        assert_eq!((state.attempt(), state.give_up_reason()), (1, None));
        assert_eq!(fail(&strategy, &mut state, kind), delays, "{kind:?}");
        assert_eq!(state.give_up_reason(), Some(reason), "{kind:?}");
        assert_eq!(state.attempt() as usize, delays.len() + 1, "{kind:?}");
    }
}

#[test]
fn the_server_can_lengthen_a_delay() {
    let strategy = strategy(RetrySettings::standard());
    let mut state = strategy.start();
    let mut delay = |after| strategy.after_failure(&mut state, Transient, Some(after));
    let seconds = Duration::from_secs;
    assert_eq!(delay(RetryAfter::Amz(seconds(3))), Some(seconds(3)));
    assert_eq!(delay(RetryAfter::Http(seconds(60))), Some(seconds(20)));
    let third = delay(RetryAfter::Http(seconds(60)));
    assert_eq!(third, None, "the server cannot ask for more attempts");
}

#[test]
fn success_returns_the_cost_of_the_last_retry_or_one_token() {
    let cases: [(&[FailureKind], u32, u32); 4] = [
        (&[Transient], CAPACITY - 14, CAPACITY),
        (&[Throttling], CAPACITY - 5, CAPACITY),
        (&[Transient, Throttling], CAPACITY - 19, CAPACITY - 14),
        (&[Throttling, Transient], CAPACITY - 19, CAPACITY - 5),
    ];
    for (failures, before, after) in cases {
        let strategy = strategy(RetrySettings::standard());
        let mut state = strategy.start();
        for kind in failures {
            assert!(strategy.after_failure(&mut state, *kind, None).is_some());
        }
        assert_eq!(strategy.quota_left(), before, "{failures:?}");
        strategy.after_success(&state);
        assert_eq!(strategy.quota_left(), after, "{failures:?}");
        strategy.after_success(&strategy.start());
        assert_eq!(strategy.quota_left(), CAPACITY.min(after + 1));
    }
}

#[test]
fn when_most_calls_fail_retries_stop_until_calls_succeed_again() {
    // rules of 2026, kind, cost of a retry
    let cases = [
        (true, Transient, 14),
        (true, Throttling, 5),
        (false, Transient, 10),
        (false, Server, 5),
    ];
    for (new_rules, kind, cost) in cases {
        let strategy = strategy(RetrySettings::standard().with_new_rules_2026(new_rules));
        let mut retries = 0;
        let last = loop {
            let mut state = strategy.start();
            retries += fail(&strategy, &mut state, kind).len() as u32;
            if state.give_up_reason() != Some(GiveUpReason::AttemptsExhausted) {
                break state;
            }
        };
        assert_eq!(last.give_up_reason(), Some(GiveUpReason::QuotaExhausted));
        assert_eq!(retries, CAPACITY / cost, "{kind:?} {new_rules}");

        for _ in 0..cost {
            strategy.after_success(&strategy.start());
        }
        let mut state = strategy.start();
        assert!(strategy.after_failure(&mut state, kind, None).is_some());
    }
}

#[test]
fn a_call_that_cannot_be_retried_costs_nothing() {
    let strategy = strategy(RetrySettings::standard());
    let cases = [
        (RetrySettings::standard(), Client),
        (RetrySettings::off(), Client),
        (RetrySettings::off(), Server),
    ];
    for (settings, kind) in cases {
        let mut state = strategy.start_with(&settings);
        assert_eq!(strategy.after_failure(&mut state, kind, None), None);
        assert_eq!(strategy.quota_left(), CAPACITY, "{kind:?} {settings:?}");
    }
}

#[test]
fn a_call_with_its_own_settings_shares_the_clients_quota() {
    let strategy = strategy(RetrySettings::off());
    let own = RetrySettings::standard().with_max_attempts(4);
    let mut state = strategy.start_with(&own);
    assert_eq!(state.max_attempts(), 4);
    assert_eq!(fail(&strategy, &mut state, Throttling).len(), 3);
    assert_eq!(strategy.quota_left(), CAPACITY - 15);
    assert_eq!(strategy.start().max_attempts(), 1);
}

#[test]
fn only_adaptive_mode_ever_waits_and_only_after_throttling() {
    for mode in [RetryMode::Standard, RetryMode::Off] {
        let mut settings = RetrySettings::standard();
        settings.mode = mode;
        let strategy = strategy(settings);
        strategy.after_failure(&mut strategy.start(), Throttling, None);
        assert!(passes_at_once(&strategy, &strategy.start()), "{mode:?}");
    }
    let strategy = strategy(RetrySettings::adaptive());
    assert!(passes_at_once(&strategy, &strategy.start()));
    strategy.after_failure(&mut strategy.start(), Transient, None);
    assert!(passes_at_once(&strategy, &strategy.start()));
    strategy.after_failure(&mut strategy.start(), Throttling, None);
    assert!(!passes_at_once(&strategy, &strategy.start()));
}

#[tokio::test(start_paused = true)]
async fn after_throttling_an_adaptive_client_delays_even_first_attempts() {
    let clock: SharedClock = Arc::new(SystemClock);
    let strategy = RetryStrategy::new(RetrySettings::adaptive(), clock.clone());
    strategy.after_failure(&mut strategy.start(), Throttling, None);

    let start = clock.monotonic();
    strategy.before_attempt(&strategy.start()).await;
    // The minimum rate is one attempt in two seconds.
    let waited = (clock.monotonic() - start).as_millis();
    assert!((2_000..2_010).contains(&waited), "{waited}");

    // A call in another mode than adaptive is not delayed.
    let standard = strategy.start_with(&RetrySettings::standard());
    assert!(passes_at_once(&strategy, &standard));
}

fn any_kind() -> impl Strategy<Value = FailureKind> {
    prop::sample::select(vec![Transient, Throttling, Server, ClockSkew, Client])
}

proptest! {
    /// For any history of many calls, attempts, delays and the quota stay within their bounds.
    #[test]
    fn no_history_breaks_a_bound(
        calls in prop::collection::vec(
            (prop::collection::vec((any_kind(), prop::option::of(0u64..60_000)), 0..6), 1u32..6),
            1..60,
        ),
        new_rules in any::<bool>(),
    ) {
        let half: Jitter = || 0.5;
        let settings = RetrySettings::standard().with_new_rules_2026(new_rules);
        let strategy = RetryStrategy::new(settings, Arc::new(StoppedClock)).with_jitter(half);
        for (failures, max_attempts) in calls {
            let mut state = strategy.start_with(&settings.with_max_attempts(max_attempts));
            for (kind, asked) in failures {
                let asked = asked.map(|millis| RetryAfter::Amz(Duration::from_millis(millis)));
                match strategy.after_failure(&mut state, kind, asked) {
                    Some(delay) => {
                        prop_assert!(kind.is_retryable());
                        prop_assert!(delay <= settings.max_backoff + Duration::from_secs(5));
                    }
                    None => break,
                }
            }
            prop_assert!((1..=max_attempts).contains(&state.attempt()));
            if state.give_up_reason().is_none() {
                strategy.after_success(&state);
            }
            prop_assert!(strategy.quota_left() <= CAPACITY);
        }
    }
}

#[test]
fn a_throttled_call_that_cannot_be_repeated_slows_the_others_down_and_costs_no_quota() {
    let adaptive = RetrySettings::adaptive();
    let strategy = strategy(adaptive);
    let mut state = strategy.start();
    assert!(passes_at_once(&strategy, &state));
    let failed = FailedAttempt::new(Throttling).repeatable(false);
    assert_eq!(strategy.after_failed_attempt(&mut state, failed), None);
    assert_eq!(state.give_up_reason(), Some(GiveUpReason::NotRepeatable));
    assert_eq!((state.attempt(), strategy.quota_left()), (1, CAPACITY));
    assert!(
        !passes_at_once(&strategy, &strategy.start()),
        "the limiter was not told"
    );
}

#[test]
fn a_delay_that_does_not_fit_ends_the_call_and_costs_no_quota() {
    let strategy = strategy(RetrySettings::standard());
    let second = Duration::from_secs(1);
    for (left, fits) in [
        (None, true),
        (Some(second * 2), true),
        (Some(second + Duration::from_millis(1)), true),
        (Some(second), false),
        (Some(Duration::ZERO), false),
    ] {
        let (mut state, before) = (strategy.start(), strategy.quota_left());
        let failed = FailedAttempt::new(Throttling).time_left(left);
        let delay = strategy.after_failed_attempt(&mut state, failed);
        assert_eq!(delay, fits.then_some(second), "{left:?}");
        let reason = (!fits).then_some(GiveUpReason::TimeExhausted);
        assert_eq!(state.give_up_reason(), reason, "{left:?}");
        assert_eq!(strategy.quota_left() < before, fits, "{left:?}");
    }
}

#[test]
fn each_reason_to_give_up_is_named() {
    for (reason, expected) in [
        (GiveUpReason::NotRetryable, "not retryable"),
        (GiveUpReason::AttemptsExhausted, "no attempts left"),
        (GiveUpReason::QuotaExhausted, "retry quota exhausted"),
        (
            GiveUpReason::TimeExhausted,
            "no time left for another attempt",
        ),
        (
            GiveUpReason::NotRepeatable,
            "the body can be sent only once",
        ),
    ] {
        assert_eq!(reason.to_string(), expected);
    }
}
