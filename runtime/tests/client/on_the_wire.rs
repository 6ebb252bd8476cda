//! Tests that a server receives exactly what was signed, for unusual hosts, ports, paths, header values and changes of
//! interceptors. aws-sigv4 verifies the signature over the received bytes; otherwise the call is an error before
//! anything is sent.

use super::server::{soon, thing};
use crate::service::{GetThing, client, get_thing};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use http::{HeaderValue, Uri};
use proptest::prelude::*;
use smithy_reqwest::Error;
use smithy_reqwest::call::Call;
use smithy_reqwest::config::{Config, Credentials, Region};
use smithy_reqwest::error::Cause;
use smithy_reqwest::retry::RetrySettings;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, channel};
use std::time::SystemTime;

/// A request as received.
struct Arrived {
    method: String,
    target: String,
    /// The names in lower case, and the values without surrounding white space.
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

impl Arrived {
    fn header(&self, name: &str) -> Option<&[u8]> {
        let mut headers = self.headers.iter();
        headers
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.as_slice())
    }

    fn text(&self, name: &str) -> &str {
        std::str::from_utf8(self.header(name).unwrap_or_default()).unwrap()
    }

    /// Signs the received request again, with another implementation, and returns both signatures.
    fn signatures(&self) -> (String, String) {
        let authorization = self.text("authorization");
        let part = |name: &str| {
            let after = authorization.split_once(name).unwrap().1;
            after.split(", ").next().unwrap().to_owned()
        };
        let names = part("SignedHeaders=");
        let names: Vec<&str> = names.split(';').collect();
        let identity = keys().into();
        let params = SigningParams::builder()
            .identity(&identity)
            .region("us-east-1")
            .name("things")
            .time(stamp(self.text("x-amz-date")))
            .settings(SigningSettings::default())
            .build()
            .unwrap();
        let uri = format!("http://{}{}", self.text("host"), self.target);
        let headers = self.headers.iter();
        let headers = headers
            .filter(|(name, _)| names.contains(&name.as_str()) && !name.starts_with("x-amz-date"));
        let headers =
            headers.map(|(name, value)| (name.as_str(), std::str::from_utf8(value).unwrap()));
        let body = SignableBody::Bytes(&self.body);
        let request = SignableRequest::new(&self.method, uri, headers, body).unwrap();
        let anew = sign(request, &params.into()).unwrap();
        (part("Signature="), anew.signature().to_owned())
    }
}

fn keys() -> Credentials {
    Credentials::new("AKIDWIRE", "secret", None, None, "test")
}

/// Parses a time of the form `20260102T030405Z`.
fn stamp(text: &str) -> SystemTime {
    let part = |range: std::ops::Range<usize>| &text[range];
    let iso = format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0..4),
        part(4..6),
        part(6..8),
        part(9..11),
        part(11..13),
        part(13..15)
    );
    let format = aws_smithy_types::date_time::Format::DateTime;
    aws_smithy_types::DateTime::from_str(&iso, format)
        .unwrap()
        .try_into()
        .unwrap()
}

/// Starts a server that responds to all requests with a thing, and returns the requests.
fn server() -> (SocketAddr, Receiver<Arrived>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, sender) = (stream.unwrap(), sender.clone());
            std::thread::spawn(move || {
                while let Some(arrived) = read(&mut stream) {
                    let _ = sender.send(arrived);
                    let _ = stream.write_all(&thing());
                }
            });
        }
    });
    (address, receiver)
}

fn read(stream: &mut impl Read) -> Option<Arrived> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        let mut piece = [0; 4096];
        match stream.read(&mut piece) {
            Ok(length @ 1..) => bytes.extend_from_slice(&piece[..length]),
            _ => return None,
        }
    };
    let mut lines = bytes[..end]
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii);
    let first = String::from_utf8(lines.next()?.to_vec()).unwrap();
    let mut words = first.split(' ').map(str::to_owned);
    let (method, target) = (words.next()?, words.next()?);
    assert_eq!(words.next().as_deref(), Some("HTTP/1.1"), "{first}");
    let headers = lines.map(|line| {
        let colon = line.iter().position(|byte| *byte == b':').unwrap();
        let name = String::from_utf8(line[..colon].to_ascii_lowercase()).unwrap();
        (name, line[colon + 1..].trim_ascii().to_vec())
    });
    let mut arrived = Arrived {
        method,
        target,
        headers: headers.collect(),
        body: bytes[end + 4..].to_vec(),
    };
    let length = arrived.text("content-length").parse().unwrap_or(0);
    let have = arrived.body.len();
    arrived.body.resize(length, 0);
    stream.read_exact(&mut arrived.body[have..]).unwrap();
    Some(arrived)
}

fn call_to(url: String) -> Call<GetThing> {
    let config = Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(keys())
        .retry_config(RetrySettings::standard().with_max_attempts(1))
        .endpoint_url(url);
    get_thing(&client(super::server::with_client(config).build()))
}

#[track_caller]
fn assert_signed_as_sent(arrived: &Arrived) {
    let (given, anew) = arrived.signatures();
    assert_eq!(given, anew, "{} {}", arrived.method, arrived.target);
}

#[tokio::test]
async fn hosts_and_ports_are_signed_as_they_are_sent() {
    let (address, arrivals) = server();
    let port = address.port();
    for (url, host) in [
        (
            format!("http://LOCALHOST:{port}"),
            format!("localhost:{port}"),
        ),
        (
            format!("HTTP://LocalHost:0{port}/Base/"),
            format!("localhost:{port}"),
        ),
        (
            format!("http://127.0.0.1:{port}"),
            format!("127.0.0.1:{port}"),
        ),
    ] {
        soon(call_to(url.clone()).send()).await.unwrap();
        let arrived = arrivals.recv().unwrap();
        assert_eq!(arrived.text("host"), host, "{url}");
        assert_signed_as_sent(&arrived);
    }
}

#[tokio::test]
async fn a_url_with_a_fragment_and_no_path_is_signed_as_it_is_sent() {
    let (address, arrivals) = server();
    let url: Uri = format!("http://{address}#fragment").parse().unwrap();
    let call = call_to(format!("http://{address}")).customize();
    let call = call.mutate_request(move |head| head.uri = url.clone());
    soon(call.send()).await.unwrap();
    let arrived = arrivals.recv().unwrap();
    assert_eq!(arrived.target, "/");
    assert_signed_as_sent(&arrived);
}

#[tokio::test]
async fn a_path_label_that_url_readers_resolve_is_an_input_error_that_names_it() {
    let (address, arrivals) = server();
    for id in [".", ".."] {
        let mut call = call_to(format!("http://{address}"));
        call.input.id = Some(id.to_owned());
        let error = soon(call.send()).await.unwrap_err();
        assert!(matches!(error.cause(), Cause::Request(_)), "{error:?}");
        assert!(
            error
                .to_string()
                .starts_with("GetThing: invalid input: id: "),
            "{error}"
        );
    }
    // Percent signs are encoded themselves, so that a reader of the URL sees no dots.
    for (id, target) in [
        ("%2e%2e", "/things/%252e%252e"),
        ("...", "/things/..."),
        ("a/../b", "/things/a%2F..%2Fb"),
        ("a b|^'\"ü\t", "/things/a%20b%7C%5E%27%22%C3%BC%09"),
    ] {
        let mut call = call_to(format!("http://{address}"));
        call.input.id = Some(id.to_owned());
        soon(call.send()).await.unwrap();
        let arrived = arrivals.recv().unwrap();
        assert_eq!(arrived.target, target);
        assert_signed_as_sent(&arrived);
    }
    assert!(arrivals.try_recv().is_err(), "something else was sent");
}

#[tokio::test]
async fn a_url_of_an_interceptor_that_cannot_be_sent_is_an_error_and_nothing_is_sent() {
    let (address, arrivals) = server();
    for (url, reason) in [
        (format!("http://{address}/a/../b"), "`..`"),
        (format!("http://{address}/%2E%2e"), "`..`"),
        (format!("http://user:hush@{address}/"), "user name"),
        ("http://0x7f.1/".to_owned(), "four decimal numbers"),
        ("/relative".to_owned(), "http://"),
    ] {
        let call = call_to(format!("http://{address}"));
        let uri: Uri = url.parse().unwrap();
        let call = call
            .customize()
            .mutate_request(move |head| head.uri = uri.clone());
        let error = soon(call.send()).await.unwrap_err();
        assert!(
            matches!(error.cause(), Cause::Configuration(_)),
            "{error:?}"
        );
        assert!(error.to_string().contains(reason), "{url}: {error}");
        assert!(!format!("{error} {error:?}").contains("hush"), "{error}");
    }
    assert!(arrivals.try_recv().is_err());
}

#[tokio::test]
async fn header_values_beyond_ascii_are_signed_and_sent_as_they_are() {
    let (address, arrivals) = server();
    let call = |value: &'static [u8]| {
        let value = HeaderValue::from_bytes(value).unwrap();
        let call = call_to(format!("http://{address}")).customize();
        call.header("x-name".parse().unwrap(), value).send()
    };
    soon(call("Zoë  Ünal".as_bytes())).await.unwrap();
    let arrived = arrivals.recv().unwrap();
    assert_eq!(arrived.header("x-name"), Some("Zoë  Ünal".as_bytes()));
    assert!(
        arrived.text("authorization").contains("x-name"),
        "it is unsigned"
    );
    assert_signed_as_sent(&arrived);
    let error = soon(call(b"latin-\xe9")).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("header x-name: the value is not UTF-8"),
        "{error}"
    );
    assert!(arrivals.try_recv().is_err());
}

/// Sends a call, and returns its error if it is rejected.
fn send(call: smithy_reqwest::call::Customize<GetThing>) -> Result<(), Error> {
    static RUNTIME: std::sync::LazyLock<tokio::runtime::Runtime> =
        std::sync::LazyLock::new(|| tokio::runtime::Runtime::new().unwrap());
    RUNTIME.block_on(soon(call.send())).map(drop)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// For any endpoint, input and interceptor, a request is rejected, or arrives as it was signed.
    #[test]
    fn requests_arrive_as_they_were_signed(
        host in prop::sample::select(vec!["localhost", "LocalHost", "127.0.0.1", "LOCALHOST.", "127.1", "0x7f.1", "[::1]"]),
        zeros in "0{0,2}",
        base in "(/[a-zA-Z.%|^'~-]{0,4}){0,2}/?",
        id in "[ -~é\t]{1,6}|[.%2eE/]{1,6}",
        path in proptest::option::of("(/[!-~]{0,5}|/\\.{1,2}|/%2[eE]|//|/ü){0,4}"),
        query in proptest::option::of("[!-~]{0,12}"),
        value in "[ -~\té]{0,8}",
        method in prop::sample::select(vec!["POST", "PUT", "DELETE", "PATCH"]),
    ) {
        static SERVER: std::sync::LazyLock<(SocketAddr, std::sync::Mutex<Receiver<Arrived>>)> =
            std::sync::LazyLock::new(|| {
                let (address, arrivals) = server();
                (address, std::sync::Mutex::new(arrivals))
            });
        let arrivals = SERVER.1.lock().unwrap();
        let mut call = call_to(format!("http://{host}:{zeros}{}{base}", SERVER.0.port()));
        call.input.id = Some(id);
        let call = call.customize().mutate_request(move |head| {
            head.method = method.parse().unwrap();
            if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
                head.headers.insert("x-odd", value);
            }
            let query = query.as_ref().map_or_else(String::new, |query| format!("?{query}"));
            let target = path.as_ref().map(|path| format!("/{path}{query}"));
            if let Some(target) = target.and_then(|target| target.parse().ok()) {
                let mut parts = head.uri.clone().into_parts();
                parts.path_and_query = Some(target);
                head.uri = Uri::from_parts(parts).unwrap();
            }
        });
        match send(call) {
            Ok(()) => {
                let arrived = arrivals.recv().unwrap();
                let (given, anew) = arrived.signatures();
                prop_assert_eq!(given, anew, "{} {}", arrived.method, arrived.target);
            }
            // No server listens at some of these addresses. In any case, nothing was sent.
            Err(_) => prop_assert!(arrivals.try_recv().is_err()),
        }
    }
}
