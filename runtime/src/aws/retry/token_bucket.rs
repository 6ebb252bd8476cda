//! [`TokenBucket`]: the retry quota of a client, and the cost of a retry.

use crate::aws::retry::FailureKind;
use std::sync::atomic::{AtomicU32, Ordering};

/// The tokens of a full bucket, by both sets of rules.
pub const CAPACITY: u32 = 500;

/// The tokens that a call returns if its first attempt succeeds.
pub const FIRST_ATTEMPT_REFUND: u32 = 1;

/// Returns the cost of a retry after a failure of this kind, in tokens.
///
/// By the rules of 2026, a retry costs 14, and 5 after throttling, for which the server itself permits a later retry.
/// By the rules before them, it costs 5, and 10 after a timeout. Both are described on the "Retry behavior" page of the
/// AWS SDKs and Tools Reference Guide and used by the SDKs that follow it.
pub(crate) fn retry_cost(kind: FailureKind, new_rules_2026: bool) -> u32 {
    match (new_rules_2026, kind) {
        (true, FailureKind::Throttling) => 5,
        (true, _) => 14,
        (false, FailureKind::Transient) => 10,
        (false, _) => 5,
    }
}

/// The retry quota that all calls of a client share: retries that fail take tokens, and successes return them.
///
/// If a service is unavailable and every client retries every call three times, its load triples. The quota permits
/// retries of single failures, and stops retries if most of them fail.
#[derive(Debug)]
pub struct TokenBucket {
    available: AtomicU32,
    capacity: u32,
}

impl TokenBucket {
    /// Creates a full bucket of `capacity` tokens.
    pub fn new(capacity: u32) -> Self {
        Self {
            available: AtomicU32::new(capacity),
            capacity,
        }
    }

    /// Takes `cost` tokens if they are available, and returns whether it did.
    pub fn acquire(&self, cost: u32) -> bool {
        // No other memory depends on this number, so no ordering is needed.
        self.available
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |available| {
                available.checked_sub(cost)
            })
            .is_ok()
    }

    /// Returns `tokens` to the bucket, up to its capacity.
    pub fn refund(&self, tokens: u32) {
        // The bucket is full at nearly every success. Reading first avoids a write to the shared memory in all threads.
        let mut available = self.available.load(Ordering::Relaxed);
        while available < self.capacity {
            let filled = available.saturating_add(tokens).min(self.capacity);
            match self.available.compare_exchange_weak(
                available,
                filled,
                Ordering::Relaxed,
                Ordering::Relaxed,
            ) {
                Ok(_) => return,
                Err(actual) => available = actual,
            }
        }
    }

    /// Returns the number of tokens that are left.
    pub fn available(&self) -> u32 {
        self.available.load(Ordering::Relaxed)
    }
}

impl Default for TokenBucket {
    fn default() -> Self {
        Self::new(CAPACITY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::Barrier;

    #[test]
    fn a_retry_costs_what_the_rules_say() {
        use FailureKind::{ClockSkew, Server, Throttling, Transient};
        let cases = [
            (true, Transient, 14),
            (true, Server, 14),
            (true, ClockSkew, 14),
            (true, Throttling, 5),
            (false, Transient, 10),
            (false, Server, 5),
            (false, ClockSkew, 5),
            (false, Throttling, 5),
        ];
        for (new_rules, kind, expected) in cases {
            assert_eq!(
                retry_cost(kind, new_rules),
                expected,
                "{kind:?} {new_rules}"
            );
        }
    }

    #[test]
    fn a_price_beyond_what_is_left_takes_nothing() {
        let bucket = TokenBucket::new(13);
        assert!(!bucket.acquire(14));
        assert_eq!(bucket.available(), 13);
        assert!(bucket.acquire(13));
        assert_eq!(bucket.available(), 0);
        assert!(!bucket.acquire(1));
    }

    #[test]
    fn a_full_bucket_stays_full() {
        let bucket = TokenBucket::default();
        bucket.refund(u32::MAX);
        assert_eq!(bucket.available(), CAPACITY);
        assert!(bucket.acquire(1));
        bucket.refund(14);
        assert_eq!(bucket.available(), CAPACITY);
    }

    #[test]
    fn threads_never_get_more_tokens_than_there_are() {
        const THREADS: usize = 8;
        let bucket = TokenBucket::default();
        let barrier = Barrier::new(THREADS);
        let granted: u32 = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..THREADS)
                .map(|_| {
                    scope.spawn(|| {
                        barrier.wait();
                        (0..1_000).filter(|_| bucket.acquire(7)).count() as u32
                    })
                })
                .collect();
            workers.into_iter().map(|w| w.join().unwrap()).sum()
        });
        assert_eq!(granted, CAPACITY / 7);
        assert_eq!(bucket.available(), CAPACITY % 7);
    }

    #[test]
    fn threads_that_return_their_tokens_leave_the_bucket_unchanged() {
        const THREADS: usize = 8;
        let bucket = TokenBucket::default();
        let barrier = Barrier::new(THREADS);
        std::thread::scope(|scope| {
            for cost in 1..=THREADS as u32 {
                let (bucket, barrier) = (&bucket, &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    for _ in 0..2_000 {
                        if bucket.acquire(cost * 20) {
                            assert!(bucket.available() <= CAPACITY);
                            bucket.refund(cost * 20);
                        }
                    }
                });
            }
        });
        assert_eq!(bucket.available(), CAPACITY);
    }

    proptest! {
        /// The bucket behaves like an integer with checked bounds, for any sequence of operations.
        #[test]
        fn any_history_keeps_the_tokens_between_none_and_capacity(
            capacity in 0u32..1_000,
            history in prop::collection::vec((any::<bool>(), 0u32..600), 0..200),
        ) {
            let bucket = TokenBucket::new(capacity);
            let mut expected = i64::from(capacity);
            for (take, tokens) in history {
                let amount = i64::from(tokens);
                if take {
                    prop_assert_eq!(bucket.acquire(tokens), expected >= amount);
                    if expected >= amount {
                        expected -= amount;
                    }
                } else {
                    bucket.refund(tokens);
                    expected = (expected + amount).min(i64::from(capacity));
                }
                prop_assert!((0..=i64::from(capacity)).contains(&expected));
                prop_assert_eq!(i64::from(bucket.available()), expected);
            }
        }
    }
}
