//! Tests of TLS and proxies: trusted certificates, tunnels and forwarding.

use super::server::{closed, config, soon, thing, with_client};
use crate::service::{client, get_thing};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use smithy_reqwest::config::Builder;
use smithy_reqwest::error::Cause;
use smithy_reqwest::http::TransportErrorKind;
use smithy_reqwest::retry::RetrySettings;
use smithy_reqwest::{Client, Error};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// Returns the path of a file beside this one: certificates that were created for these tests.
fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/client/tls").join(name)
}

fn acceptor() -> TlsAcceptor {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let chain = CertificateDer::from_pem_file(file("server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(file("server.key")).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![chain], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// The heads of the received requests, one list for each connection.
type Heads = Arc<Mutex<Vec<Vec<String>>>>;

/// A stream of bytes.
trait Io: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// Reads a request and returns its head.
async fn read_head(io: &mut dyn Io) -> Option<String> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        bytes.push(io.read_u8().await.ok()?);
    }
    let head = String::from_utf8(bytes).unwrap();
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    let mut lengths = lines.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length = lengths.next().map_or(0, |(_, value)| value.parse().unwrap());
    io.read_exact(&mut vec![0; length]).await.ok()?;
    Some(head)
}

/// The behavior of a server on loopback for a connection, whose number starts at 0.
#[derive(Clone, Copy)]
enum Role {
    /// Responds to requests.
    Server,
    /// Opens a tunnel to this address, regardless of the requested one.
    Tunnel(SocketAddr),
    /// Responds to the request for a tunnel with this text.
    Refusal(&'static str),
}

/// Listens, with TLS or without, and records the heads of requests.
async fn listen(role: Role, tls: bool) -> (SocketAddr, Heads) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let heads = Heads::default();
    let seen = heads.clone();
    tokio::spawn(async move {
        let acceptor = acceptor();
        while let Ok((tcp, _)) = listener.accept().await {
            let (acceptor, seen) = (acceptor.clone(), seen.clone());
            let number = {
                let mut seen = seen.lock().unwrap();
                seen.push(Vec::new());
                seen.len() - 1
            };
            tokio::spawn(async move {
                let mut io: Box<dyn Io> = match tls {
                    false => Box::new(tcp),
                    // A client that does not trust the certificate ends the handshake.
                    true => match acceptor.accept(tcp).await {
                        Ok(stream) => Box::new(stream),
                        Err(_) => return,
                    },
                };
                while let Some(head) = read_head(io.as_mut()).await {
                    seen.lock().unwrap()[number].push(head);
                    match role {
                        Role::Server => io.write_all(&thing()).await.unwrap(),
                        Role::Tunnel(to) => {
                            let mut to = TcpStream::connect(to).await.unwrap();
                            let answer = b"HTTP/1.1 200 Connection established\r\nvia: test\r\n\r\n";
                            io.write_all(answer).await.unwrap();
                            copy_bidirectional(&mut io, &mut to).await.ok();
                            return;
                        }
                        Role::Refusal(answer) => {
                            io.write_all(answer.as_bytes()).await.unwrap();
                            return;
                        }
                    }
                    io.flush().await.unwrap();
                }
            });
        }
    });
    (address, heads)
}

/// Returns settings of a client that trusts the servers here, makes one attempt, and reads no variables.
fn trusting(url: String) -> Builder {
    let config = config(([127, 0, 0, 1], 1).into()).endpoint_url(url);
    config
        .ca_bundle(file("ca.pem"))
        .retry_config(RetrySettings::off())
}

async fn call(client: &Client) -> Result<(), Error> {
    soon(get_thing(client).send()).await.map(drop)
}

fn kind(error: &Error) -> Option<TransportErrorKind> {
    match error.cause() {
        Cause::Transport(cause) => Some(cause.kind()),
        _ => None,
    }
}

#[track_caller]
fn assert_no_connection(error: &Error, expected: &str) {
    assert_eq!(kind(error), Some(TransportErrorKind::Connect), "{error:?}");
    let text = error.to_string().to_lowercase();
    assert!(text.contains(expected), "{text} / {expected}");
}

#[tokio::test]
async fn https_calls_share_a_connection_to_a_server_of_the_ca_bundle() {
    for host in ["localhost", "127.0.0.1"] {
        let (address, heads) = listen(Role::Server, true).await;
        let url = format!("https://{host}:{}", address.port());
        let client = client(trusting(url).build());
        for _ in 0..3 {
            call(&client).await.unwrap();
        }
        let heads = heads.lock().unwrap();
        assert_eq!((heads.len(), heads[0].len()), (1, 3));
        assert!(heads[0][0].starts_with("POST /things/one"), "{}", heads[0][0]);
        let host = format!("host: {host}:{}\r\n", address.port());
        assert!(heads[0][0].to_lowercase().contains(&host), "{}", heads[0][0]);
    }
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_or_of_another_host_is_no_connection() {
    let (address, heads) = listen(Role::Server, true).await;
    let url = format!("https://localhost:{}", address.port());
    // The platform does not know the authority.
    let untrusted = with_client(config(address).endpoint_url(&url));
    let untrusted = untrusted.retry_config(RetrySettings::off());
    let error = call(&client(untrusted.build())).await.unwrap_err();
    assert_no_connection(&error, "certificate");
    // The name is not in the certificate.
    let url = format!("https://a.localhost:{}", address.port());
    let Ok(_) = tokio::net::lookup_host(("a.localhost", address.port())).await else {
        let proxied = trusting(url).proxy(format!("http://{}", tunnel_to(address).await));
        let error = call(&client(proxied.build())).await.unwrap_err();
        assert_no_connection(&error, "certificate");
        return;
    };
    let error = call(&client(trusting(url).build())).await.unwrap_err();
    assert_no_connection(&error, "certificate");
    assert!(heads.lock().unwrap().iter().all(Vec::is_empty));
}

#[tokio::test]
async fn a_ca_bundle_that_is_missing_at_the_first_call_is_read_at_the_next() {
    let (address, _) = listen(Role::Server, true).await;
    let directory = tempfile::tempdir().unwrap();
    let bundle = directory.path().join("ca.pem");
    let config = trusting(format!("https://localhost:{}", address.port())).ca_bundle(&bundle);
    let client = client(config.build());
    let error = call(&client).await.unwrap_err();
    assert!(error.to_string().contains("CA bundle"), "{error}");
    std::fs::copy(file("ca.pem"), &bundle).unwrap();
    call(&client).await.unwrap();
}

/// The variable that contains the path of the certificates in the process of its own.
#[cfg(all(unix, not(target_vendor = "apple")))]
const INSIDE: &str = "CLIENT_TEST_INSIDE";

/// Runs the test in a process of its own, since the certificates of the platform belong to the whole process.
#[cfg(all(unix, not(target_vendor = "apple")))]
#[tokio::test]
async fn certificates_of_the_platform_that_cannot_be_loaded_are_loaded_again() {
    const NAME: &str = "certificates_of_the_platform_that_cannot_be_loaded_are_loaded_again";
    let Some(bundle) = std::env::var_os(INSIDE).map(PathBuf::from) else {
        let directory = tempfile::tempdir().unwrap();
        let bundle = directory.path().join("ca.pem");
        let name = format!("{}::{NAME}", module_path!().split_once("::").unwrap().1);
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &name])
            .env(INSIDE, &bundle)
            .env("SSL_CERT_FILE", &bundle)
            .env_remove("SSL_CERT_DIR")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("1 passed"), "{text}");
        return;
    };
    let (address, _) = listen(Role::Server, true).await;
    let url = format!("https://localhost:{}", address.port());
    let config = with_client(config(address).endpoint_url(url));
    let client = client(config.retry_config(RetrySettings::off()).build());
    let error = call(&client).await.unwrap_err();
    assert_no_connection(&error, "no ca certificates");
    std::fs::copy(file("ca.pem"), bundle).unwrap();
    call(&client).await.unwrap();
}

async fn tunnel_to(address: SocketAddr) -> SocketAddr {
    listen(Role::Tunnel(address), false).await.0
}

#[tokio::test]
async fn https_calls_go_through_a_tunnel_of_a_proxy_with_its_user_and_password() {
    for proxy_tls in [false, true] {
        let (server, heads) = listen(Role::Server, true).await;
        let (proxy, tunnels) = listen(Role::Tunnel(server), proxy_tls).await;
        let scheme = if proxy_tls { "https" } else { "http" };
        let proxy = format!("{scheme}://us%40er:hush@localhost:{}", proxy.port());
        let client = client(trusting("https://things.example".to_owned()).proxy(proxy).build());
        for _ in 0..3 {
            call(&client).await.unwrap();
        }
        let (heads, tunnels) = (heads.lock().unwrap(), tunnels.lock().unwrap());
        assert_eq!((heads.len(), heads[0].len(), tunnels.len()), (1, 3, 1));
        let (tunnel, head) = (&tunnels[0][0], heads[0][0].to_lowercase());
        assert!(tunnel.starts_with("CONNECT things.example:443 HTTP/1.1\r\n"), "{tunnel}");
        let tunnel = tunnel.to_lowercase();
        assert!(tunnel.contains("host: things.example:443\r\n"), "{tunnel}");
        // The value is base64 of `us@er:hush`.
        let authorization = "proxy-authorization: basic dxnazxi6ahvzaa==\r\n";
        assert!(tunnel.contains(authorization), "{tunnel}");
        assert!(head.contains("host: things.example\r\n"), "{head}");
        assert!(!head.contains("proxy-authorization"), "{head}");
    }
}

#[tokio::test]
async fn http_calls_are_forwarded_by_a_proxy_with_the_whole_url() {
    for proxy_tls in [false, true] {
        let (proxy, heads) = listen(Role::Server, proxy_tls).await;
        let scheme = if proxy_tls { "https" } else { "http" };
        let proxy = format!("{scheme}://us%40er:hush@localhost:{}", proxy.port());
        let config = trusting("http://things.example".to_owned()).proxy(proxy);
        let client = client(config.build());
        for _ in 0..3 {
            call(&client).await.unwrap();
        }
        let heads = heads.lock().unwrap();
        assert_eq!((heads.len(), heads[0].len()), (1, 3));
        let head = &heads[0][2];
        assert!(head.starts_with("POST http://things.example/things/one"), "{head}");
        let head = head.to_lowercase();
        assert!(head.contains("host: things.example\r\n"), "{head}");
        let authorization = "proxy-authorization: basic dxnazxi6ahvzaa==\r\n";
        assert!(head.contains(authorization), "{head}");
    }
}

#[tokio::test]
async fn a_tunnel_that_is_rejected_is_no_connection_and_no_password_is_shown() {
    for (answer, expected) in [
        ("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 3\r\n\r\nbad", ""),
        ("HTTP/1.1 403 Forbidden\r\n\r\n", ""),
        ("220 mail.example ESMTP\r\n\r\n", ""),
        ("HTTP/1.1 2", ""),
        ("", ""),
    ] {
        let (address, _) = listen(Role::Refusal(answer), false).await;
        let proxy = format!("http://user:hush@{address}");
        let config = trusting("https://things.example".to_owned()).proxy(proxy);
        let error = call(&client(config.build())).await.unwrap_err();
        assert_no_connection(&error, expected);
        let text = error.to_string();
        let start = format!(
            "GetThing: no connection to https://things.example by the proxy http://{address}: "
        );
        assert!(text.starts_with(&start) && !text.contains("hush"), "{text}");
        assert!(error.is_retryable());
    }
}

#[tokio::test]
async fn a_password_that_the_proxy_rejects_is_sent_once() {
    let answer = "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n";
    let (address, tunnels) = listen(Role::Refusal(answer), false).await;
    let config = trusting("https://things.example".to_owned())
        .proxy(format!("http://user:hush@{address}"))
        .retry_config(RetrySettings::standard().with_initial_backoff(Duration::ZERO));
    let error = call(&client(config.build())).await.unwrap_err();
    assert_eq!(kind(&error), Some(TransportErrorKind::ProxyAuthentication));
    assert_eq!((error.is_retryable(), error.attempts()), (false, 1));
    assert_eq!(tunnels.lock().unwrap().len(), 1);
    let text = error.to_string();
    let start = format!(
        "GetThing: no connection to https://things.example by the proxy http://{address}: "
    );
    assert!(text.starts_with(&start) && !text.contains("hush"), "{text}");
}

#[tokio::test]
async fn a_proxy_with_an_endless_response_is_no_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                stream.write_all(b"HTTP/1.1 200 OK\r\n").await.unwrap();
                while stream.write_all(b"x-more: and more\r\n").await.is_ok() {}
            });
        }
    });
    let config = trusting("https://things.example".to_owned()).proxy(format!("http://{address}"));
    let error = call(&client(config.build())).await.unwrap_err();
    assert_no_connection(&error, "");
}

#[tokio::test]
async fn an_unreachable_proxy_is_named() {
    let address = closed().await;
    let config = trusting("https://things.example".to_owned()).proxy(format!("http://{address}"));
    let error = call(&client(config.build())).await.unwrap_err();
    assert_no_connection(&error, &format!("by the proxy http://{address}"));
}
