//! Tests of the cache: a single refresh for all callers, in time, and no loss of credentials that are still valid.

use crate::support::{FakeClock, SharedFakeClock, at, failure, keys};
use aws_credential_types::provider::future;
use smithy_reqwest::credentials::{
    CachingProvider, Credentials, CredentialsError, ProvideCredentials,
};
use smithy_reqwest::time::SystemClock;
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;

/// The result of the source: keys with an expiration in seconds after the start, or a failure.
#[derive(Debug, Clone, Copy)]
enum Answer {
    Until(u64),
    Forever,
    Fail,
    Panic,
}
use Answer::{Fail, Forever, Panic, Until};

/// A source that counts its calls, names each set of keys after the call, and responds when the gate allows it.
#[derive(Debug)]
struct Source {
    calls: AtomicUsize,
    answer: Mutex<Answer>,
    gate: Semaphore,
}

impl Source {
    fn calls(&self) -> usize {
        self.calls.load(SeqCst)
    }

    fn will(&self, answer: Answer) {
        *self.answer.lock().unwrap() = answer;
    }
}

#[derive(Debug, Clone)]
struct SharedSource(Arc<Source>);

impl ProvideCredentials for SharedSource {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            let call = self.0.calls.fetch_add(1, SeqCst) + 1;
            let _pass = self.0.gate.acquire().await.unwrap();
            let answer = *self.0.answer.lock().unwrap();
            let keys = |expiry: Option<SystemTime>| {
                Ok(Credentials::new(
                    format!("AK{call}"),
                    "SK",
                    None,
                    expiry,
                    "test",
                ))
            };
            match answer {
                Until(seconds) => keys(Some(at(seconds))),
                Forever => keys(None),
                Fail => Err(CredentialsError::provider_error("out of order")),
                Panic => panic!("the provider panics, as the test wants"),
            }
        })
    }
}

struct World {
    clock: Arc<FakeClock>,
    source: Arc<Source>,
    cache: CachingProvider,
}

/// Creates a cache and its source, which responds at once if `open` is set.
fn world(answer: Answer, open: bool) -> World {
    let clock = FakeClock::new();
    let source = Arc::new(Source {
        calls: AtomicUsize::new(0),
        answer: Mutex::new(answer),
        gate: Semaphore::new(if open { 1_000 } else { 0 }),
    });
    let shared_clock = Arc::new(SharedFakeClock(clock.clone()));
    World {
        cache: CachingProvider::new(SharedSource(source.clone()), shared_clock),
        clock,
        source,
    }
}

impl World {
    async fn id(&self) -> String {
        keys(&self.cache).await.access_key_id().to_owned()
    }

    /// Waits for background tasks to end.
    async fn settle(&self) {
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn a_caller_that_asked_before_a_refresh_landed_does_not_start_another() {
    let world = world(Until(3_600), true);
    let (first, late) = (
        world.cache.provide_credentials(),
        world.cache.provide_credentials(),
    );
    assert_eq!(first.await.unwrap().access_key_id(), "AK1");
    assert_eq!(late.await.unwrap().access_key_id(), "AK1");
    assert_eq!(world.source.calls(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_callers_at_once_share_one_refresh() {
    let world = world(Until(3_600), false);
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let cache = world.cache.clone();
            tokio::spawn(async move { keys(&cache).await.access_key_id().to_owned() })
        })
        .collect();
    while world.source.calls() == 0 {
        tokio::task::yield_now().await;
    }
    world.settle().await;
    world.source.gate.add_permits(1_000);
    for call in calls {
        assert_eq!(call.await.unwrap(), "AK1");
    }
    assert_eq!(world.source.calls(), 1);
}

#[tokio::test]
async fn a_caller_that_goes_away_takes_nothing_from_the_others() {
    let world = world(Until(3_600), false);
    let cache = world.cache.clone();
    let first = tokio::spawn(async move { keys(&cache).await });
    world.settle().await;
    assert_eq!(world.source.calls(), 1);
    let cache = world.cache.clone();
    let second = tokio::spawn(async move { keys(&cache).await });
    world.settle().await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    world.source.gate.add_permits(1_000);
    assert_eq!(second.await.unwrap().access_key_id(), "AK1");
    assert_eq!(world.source.calls(), 1);
}

#[tokio::test]
async fn an_abandoned_refresh_is_kept_for_the_next_caller() {
    let world = world(Until(3_600), false);
    let cache = world.cache.clone();
    let only = tokio::spawn(async move { keys(&cache).await });
    world.settle().await;
    only.abort();
    world.source.gate.add_permits(1_000);
    world.settle().await;
    assert_eq!(world.id().await, "AK1");
    assert_eq!(world.source.calls(), 1);
}

#[tokio::test]
async fn credentials_are_refreshed_in_the_background_before_they_expire() {
    let world = world(Until(3_600), true);
    world.source.will(Until(3_600));
    assert_eq!(world.id().await, "AK1");
    // 5 minutes and a second before the expiration a refresh is never due, 4 minutes before it always is.
    world.clock.advance(3_299);
    assert_eq!(world.id().await, "AK1");
    world.settle().await;
    assert_eq!(world.source.calls(), 1);
    world.clock.advance(62);
    world.source.will(Until(7_200));
    assert_eq!(world.id().await, "AK1", "the call does not wait");
    world.settle().await;
    assert_eq!(world.id().await, "AK2");
    assert_eq!(world.source.calls(), 2);
}

#[tokio::test]
async fn a_hanging_refresh_does_not_block_valid_credentials() {
    let world = world(Until(3_600), true);
    world.id().await;
    world.source.gate.forget_permits(1_000);
    world.clock.advance(3_400);
    for _ in 0..3 {
        assert_eq!(world.id().await, "AK1");
        world.settle().await;
    }
    assert_eq!(world.source.calls(), 2, "one refresh is under way");
}

#[tokio::test]
async fn in_the_last_minute_calls_wait_for_the_refresh() {
    for (advance, expected) in [(3_540, "AK1"), (3_541, "AK2")] {
        let world = world(Until(3_600), true);
        world.id().await;
        world.source.will(Until(7_200));
        world.clock.advance(advance);
        assert_eq!(world.id().await, expected, "{advance}");
    }
}

#[tokio::test]
async fn a_refresh_that_fails_leaves_valid_credentials_in_use_and_is_tried_again_after_a_pause() {
    let world = world(Until(3_600), true);
    world.id().await;
    world.source.will(Fail);
    world.clock.advance(3_400);
    for (advance, calls) in [(0, 2), (0, 2), (4, 2), (1, 3), (0, 3), (150, 4), (1, 4)] {
        world.clock.advance(advance);
        assert_eq!(world.id().await, "AK1");
        world.settle().await;
        assert_eq!(
            world.source.calls(),
            calls,
            "after {:?}",
            world.clock.passed()
        );
    }
    world.clock.advance(60);
    let told = failure(&world.cache).await;
    assert_eq!(told, ("failed", "out of order".to_owned()));
    world.source.will(Until(7_200));
    assert_eq!(world.id().await, "AK6");
}

#[tokio::test]
async fn a_failure_reaches_everybody_who_waits_and_is_not_kept() {
    let world = world(Fail, false);
    let calls: Vec<_> = (0..10)
        .map(|_| {
            let cache = world.cache.clone();
            tokio::spawn(async move { failure(&cache).await })
        })
        .collect();
    world.settle().await;
    world.source.gate.add_permits(1_000);
    for call in calls {
        assert_eq!(call.await.unwrap(), ("failed", "out of order".to_owned()));
    }
    assert_eq!(world.source.calls(), 1);
    world.source.will(Forever);
    assert_eq!(world.id().await, "AK2");
}

#[tokio::test]
async fn credentials_without_an_expiry_are_kept_for_good() {
    let world = world(Forever, true);
    assert_eq!(world.id().await, "AK1");
    world.clock.advance(10 * 365 * 86_400);
    assert_eq!(world.id().await, "AK1");
    assert_eq!(world.source.calls(), 1);
}

#[tokio::test]
async fn short_lived_credentials_are_used_for_half_of_their_life() {
    let world = world(Until(100), true);
    for (advance, expected) in [(0, "AK1"), (49, "AK1"), (2, "AK2")] {
        world.clock.advance(advance);
        world
            .source
            .will(Until(world.clock.passed().as_secs() + 100));
        assert_eq!(
            world.id().await,
            expected,
            "after {:?}",
            world.clock.passed()
        );
    }
}

#[tokio::test]
async fn credentials_that_come_expired_are_handed_out_and_not_kept() {
    let world = world(Until(0), true);
    world.clock.advance(60);
    assert_eq!(world.id().await, "AK1");
    assert_eq!(world.id().await, "AK2");
}

#[tokio::test]
async fn invalidated_credentials_are_replaced() {
    let world = world(Forever, true);
    let old = keys(&world.cache).await;
    world.cache.invalidate();
    assert_eq!(world.id().await, "AK2");
    world.cache.invalidate_if_current(&old);
    assert_eq!(world.id().await, "AK2", "they have been replaced before");
    world.cache.invalidate_if_current(&keys(&world.cache).await);
    assert_eq!(world.id().await, "AK3");
    world.cache.invalidate();
    world.source.will(Fail);
    assert_eq!(failure(&world.cache).await.0, "failed");
}

#[tokio::test]
async fn a_provider_that_panics_is_an_error_and_does_no_lasting_harm() {
    let world = world(Panic, true);
    let (kind, text) = failure(&world.cache).await;
    assert_eq!(kind, "other");
    assert!(text.contains("panicked"), "{text}");
    world.source.will(Forever);
    assert_eq!(world.id().await, "AK3");
}

fn runtime() -> Runtime {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_time().build().unwrap()
}

#[test]
fn a_runtime_that_is_shut_down_during_a_refresh_does_no_lasting_harm() {
    let world = world(Forever, false);
    let first = runtime();
    let cache = world.cache.clone();
    first.spawn(async move { keys(&cache).await });
    first.block_on(world.settle());
    assert_eq!(world.source.calls(), 1);
    drop(first);
    world.source.gate.add_permits(1_000);
    assert_eq!(runtime().block_on(world.id()), "AK2");
}

#[test]
fn callers_wait_ten_seconds_for_a_refresh_on_a_runtime_that_nothing_drives() {
    let world = world(Forever, false);
    let (first, second) = (runtime(), runtime());
    let cache = world.cache.clone();
    first.spawn(async move { keys(&cache).await });
    first.block_on(world.settle());
    assert_eq!(world.source.calls(), 1);
    world.source.gate.add_permits(1_000);
    assert_eq!(second.block_on(world.id()), "AK2");
    assert_eq!(world.clock.passed().as_secs(), 10);
    // The late refresh does not remove one that began after it, and its credentials are not kept.
    world.cache.invalidate();
    world.source.gate.forget_permits(1_000);
    let cache = world.cache.clone();
    second.spawn(async move { keys(&cache).await });
    second.block_on(world.settle());
    assert_eq!(world.source.calls(), 3);
    first.block_on(world.settle());
    world.source.gate.add_permits(1_000);
    assert_eq!(second.block_on(world.id()), "AK3");
    assert_eq!(world.source.calls(), 3);
}

#[test]
fn callers_on_several_runtimes_share_one_refresh() {
    let world = world(Forever, false);
    let clock = Arc::new(SystemClock);
    let cache = CachingProvider::new(SharedSource(world.source.clone()), clock);
    let call = || {
        let id = async { keys(&cache).await.access_key_id().to_owned() };
        runtime().block_on(id)
    };
    std::thread::scope(|scope| {
        let calls = [scope.spawn(call), scope.spawn(call), scope.spawn(call)];
        std::thread::sleep(Duration::from_millis(50));
        world.source.gate.add_permits(1_000);
        for call in calls {
            assert_eq!(call.join().unwrap(), "AK1");
        }
    });
    assert_eq!(world.source.calls(), 1);
}

#[test]
fn without_tokio_the_caller_runs_the_refresh() {
    let world = world(Forever, true);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..2 {
        let mut call = pin!(world.id());
        let Poll::Ready(id) = call.as_mut().poll(&mut context) else {
            panic!("it waits for something");
        };
        assert_eq!(id, "AK1");
    }
}

#[tokio::test]
async fn no_debug_output_shows_keys() {
    let world = world(Forever, true);
    world.id().await;
    let debug = format!("{:?}", world.cache);
    assert!(
        debug.contains("Source") && !debug.contains("AK1"),
        "{debug}"
    );
}
