//! [`RateLimiter`]: limits the rate of attempts of a client in adaptive mode.

use crate::http::time::{Clock, SharedClock};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

// The constants are those of AWS's SDKs, which are based on CUBIC, a congestion control of TCP (RFC 9438).

/// The factor by which the rate is reduced when the service throttles.
const BETA: f64 = 0.7;
/// The growth of the rate, in requests/s per s³.
const SCALE: f64 = 0.4;
/// The weight of the last half second in the measured rate.
const SMOOTH: f64 = 0.8;
/// The minimum rate, in requests/s.
const MIN_RATE: f64 = 0.5;
/// The minimum capacity of the bucket, so that one request always fits.
const MIN_CAPACITY: f64 = 1.0;
/// The maximum ratio of the rate to the measured rate.
const HEADROOM: f64 = 2.0;
/// The tokens of one attempt, whether it is the first or a retry: this limits requests, and the retry quota limits
/// retries.
const COST: f64 = 1.0;
/// The minimum wait: timers are not more precise, and a shorter sleep might not advance the clock.
const SHORTEST_WAIT: Duration = Duration::from_millis(1);

/// A limit for the request rate of a client whose service throttles: the client side of adaptive mode.
///
/// Until the first throttled response, the limiter only measures the rate. From then on, attempts take tokens from a
/// bucket. A throttled response reduces the rate to 0.7 of its value. Other responses increase it: slowly near the rate
/// at which throttling began, faster away from it, and never beyond twice the measured rate.
#[derive(Debug)]
pub struct RateLimiter {
    /// The origin of the seconds in [`State`].
    origin: Instant,
    /// `true` after a throttled response; a copy of [`State::enabled`] that needs no lock.
    enabled: AtomicBool,
    state: Mutex<State>,
    /// The queue of waiters, first in, first out. Only the first one watches the clock; otherwise all of them would
    /// wake at the same moment for one token.
    line: tokio::sync::Mutex<()>,
}

impl RateLimiter {
    /// Creates a limiter without a limit until the first throttled response.
    pub fn new(clock: &dyn Clock) -> Self {
        Self {
            origin: clock.monotonic(),
            enabled: AtomicBool::new(false),
            state: Mutex::new(State::new()),
            line: tokio::sync::Mutex::new(()),
        }
    }

    /// Waits until one more attempt may be sent.
    ///
    /// Dropping the future before it is ready takes no token and admits the next waiter.
    pub async fn acquire(&self, clock: &SharedClock) {
        if !self.enabled.load(Ordering::Relaxed) {
            return;
        }
        let _turn = self.line.lock().await;
        loop {
            let taken = self.state().try_take(self.seconds(clock.as_ref()));
            let Err(wait) = taken else { return };
            tracing::debug!(wait_ms = wait.as_millis(), "client-side rate limit");
            clock.sleep(wait).await;
        }
    }

    /// Records the end of an attempt, whatever its outcome, and adjusts the rate.
    pub fn on_answer(&self, throttled: bool, clock: &SharedClock) {
        let now = self.seconds(clock.as_ref());
        self.state().on_answer(throttled, now);
        if throttled {
            self.enabled.store(true, Ordering::Relaxed);
        }
    }

    /// Returns the current rate, in requests/s, or `None` if there is no limit.
    pub fn rate(&self) -> Option<f64> {
        let state = self.state();
        state.enabled.then_some(state.rate)
    }

    fn seconds(&self, clock: &dyn Clock) -> f64 {
        let elapsed = clock.monotonic().saturating_duration_since(self.origin);
        elapsed.as_secs_f64()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Every method leaves the state consistent, so it remains valid after a panic elsewhere.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The token bucket, the measurement and the rate control: arithmetic on the seconds since an origin.
#[derive(Debug)]
struct State {
    enabled: bool,
    /// The tokens per second.
    rate: f64,
    capacity: f64,
    tokens: f64,
    last_refill: f64,
    /// The smoothed number of responses per second.
    measured: f64,
    /// The number of responses since `measured_until`.
    answers: u32,
    /// The half second up to which `measured` is computed.
    measured_until: f64,
    /// The rate at the last throttled response.
    rate_at_throttle: f64,
    last_throttle: f64,
}

impl State {
    fn new() -> Self {
        Self {
            enabled: false,
            rate: MIN_RATE,
            capacity: MIN_CAPACITY,
            tokens: 0.0,
            last_refill: 0.0,
            measured: 0.0,
            answers: 0,
            measured_until: 0.0,
            rate_at_throttle: 0.0,
            last_throttle: 0.0,
        }
    }

    /// Takes the token of one attempt, or returns the time until one may be available.
    fn try_take(&mut self, now: f64) -> Result<(), Duration> {
        self.refill(now);
        if self.tokens >= COST {
            self.tokens -= COST;
            return Ok(());
        }
        // The rate is at least `MIN_RATE`, so the wait is at most two seconds.
        let wait = (COST - self.tokens) / self.rate;
        Err(Duration::from_secs_f64(wait).max(SHORTEST_WAIT))
    }

    fn on_answer(&mut self, throttled: bool, now: f64) {
        self.measure(now);
        if throttled {
            self.on_throttle(now);
        } else if self.enabled {
            self.set_rate(self.grown_rate(now), now);
        }
    }

    fn on_throttle(&mut self, now: f64) {
        self.rate_at_throttle = if self.enabled {
            self.measured.min(self.rate)
        } else {
            // The bucket starts empty, because earlier requests were sent without tokens.
            self.last_refill = now;
            self.measured
        };
        self.enabled = true;
        self.last_throttle = now;
        self.set_rate(self.rate_at_throttle * BETA, now);
    }

    /// Returns the rate on the curve of CUBIC, which is flat near the rate of the last throttling, and steeper before
    /// and after it.
    fn grown_rate(&self, now: f64) -> f64 {
        let plateau = (self.rate_at_throttle * (1.0 - BETA) / SCALE).cbrt();
        let since = now - self.last_throttle - plateau;
        SCALE * since.powi(3) + self.rate_at_throttle
    }

    fn set_rate(&mut self, rate: f64, now: f64) {
        // The tokens until now are computed at the old rate.
        self.refill(now);
        let rate = rate.min(HEADROOM * self.measured);
        self.rate = rate.max(MIN_RATE);
        self.capacity = rate.max(MIN_CAPACITY);
        self.tokens = self.tokens.min(self.capacity);
    }

    fn refill(&mut self, now: f64) {
        // Threads read the clock before they acquire the lock, so the time may be slightly in the past.
        let elapsed = (now - self.last_refill).max(0.0);
        self.tokens = (self.tokens + elapsed * self.rate).min(self.capacity);
        self.last_refill = self.last_refill.max(now);
    }

    /// Counts a response. After every half second with responses, the count becomes part of the rate.
    fn measure(&mut self, now: f64) {
        self.answers = self.answers.saturating_add(1);
        let half_second = (now * 2.0).floor() / 2.0;
        if half_second > self.measured_until {
            let recent = f64::from(self.answers) / (half_second - self.measured_until);
            self.measured = recent * SMOOTH + self.measured * (1.0 - SMOOTH);
            self.answers = 0;
            self.measured_until = half_second;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::retry::test_clock::CountingClock;
    use proptest::prelude::*;
    use std::sync::Arc;

    /// Returns a state with `per_second` responses a second for ten seconds, and one throttled response at 10 s.
    fn throttled_at(per_second: u32) -> State {
        let mut state = State::new();
        for n in 0..per_second * 10 {
            state.on_answer(false, f64::from(n) / f64::from(per_second));
        }
        state.on_answer(true, 10.0);
        state
    }

    fn close(actual: f64, expected: f64) -> bool {
        (actual - expected).abs() < 0.02 * expected.abs().max(0.1)
    }

    #[test]
    fn throttling_cuts_the_measured_rate_to_seven_tenths() {
        let state = throttled_at(100);
        assert!(close(state.measured, 100.0), "{}", state.measured);
        assert!(close(state.rate, 70.0), "{}", state.rate);
        assert!(close(state.capacity, 70.0), "{}", state.capacity);
    }

    #[test]
    fn the_rate_returns_to_where_throttling_began_and_then_grows_beyond() {
        let mut state = throttled_at(10);
        // cbrt(10 * 0.3 / 0.4) = 1.96 s to the plateau.
        let mut rates = Vec::new();
        for n in 1..=60 {
            let now = 10.0 + f64::from(n) / 10.0;
            state.on_answer(false, now);
            rates.push(state.rate);
        }
        assert!(rates.is_sorted(), "{rates:?}");
        assert!(close(rates[0], 7.45), "{}", rates[0]);
        assert!(close(rates[18], 10.0), "{}", rates[18]);
        assert!(close(rates[59], 20.0), "twice the measured: {}", rates[59]);
    }

    #[test]
    fn the_rate_never_falls_below_one_request_in_two_seconds() {
        let mut state = throttled_at(1);
        for n in 0..50 {
            state.on_answer(true, 10.0 + f64::from(n));
        }
        assert_eq!((state.rate, state.capacity), (MIN_RATE, MIN_CAPACITY));
    }

    #[test]
    fn a_throttled_first_response_leaves_the_lowest_rate() {
        let mut state = State::new();
        state.on_answer(true, 0.1);
        assert_eq!(state.rate, MIN_RATE);
        assert_eq!(state.try_take(0.1), Err(Duration::from_secs(2)));
        assert_eq!(state.try_take(2.1), Ok(()));
    }

    #[tokio::test]
    async fn nothing_waits_before_the_first_throttled_response() {
        let counting = Arc::new(CountingClock::default());
        let clock: SharedClock = counting.clone();
        let limiter = RateLimiter::new(clock.as_ref());
        for _ in 0..1_000 {
            limiter.acquire(&clock).await;
            limiter.on_answer(false, &clock);
        }
        assert_eq!(counting.sleeps(), 0);
        assert_eq!(limiter.rate(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn waiters_are_let_through_one_by_one_in_the_order_they_came() {
        let counting = Arc::new(CountingClock::default());
        let clock: SharedClock = counting.clone();
        let limiter = Arc::new(RateLimiter::new(clock.as_ref()));
        limiter.on_answer(true, &clock);
        assert_eq!(limiter.rate(), Some(MIN_RATE));

        let start = clock.monotonic();
        let waiters = (0..5).map(|_| {
            let (limiter, clock) = (limiter.clone(), clock.clone());
            tokio::spawn(async move {
                limiter.acquire(&clock).await;
                clock.monotonic()
            })
        });
        for (n, waiter) in (1..).zip(waiters.collect::<Vec<_>>()) {
            let passed = (waiter.await.unwrap() - start).as_millis();
            let expected = n * 2_000;
            assert!(
                (expected..expected + 20).contains(&passed),
                "waiter {n} passed at {passed} ms"
            );
        }
        // Timers round up, so a waiter may have to check twice, but not on every turn of the others.
        assert!(counting.sleeps() <= 10, "{} sleeps", counting.sleeps());
    }

    #[tokio::test(start_paused = true)]
    async fn a_waiter_that_gives_up_does_not_hold_up_the_line() {
        let clock: SharedClock = Arc::new(crate::http::time::SystemClock);
        let limiter = RateLimiter::new(clock.as_ref());
        limiter.on_answer(true, &clock);
        let start = clock.monotonic();

        let soon = Duration::from_millis(500);
        let gave_up = tokio::time::timeout(soon, limiter.acquire(&clock)).await;
        assert!(gave_up.is_err());
        limiter.acquire(&clock).await;
        let waited = clock.monotonic() - start;
        assert!(
            (2_000..2_010).contains(&waited.as_millis()),
            "the token of the one that gave up went to the next: {waited:?}"
        );
    }

    proptest! {
        /// Over any period, with any responses, no more attempts are sent than the rate provided tokens for.
        #[test]
        fn no_more_goes_out_than_came_in(
            history in prop::collection::vec((0.0f64..3.0, 0u8..4, 0u32..20), 1..200),
        ) {
            let mut state = State::new();
            state.on_answer(true, 0.0);
            let (mut now, mut earned, mut taken) = (0.0, 0.0, 0u32);
            for (pause, answer, attempts) in history {
                now += pause;
                earned += pause * state.rate;
                for _ in 0..attempts {
                    match state.try_take(now) {
                        Ok(()) => taken += 1,
                        Err(wait) => prop_assert!(wait <= Duration::from_secs(2)),
                    }
                }
                state.on_answer(answer == 0, now);
                prop_assert!(f64::from(taken) <= earned + 1e-6);
                prop_assert!(state.rate >= MIN_RATE && state.rate.is_finite());
                prop_assert!(state.tokens >= 0.0 && state.tokens <= state.capacity);
                prop_assert!(state.rate <= (HEADROOM * state.measured).max(MIN_RATE));
            }
        }

        /// The returned wait is sufficient: the token is available after it.
        #[test]
        fn after_the_wait_there_is_a_token(rate in 0.5f64..1_000.0, tokens in 0.0f64..1.0) {
            let mut state = State { enabled: true, rate, capacity: rate.max(1.0), tokens, ..State::new() };
            if let Err(wait) = state.try_take(0.0) {
                // One more millisecond compensates for the rounding to nanoseconds.
                prop_assert_eq!(state.try_take((wait + SHORTEST_WAIT).as_secs_f64()), Ok(()));
            }
        }
    }
}
