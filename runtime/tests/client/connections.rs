//! Tests of connections: reuse, servers that close, stall or send wrong lengths, and clients that cancel calls or send
//! many at once.

use super::server::{Connection, Server, config, json, soon, thing, transport};
use crate::service::{client, get_thing};
use bytes::Bytes;
use http_body_util::BodyExt;
use smithy_reqwest::Client;
use smithy_reqwest::config::TimeoutSettings;
use smithy_reqwest::error::Cause;
use smithy_reqwest::http::{Body, Request, TransportErrorKind};
use smithy_reqwest::retry::RetrySettings;
use smithy_reqwest::timeout::Timeout;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpSocket;
use tokio::sync::{Notify, Semaphore};

/// Returns a client that calls this server, and makes one attempt.
fn once(server: &Server) -> Client {
    client(server.config().retry_config(RetrySettings::off()).build())
}

async fn call(client: &Client) {
    let output = soon(get_thing(client).send()).await.unwrap();
    assert_eq!(output.name.as_deref(), Some("thing"));
}

fn request(server: &Server, body: Body) -> Request {
    let request = Request::builder().method("POST");
    let request = request.uri(format!("http://{}/things", server.address));
    request.body(body).unwrap()
}

#[tokio::test]
async fn calls_one_after_another_share_a_connection() {
    // These have a length, are chunked, have no body, or are an error.
    for answer in [
        thing(),
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_vec(),
        json("400 Bad Request", "", "{}"),
    ] {
        let server = Server::answering(answer).await;
        let client = once(&server);
        for _ in 0..5 {
            soon(get_thing(&client).send()).await.ok();
        }
        assert_eq!(server.connections(), 1);
    }
}

#[tokio::test]
async fn an_idle_connection_that_the_server_closed_costs_no_attempt() {
    let answered = Arc::new(Notify::new());
    let seen = answered.clone();
    let server = Server::new(move |_, mut connection: Connection| {
        let seen = seen.clone();
        async move {
            connection.read_request().await;
            connection.write(&thing()).await;
            drop(connection);
            seen.notify_one();
        }
    })
    .await;
    let client = once(&server);
    for number in 1..=4 {
        call(&client).await;
        soon(answered.notified()).await;
        // The end of the connection arrives in this time.
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert_eq!(server.connections(), number);
    }
}

#[tokio::test]
async fn a_server_that_announces_the_end_gets_a_new_connection_for_each_call() {
    let server = Server::new(|_, mut connection| async move {
        connection.read_request().await;
        connection
            .write(&json("200 OK", "connection: close\r\n", r#"{"name":"thing"}"#))
            .await;
    })
    .await;
    let client = once(&server);
    for number in 1..=4 {
        call(&client).await;
        assert_eq!(server.connections(), number);
    }
    // HTTP/1.0 closes without an announcement, and its body ends with the connection.
    let server = Server::new(|_, mut connection| async move {
        connection.read_request().await;
        connection
            .write(b"HTTP/1.0 200 OK\r\n\r\n{\"name\":\"thing\"}")
            .await;
    })
    .await;
    let client = once(&server);
    for number in 1..=4 {
        call(&client).await;
        assert_eq!(server.connections(), number);
    }
}

#[tokio::test]
async fn a_request_that_a_server_may_have_seen_is_not_sent_again_by_the_transport() {
    // The second request of a connection is read, and the connection is then reset.
    let requests = Arc::new(AtomicUsize::new(0));
    let seen = requests.clone();
    let server = Server::new(move |_, mut connection| {
        let seen = seen.clone();
        async move {
            while connection.read_request().await.is_some() {
                if seen.fetch_add(1, Ordering::SeqCst) == 1 {
                    return connection.reset();
                }
                connection.write(&thing()).await;
            }
        }
    })
    .await;
    let client = once(&server);
    call(&client).await;
    let error = soon(get_thing(&client).send()).await.unwrap_err();
    assert!(
        matches!(error.cause(), Cause::Transport(cause) if cause.kind() == TransportErrorKind::Io),
        "{error:?}"
    );
    assert_eq!(requests.load(Ordering::SeqCst), 2);
    call(&client).await;
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_call_that_is_dropped_disturbs_no_other() {
    // Connection 1 gets no response, connection 2 half of one.
    let server = Server::new(|number, mut connection| async move {
        connection.read_request().await;
        match number {
            1 => connection.wait_for_end().await,
            2 => {
                connection
                    .write(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"name\":")
                    .await;
                connection.wait_for_end().await;
            }
            _ => loop {
                connection.write(&thing()).await;
                if connection.read_request().await.is_none() {
                    return;
                }
            },
        }
    })
    .await;
    let client = once(&server);
    for number in 1..=2 {
        let dropped = get_thing(&client).send();
        let dropped = tokio::time::timeout(Duration::from_millis(100), dropped).await;
        assert!(dropped.is_err());
        assert_eq!(server.connections(), number);
    }
    for _ in 0..3 {
        call(&client).await;
    }
    assert_eq!(server.connections(), 3);
}

#[tokio::test]
async fn a_connection_is_closed_when_its_call_is_dropped() {
    for half in ["", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"] {
        let ended = Arc::new(Notify::new());
        let told = ended.clone();
        let server = Server::new(move |_, mut connection| {
            let told = told.clone();
            async move {
                connection.read_request().await;
                connection.write(half.as_bytes()).await;
                connection.wait_for_end().await;
                told.notify_one();
            }
        })
        .await;
        let client = once(&server);
        let dropped = get_thing(&client).send();
        let dropped = tokio::time::timeout(Duration::from_millis(50), dropped).await;
        assert!(dropped.is_err());
        soon(ended.notified()).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_calls_at_once_are_all_answered_and_their_connections_used_again() {
    // No call gets a response before all have arrived.
    let gate = Arc::new(Semaphore::new(0));
    let come = Arc::new(AtomicUsize::new(0));
    let (opened, seen) = (gate.clone(), come.clone());
    let server = Server::new(move |_, mut connection| {
        let (gate, come) = (opened.clone(), seen.clone());
        async move {
            while connection.read_request().await.is_some() {
                if come.fetch_add(1, Ordering::SeqCst) == 99 {
                    gate.close();
                }
                gate.acquire().await.ok();
                connection.write(&thing()).await;
            }
        }
    })
    .await;
    let client = once(&server);
    for _ in 0..3 {
        let calls: Vec<_> = (0..100)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { call(&client).await })
            })
            .collect();
        for call in calls {
            call.await.unwrap();
        }
    }
    assert_eq!(server.connections(), 100);
}

#[tokio::test]
async fn many_calls_in_one_task_share_connections() {
    // This is more than a task's share of time: tokio then reports what is ready as pending for a while.
    let server = Server::answering(thing()).await;
    let client = once(&server);
    for _ in 0..3 {
        let mut calls: Vec<_> = (0..100)
            .map(|_| Box::pin(get_thing(&client).send()))
            .collect();
        let all = std::future::poll_fn(|context| {
            calls.retain_mut(|call| match call.as_mut().poll(context) {
                Poll::Ready(output) => output.map(drop).map_err(|error| panic!("{error}")).is_err(),
                Poll::Pending => true,
            });
            match calls.is_empty() {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        });
        soon(all).await;
    }
    assert_eq!(server.connections(), 100);
}

#[tokio::test]
async fn bytes_after_a_body_end_the_connection_and_are_no_response_to_the_next_call() {
    let server = Server::new(|number, mut connection| async move {
        connection.read_request().await;
        let mut answer = thing();
        if number == 1 {
            answer.extend_from_slice(&json("200 OK", "", r#"{"name":"smuggled"}"#));
        }
        connection.write(&answer).await;
        while connection.read_request().await.is_some() {
            connection.write(&thing()).await;
        }
    })
    .await;
    let client = once(&server);
    for _ in 0..3 {
        call(&client).await;
    }
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_name_with_addresses_that_refuse_is_reached_by_the_one_that_does_not() {
    // `localhost` has an IPv6 address on most machines, on which no server listens here.
    let server = Server::answering(thing()).await;
    let url = format!("http://localhost:{}", server.address.port());
    call(&client(config(server.address).endpoint_url(url).build())).await;
}

#[tokio::test]
async fn connecting_has_a_timeout_that_counts_the_handshake() {
    let limit = Duration::from_millis(200);
    let limits = TimeoutSettings::NONE.with_connect(limit);
    // One listener has a full queue, and one accepts and sends nothing where TLS is expected.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let silent = Server::new(|_, mut connection| async move { connection.wait_for_end().await }).await;
    for url in [
        format!("https://{}", silent.address),
        format!("https://{}", listener.local_addr().unwrap()),
    ] {
        let config = config(silent.address).endpoint_url(url);
        let config = config.timeout_config(limits).retry_config(RetrySettings::off());
        let error = soon(get_thing(&client(config.build())).send()).await.unwrap_err();
        assert!(
            matches!(error.cause(), Cause::Timeout(Timeout::Connect(given)) if *given == limit),
            "{error:?}"
        );
        assert!(error.is_retryable());
    }
}

/// A body of pieces, of which each poll returns one.
struct Pieces(usize);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
        let left = self.0.checked_sub(1);
        self.0 = left.unwrap_or_default();
        let piece = Bytes::from_static(&[b'x'; 10_000]);
        Poll::Ready(left.map(|_| Ok(http_body::Frame::data(piece))))
    }
}

#[tokio::test]
async fn bodies_stream_both_ways() {
    // The request has ten megabytes in chunks; the response has as much, in pieces.
    let server = Server::new(|_, mut connection| async move {
        let head = connection.read_until("\r\n\r\n").await;
        let head = head.to_ascii_lowercase();
        assert!(head.contains("transfer-encoding: chunked"), "{head}");
        assert!(!head.contains("expect"), "{head}");
        let length = connection.skip_until("\r\n0\r\n\r\n").await;
        assert!(length > 10_000_000, "{length}");
        let head = "HTTP/1.1 200 OK\r\ncontent-length: 10000000\r\n\r\n";
        connection.write(head.as_bytes()).await;
        for _ in 0..1_000 {
            connection.write(&[b'y'; 10_000]).await;
        }
        connection.wait_for_end().await;
    })
    .await;
    let body = Body::from_stream(Pieces(1_000));
    let response = soon(transport().send(request(&server, body))).await.unwrap();
    let mut body = response.into_body();
    let (mut received, mut pieces) = (0, 0);
    while let Some(frame) = soon(body.frame()).await {
        received += frame.unwrap().into_data().unwrap().len();
        pieces += 1;
    }
    assert_eq!(received, 10_000_000);
    assert!(pieces > 10, "{pieces}");
}

#[tokio::test]
async fn a_response_before_the_end_of_the_request_is_handed_on() {
    let server = Server::new(|_, mut connection| async move {
        connection.read_until("\r\n\r\n").await;
        connection.write(&json("413 Content Too Large", "", "{}")).await;
        connection.wait_for_end().await;
    })
    .await;
    // The rest of the body never arrives.
    let first = futures_of(Bytes::from_static(b"some"));
    let sent = transport().send(request(&server, Body::from_stream(first)));
    let response = soon(sent).await.unwrap();
    assert_eq!(response.status(), 413);
    assert_eq!(soon(response.into_body().collect(10)).await.unwrap(), "{}");
}

/// Returns a body with one piece and no end.
fn futures_of(first: Bytes) -> impl http_body::Body<Data = Bytes, Error = std::io::Error> + Send {
    struct First(Option<Bytes>);
    impl http_body::Body for First {
        type Data = Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
            match self.0.take() {
                Some(first) => Poll::Ready(Some(Ok(http_body::Frame::data(first)))),
                None => Poll::Pending,
            }
        }
    }
    First(Some(first))
}

#[tokio::test]
async fn a_request_body_that_fails_is_an_error_and_ends_the_connection() {
    let server = Server::new(|_, mut connection| async move {
        connection.wait_for_end().await;
    })
    .await;
    struct Fails;
    impl http_body::Body for Fails {
        type Data = Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
            Poll::Ready(Some(Err(std::io::Error::other("the disk is gone"))))
        }
    }
    let sent = transport().send(request(&server, Body::from_stream(Fails)));
    let error = soon(sent).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Io, "{error:?}");
    assert!(error.to_string().contains("the disk is gone"), "{error}");
}

#[tokio::test]
async fn invalid_requests_are_errors_before_a_connection_is_opened() {
    for url in ["ftp://things.example/", "/things", "http://user@things.example/", "http://a/../b"] {
        let request = Request::builder().uri(url).body(Body::empty()).unwrap();
        let error = soon(transport().send(request)).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Request, "{url}: {error:?}");
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn a_transport_outlives_the_runtime_of_its_connections() {
    let server = Server::answering(thing()).await;
    let client = once(&server);
    for number in 1..=3 {
        let client = client.clone();
        let thread = std::thread::spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_all().build().unwrap();
            runtime.block_on(async {
                call(&client).await;
                call(&client).await;
            });
        });
        let joined = tokio::task::spawn_blocking(move || thread.join().unwrap());
        soon(joined).await.unwrap();
        assert_eq!(server.connections(), number);
    }
}
