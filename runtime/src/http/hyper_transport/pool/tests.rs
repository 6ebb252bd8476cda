use super::*;
use crate::http::hyper_transport::target::Target;
use crate::http::proxy::Proxies;
use crate::http::{Body, Request};
use tokio::io::{AsyncReadExt, DuplexStream, duplex};
use tokio::time::sleep;

const TIMEOUT: Duration = Duration::from_secs(20);
const SECOND: Duration = Duration::from_secs(1);

fn key(url: &str) -> Key {
    let mut request = Request::builder().uri(url).body(Body::empty()).unwrap();
    Target::of(&mut request, &Proxies::default()).unwrap().key
}

/// Returns a connection and its peer.
async fn link() -> (Link, DuplexStream) {
    let (ours, theirs) = duplex(1024);
    let mut link = Link::new(Box::new(ours)).await.unwrap();
    assert!(link.is_idle());
    (link, theirs)
}

/// Returns whether the peer sees that the connection is closed.
async fn is_closed(theirs: &mut DuplexStream) -> bool {
    let read = theirs.read_u8();
    let read = tokio::time::timeout(Duration::from_millis(1), read).await;
    read.is_ok_and(|read| read.is_err())
}

#[tokio::test(start_paused = true)]
async fn idle_connections_are_closed_when_their_time_is_over_without_another_request() {
    let pool = Pool::new(TIMEOUT, 10);
    let ((first, mut theirs), (second, mut later)) = (link().await, link().await);
    let (a, b) = (key("http://a"), key("http://b"));
    pool.put(&a, first);
    sleep(SECOND * 5).await;
    pool.put(&b, second);
    sleep(SECOND * 14).await;
    assert!(!is_closed(&mut theirs).await);
    sleep(SECOND * 2).await;
    assert!(is_closed(&mut theirs).await && !is_closed(&mut later).await);
    sleep(SECOND * 5).await;
    assert!(is_closed(&mut later).await);
    assert!(pool.state().idle.is_empty() && !pool.state().is_watched);
    // The task starts again with the next connection.
    let (third, mut theirs) = link().await;
    pool.put(&a, third);
    sleep(SECOND * 21).await;
    assert!(is_closed(&mut theirs).await);
}

#[tokio::test(start_paused = true)]
async fn a_connection_is_kept_for_its_own_host_and_scheme_alone() {
    let pool = Pool::new(TIMEOUT, 10);
    let (link, _theirs) = link().await;
    pool.put(&key("http://a"), link);
    for other in ["http://b", "https://a", "http://a:81"] {
        assert!(pool.take(&key(other)).is_none(), "{other}");
    }
    assert!(pool.take(&key("http://A:80/path")).is_some());
    assert!(pool.take(&key("http://a")).is_none());
}

#[tokio::test(start_paused = true)]
async fn more_connections_than_the_limit_push_out_those_that_were_idle_longest() {
    for (limit, expected) in [
        (0, [true; 3]),
        (1, [true, true, false]),
        (2, [true, false, false]),
    ] {
        let pool = Pool::new(TIMEOUT, limit);
        let mut others = Vec::new();
        for _ in 0..3 {
            let (link, theirs) = link().await;
            pool.put(&key("http://a"), link);
            others.push(theirs);
        }
        for (theirs, expected) in others.iter_mut().zip(expected) {
            assert_eq!(is_closed(theirs).await, expected, "{limit}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn closed_and_expired_connections_are_not_reused() {
    let pool = Pool::new(TIMEOUT, 10);
    let key = key("http://a");
    let ((first, theirs), (second, _open)) = (link().await, link().await);
    pool.put(&key, second);
    pool.put(&key, first);
    drop(theirs);
    assert!(pool.take(&key).is_some(), "the one that is open");
    assert!(pool.take(&key).is_none());
    let (third, _open) = link().await;
    pool.put(&key, third);
    tokio::time::advance(TIMEOUT).await;
    assert!(pool.take(&key).is_none());
}

#[test]
fn the_end_of_a_runtime_does_not_end_the_watch_for_good() {
    let pool = Pool::new(TIMEOUT, 10);
    for _ in 0..2 {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let (link, _theirs) = link().await;
            pool.put(&key("http://a"), link);
            sleep(SECOND).await;
            assert!(pool.state().is_watched);
        });
        drop(runtime);
        assert!(!pool.state().is_watched);
    }
}

#[test]
fn expired_connections_are_closed_with_the_next_one_if_nothing_drives_the_runtime_of_the_watch() {
    let pool = Pool::new(Duration::ZERO, 10);
    let runtime = || {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_all().build().unwrap()
    };
    let (parked, driven) = (runtime(), runtime());
    let mut theirs = parked.block_on(async {
        let (link, theirs) = link().await;
        pool.put(&key("http://a"), link);
        theirs
    });
    driven.block_on(async {
        let (link, _theirs) = link().await;
        pool.put(&key("http://a"), link);
        assert!(is_closed(&mut theirs).await);
    });
}
