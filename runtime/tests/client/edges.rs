//! Tests of unusual but valid responses and requests, which are handled as in other SDKs.

use super::server::{Server, json, soon, transport};
use crate::service::{PingThing, PingThingInput, client, get_thing};
use bytes::Bytes;
use http_body::Frame;
use smithy_reqwest::Error;
use smithy_reqwest::call::Call;
use smithy_reqwest::config::Config;
use smithy_reqwest::error::{Cause, TransportError, TransportErrorKind};
use smithy_reqwest::http::{Body, Request};
use smithy_reqwest::testing::TestTransport;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// Returns a call of an operation with its ID in the host prefix.
fn ping(config: Config, id: &str, name: Option<&str>) -> Call<PingThing> {
    let mut call = Call::<PingThing>::new(client(config));
    *call.input = PingThingInput {
        id: Some(id.to_owned()),
        name: name.map(str::to_owned),
    };
    call
}

/// Returns the error of a call of `GetThing` with this response.
async fn error_of(answer: Vec<u8>) -> Error {
    let server = Server::answering(answer).await;
    let call = get_thing(&client(server.config().build()));
    soon(call.send()).await.unwrap_err()
}

/// Starts a server that records the heads of requests.
async fn heads() -> (Server, Arc<Mutex<Vec<String>>>) {
    let heads = Arc::new(Mutex::new(Vec::new()));
    let seen = heads.clone();
    let server = Server::new(move |_, mut connection| {
        let seen = seen.clone();
        async move {
            while let Some(request) = connection.read_request().await {
                seen.lock().unwrap().push(request.to_ascii_lowercase());
                connection.write(&json("200 OK", "", "{}")).await;
            }
        }
    })
    .await;
    (server, heads)
}

#[tokio::test]
async fn a_post_without_a_body_has_length_zero() {
    let (server, heads) = heads().await;
    let config = server.config().disable_host_prefix(true).build();
    soon(ping(config.clone(), "a", None).send()).await.unwrap();
    for (method, announced) in [
        ("PUT", true),
        ("PATCH", true),
        ("GET", false),
        ("DELETE", false),
    ] {
        let call = ping(config.clone(), "a", None).customize();
        let call = call.mutate_request(move |head| head.method = method.parse().unwrap());
        soon(call.send()).await.unwrap();
        let heads = heads.lock().unwrap();
        let head = heads.last().unwrap();
        assert_eq!(head.contains("content-length: 0\r\n"), announced, "{head}");
    }
    let heads = heads.lock().unwrap();
    assert_eq!(
        heads[0].matches("content-length: 0\r\n").count(),
        1,
        "{}",
        heads[0]
    );
}

#[tokio::test]
async fn error_codes_are_read_where_services_write_them() {
    let ivs = r#"{"Code":"ThingNotFound","Message":"no such thing","RequestID":"6d0bb8fa"}"#;
    let error = error_of(json("404 Not Found", "", ivs)).await;
    assert_eq!(error.code(), Some("ThingNotFound"));
    assert_eq!(error.message(), Some("no such thing"));
    assert!(error.is_not_found());
}

#[tokio::test]
async fn header_members_beyond_ascii_are_read() {
    for (bytes, expected) in [
        ("zo\u{eb} \u{2713}".as_bytes(), "zoë ✓"),
        (&b"zo\xeb"[..], "zoë"),
    ] {
        let mut answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx-thing-kind: ".to_vec();
        answer.extend_from_slice(bytes);
        answer.extend_from_slice(b"\r\n\r\n{}");
        let server = Server::answering(answer).await;
        let output = soon(get_thing(&client(server.config().build())).send()).await;
        assert_eq!(output.unwrap().kind.as_deref(), Some(expected));
    }
}

#[tokio::test]
async fn a_header_member_with_a_control_character_is_an_input_error_that_names_it() {
    let transport = TestTransport::new();
    let config = transport.config().build();
    let error = ping(config, "a", Some("hush\nx-evil: 1"))
        .send()
        .await
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("invalid input: name: ") && !text.contains("hush"),
        "{text}"
    );
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn an_encoded_response_is_named_instead_of_shown() {
    let gzip = |status: &str| {
        let mut answer =
            format!("HTTP/1.1 {status}\r\ncontent-encoding: gzip\r\ncontent-length: 8\r\n\r\n")
                .into_bytes();
        answer.extend_from_slice(b"\x1f\x8b\x08\x00\xff\xfe\x01\x02");
        answer
    };
    for status in ["400 Bad Request", "200 OK"] {
        let text = error_of(gzip(status)).await.to_string();
        assert!(
            text.contains("unexpected content encoding gzip"),
            "{text}"
        );
        assert!(
            text.chars().all(|c| !c.is_control() && c != '\u{fffd}'),
            "{text:?}"
        );
    }
}

/// A body of unknown length.
struct Unsized(Option<&'static [u8]>);

impl http_body::Body for Unsized {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let piece = self.0.take().map(Bytes::from_static);
        Poll::Ready(piece.map(|piece| Ok(Frame::data(piece))))
    }
}

#[tokio::test]
async fn a_body_of_unknown_length_is_never_dropped_on_a_connection_of_http_1_0() {
    let bodies = Arc::new(Mutex::new(Vec::new()));
    let seen = bodies.clone();
    let server = Server::new(move |_, mut connection| {
        let seen = seen.clone();
        async move {
            loop {
                let head = connection.read_head().await;
                let Some(head) = head.map(|head| head.to_ascii_lowercase()) else {
                    return;
                };
                if head.contains("transfer-encoding: chunked") {
                    let body = connection.read_until("0\r\n\r\n").await;
                    seen.lock().unwrap().push(body);
                }
                let answer = "HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\n{}";
                connection.write(answer.as_bytes()).await;
            }
        }
    })
    .await;
    let transport = transport();
    let send = |body: Body| {
        let request = Request::builder().method("POST");
        let request = request.uri(format!("http://{}/", server.address));
        let sent = transport.send(request.body(body).unwrap());
        async {
            let response = soon(sent).await?;
            soon(response.into_body().collect(10)).await.unwrap();
            Ok::<_, TransportError>(())
        }
    };
    send(Body::empty()).await.unwrap();
    let sent = send(Body::from_stream(Unsized(Some(b"text")))).await;
    let arrived = bodies.lock().unwrap().concat();
    match sent {
        Ok(()) => assert_eq!(arrived, "4\r\ntext\r\n0\r\n\r\n"),
        Err(error) => {
            let expected = "the server uses HTTP/1.0, which requires the length of a body";
            assert!(error.to_string().contains(expected), "{error}");
            assert_eq!((error.kind(), arrived.as_str()), (TransportErrorKind::Request, ""));
        }
    }
}

#[tokio::test]
async fn control_characters_of_a_service_do_not_reach_a_terminal() {
    let body = r#"{"message":"\u001b[2Jgone\nGetThing: fine\u202e\u009b"}"#;
    let headers = "x-amzn-errortype: Bad\u{9b}Thing\r\nx-amzn-requestid: id-\u{9b}1\r\n";
    for answer in [
        json("400 Bad Request", headers, body),
        json("302 Found", "location: http://\u{9b}x\r\n", ""),
        json("200 OK", "content-type: text/\u{9b}\r\n", "no json"),
    ] {
        let error = error_of(answer).await;
        for text in [error.to_string(), format!("{error:?}")] {
            let acts = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!text.contains(acts), "{text:?}");
        }
    }
    let error = error_of(json("400 Bad Request", headers, body)).await;
    let shown = r"\u{1b}[2Jgone\nGetThing: fine\u{202e}\u{9b}";
    assert!(error.to_string().contains(shown), "{error}");
    assert!(
        error.message().unwrap().contains('\u{1b}'),
        "the message itself stays as it came"
    );
}

#[tokio::test]
async fn a_host_label_must_make_a_host_and_the_error_names_it() {
    let long = "a".repeat(64);
    for id in [
        "a.b",
        "a/b",
        "a b",
        "a@b",
        "ü",
        "-a",
        "a-",
        "..",
        long.as_str(),
    ] {
        let transport = TestTransport::new();
        let error = ping(transport.config().build(), id, None)
            .send()
            .await
            .unwrap_err();
        assert!(
            matches!(error.cause(), Cause::Request(_)),
            "{id}: {error:?}"
        );
        assert!(
            error
                .to_string()
                .contains("invalid input: id: invalid part of a host name"),
            "{error}"
        );
        assert!(transport.requests().is_empty());
    }
}

#[tokio::test]
async fn host_prefixes_can_be_switched_off_and_ip_addresses_take_none() {
    for (url, disabled, expected) in [
        (
            "https://things.example",
            false,
            "https://abc.data-things.example/ping",
        ),
        (
            "https://things.example",
            true,
            "https://things.example/ping",
        ),
        ("http://127.0.0.1:9", false, "http://127.0.0.1:9/ping"),
        ("http://[::1]:9", false, "http://[::1]:9/ping"),
    ] {
        let transport = TestTransport::new();
        transport.answer::<PingThing>(Default::default());
        let config = transport
            .config()
            .endpoint_url(url)
            .disable_host_prefix(disabled);
        ping(config.build(), "abc", None).send().await.unwrap();
        assert_eq!(transport.requests()[0].uri().to_string(), expected);
    }
    // It is a setting of a call as well.
    let transport = TestTransport::new();
    transport.answer::<PingThing>(Default::default());
    let config = transport
        .config()
        .endpoint_url("http://localhost:9")
        .build();
    let call = ping(config.clone(), "abc", None).customize();
    let config = config.to_builder().disable_host_prefix(true).build();
    call.config_override(config).send().await.unwrap();
    assert_eq!(
        transport.requests()[0].uri().to_string(),
        "http://localhost:9/ping"
    );
}
