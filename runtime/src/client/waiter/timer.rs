//! [`Timer`], which determines the delays between the calls of a waiter.

use crate::client::waiter::WaiterSchema;
use crate::http::time::SharedClock;
use std::time::{Duration, Instant};

/// The delay from which delays grow if the minimum is zero. Without any delay, a call with an immediate response would
/// be repeated as fast as the machine can.
const LEAST_PAUSE: Duration = Duration::from_millis(1);

/// The timer of one wait.
#[derive(Debug)]
pub(super) struct Timer {
    clock: SharedClock,
    started: Instant,
    max_wait: Duration,
    min_delay: Duration,
    max_delay: Duration,
    /// The number of calls so far, including the current one.
    polls: u32,
}

impl Timer {
    /// Starts the timer with the first call.
    pub(super) fn start(clock: SharedClock, schema: &WaiterSchema, max_wait: Duration) -> Self {
        Self {
            started: clock.monotonic(),
            clock,
            max_wait,
            min_delay: schema.min_delay,
            max_delay: schema.max_delay.max(schema.min_delay),
            polls: 1,
        }
    }

    /// Returns the number of calls so far, including the current one.
    pub(super) fn polls(&self) -> u32 {
        self.polls
    }

    /// Returns the time since the start.
    pub(super) fn elapsed(&self) -> Duration {
        self.clock
            .monotonic()
            .saturating_duration_since(self.started)
    }

    /// Waits until the next call is due. Returns `false` at once if there is no time for another one.
    pub(super) async fn pause(&mut self) -> bool {
        let remaining = self.max_wait.saturating_sub(self.elapsed());
        let Some(delay) = self.delay(remaining, fastrand::f64()) else {
            return false;
        };
        self.clock.sleep(delay).await;
        self.polls = self.polls.saturating_add(1);
        true
    }

    /// Returns the delay before the next call. `random`, from 0 to 1, selects a point between the minimum delay and
    /// that of this attempt. A delay that leaves no time for another one is cut, so that the last call comes as late as
    /// possible.
    fn delay(&self, remaining: Duration, random: f64) -> Option<Duration> {
        let doublings = 1u32.checked_shl(self.polls - 1).unwrap_or(u32::MAX);
        let most = self
            .min_delay
            .max(LEAST_PAUSE)
            .checked_mul(doublings)
            .unwrap_or(self.max_delay)
            .min(self.max_delay);
        let delay = self.min_delay + (most - self.min_delay).mul_f64(random);
        let delay = delay.max(LEAST_PAUSE);
        let left = remaining.checked_sub(self.min_delay)?;
        let delay = if remaining.saturating_sub(delay) <= self.min_delay {
            left
        } else {
            delay
        };
        (!delay.is_zero()).then_some(delay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::time::SystemClock;
    use std::sync::Arc;

    fn timer(min: u64, max: u64, polls: u32) -> Timer {
        let schema = WaiterSchema::new("ThingReady", min, max);
        let mut timer = Timer::start(Arc::new(SystemClock), &schema, Duration::MAX);
        timer.polls = polls;
        timer
    }

    #[test]
    fn pauses_grow_with_jitter_from_the_least_to_the_greatest_delay() {
        let table = [
            // minimum, maximum, calls so far, random, delay
            (2, 120, 1, 0.0, 2.0),
            (2, 120, 1, 1.0, 2.0),
            (2, 120, 2, 0.0, 2.0),
            (2, 120, 2, 1.0, 4.0),
            (2, 120, 3, 0.5, 5.0),
            (2, 120, 6, 1.0, 64.0),
            (2, 120, 7, 1.0, 120.0),
            (2, 120, 500, 1.0, 120.0),
            (5, 5, 9, 0.7, 5.0),
            // Without a minimum, delays grow from a millisecond.
            (0, 0, 1, 0.0, 0.001),
            (0, 0, 9, 1.0, 0.001),
            (0, 4, 1, 1.0, 0.001),
            (0, 4, 1, 0.0, 0.001),
            (0, 4, 4, 1.0, 0.008),
            (0, 4, 14, 1.0, 4.0),
        ];
        for (min, max, polls, random, pause) in table {
            assert_eq!(
                timer(min, max, polls).delay(Duration::from_secs(10_000), random),
                Some(Duration::from_secs_f64(pause)),
                "{min} {max} {polls} {random}"
            );
        }
    }

    #[test]
    fn the_last_pause_leaves_the_least_delay_and_no_pause_follows_it() {
        let table = [
            // seconds left, delay
            (13, Some(10)),
            (12, Some(10)),
            (5, Some(3)),
            (3, Some(1)),
            (2, None),
            (1, None),
            (0, None),
        ];
        for (left, pause) in table {
            assert_eq!(
                timer(2, 10, 9).delay(Duration::from_secs(left), 1.0),
                pause.map(Duration::from_secs),
                "{left} s left"
            );
        }
    }

    #[test]
    fn without_a_least_delay_the_last_pause_ends_with_the_time() {
        let table = [
            // milliseconds left, delay
            (9_000, Some(4_000)),
            (4_000, Some(4_000)),
            (3_000, Some(3_000)),
            (1, Some(1)),
            (0, None),
        ];
        for (left, pause) in table {
            assert_eq!(
                timer(0, 4, 20).delay(Duration::from_millis(left), 1.0),
                pause.map(Duration::from_millis),
                "{left} ms left"
            );
        }
    }
}
