#![allow(
    dead_code,
    reason = "the file is in several modules, and not each uses all of it"
)]
//! A server on loopback with a test's own behavior for each connection, and the settings of a client that calls it.

use smithy_reqwest::config::{Builder, Config, Credentials, HttpClient, Region, SharedTransport};
#[cfg(feature = "hyper")]
use smithy_reqwest::http::HyperTransport;
#[cfg(feature = "reqwest")]
use smithy_reqwest::http::ReqwestTransport;
use smithy_reqwest::retry::RetrySettings;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A server, which ends with the test.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Server {
    /// Starts a server that handles each connection with this function, which also gets the number of the connection,
    /// from 1.
    pub(crate) async fn new<F, R>(serve: F) -> Self
    where
        F: Fn(usize, Connection) -> R + Send + 'static,
        R: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = connections.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = count.fetch_add(1, Ordering::SeqCst) + 1;
                tokio::spawn(serve(number, Connection { stream }));
            }
        });
        Self {
            address,
            connections,
            task,
        }
    }

    /// Starts a server that sends the same response to all requests and keeps connections open.
    pub(crate) async fn answering(answer: impl Into<Vec<u8>>) -> Self {
        let answer = Arc::new(answer.into());
        Self::new(move |_, mut connection| {
            let answer = answer.clone();
            async move {
                while connection.read_request().await.is_some() {
                    connection.write(&answer).await;
                }
            }
        })
        .await
    }

    /// Returns the number of connections.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Returns settings of a client that calls this server, and retries without delays.
    pub(crate) fn config(&self) -> Builder {
        config(self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Returns an address without a listener.
pub(crate) async fn closed() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap()
}

/// Returns settings of a client that calls this address, and retries without delays.
pub(crate) fn config(address: SocketAddr) -> Builder {
    with_client(
        Config::builder()
            .region(Region::new("us-east-1"))
            .credentials_provider(keys("AKIDONE"))
            .endpoint_url(format!("http://{address}"))
            .retry_config(RetrySettings::standard().with_initial_backoff(Duration::ZERO)),
    )
}

/// Returns a transport with the HTTP client under test.
pub(crate) fn transport() -> SharedTransport {
    match super::HTTP_CLIENT {
        #[cfg(feature = "hyper")]
        Some(HttpClient::Hyper) => Arc::new(HyperTransport::builder().no_proxy().build().unwrap()),
        #[cfg(feature = "reqwest")]
        Some(HttpClient::Reqwest) => {
            Arc::new(ReqwestTransport::builder().no_proxy().build().unwrap())
        }
        _ => panic!("only for tests of an HTTP client"),
    }
}

/// Selects the HTTP client under test.
pub(crate) fn with_client(builder: Builder) -> Builder {
    match super::HTTP_CLIENT {
        Some(client) => builder.http_client(client),
        None => builder,
    }
}

pub(crate) fn keys(id: &str) -> Credentials {
    Credentials::new(id, "secret", Some("token".to_owned()), None, "test")
}

/// A connection on the side of the server.
pub(crate) struct Connection {
    stream: TcpStream,
}

impl Connection {
    /// Reads one request, head and body; returns `None` if the client has closed the connection.
    pub(crate) async fn read_request(&mut self) -> Option<String> {
        let mut bytes = Vec::new();
        loop {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = head
                    .lines()
                    .filter_map(|line| line.split_once(": "))
                    .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                    .map_or(0, |(_, value)| value.parse().unwrap());
                if body.len() >= length {
                    return Some(text);
                }
            }
            let mut piece = [0; 4096];
            match self.stream.read(&mut piece).await {
                Ok(0) | Err(_) => return None,
                Ok(read) => bytes.extend_from_slice(&piece[..read]),
            }
        }
    }

    /// Reads the head of a request; returns `None` if the client has closed the connection.
    pub(crate) async fn read_head(&mut self) -> Option<String> {
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"\r\n\r\n") {
            bytes.push(self.stream.read_u8().await.ok()?);
        }
        String::from_utf8(bytes).ok()
    }

    /// Reads up to these characters, and returns all that was read.
    pub(crate) async fn read_until(&mut self, end: &str) -> String {
        let mut bytes = Vec::new();
        while !bytes.ends_with(end.as_bytes()) {
            bytes.push(self.stream.read_u8().await.unwrap());
        }
        String::from_utf8(bytes).unwrap()
    }

    /// Reads until these characters are at the end of a read, and returns the number of bytes.
    pub(crate) async fn skip_until(&mut self, end: &str) -> usize {
        let (mut length, mut last) = (0, Vec::new());
        while !last.ends_with(end.as_bytes()) {
            let mut piece = [0; 4096];
            let read = self.stream.read(&mut piece).await.unwrap();
            assert!(read > 0, "it ended after {length} bytes");
            length += read;
            last.extend_from_slice(&piece[..read]);
            last.drain(..last.len().saturating_sub(end.len()));
        }
        length
    }

    /// Sends bytes; returns `false` if the client has closed the connection.
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).await.is_ok()
    }

    /// Ends the connection with a reset.
    pub(crate) fn reset(self) {
        self.stream.set_zero_linger().unwrap();
    }

    /// Waits until the client closes the connection.
    pub(crate) async fn wait_for_end(&mut self) {
        let mut piece = [0; 4096];
        while self
            .stream
            .read(&mut piece)
            .await
            .is_ok_and(|read| read > 0)
        {}
    }
}

/// Returns a response with a JSON body.
pub(crate) fn json(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Returns a successful response.
pub(crate) fn thing() -> Vec<u8> {
    json(
        "200 OK",
        "x-amzn-requestid: id-1\r\n",
        r#"{"name":"thing"}"#,
    )
}

/// Returns the response of a service that throttles.
pub(crate) fn throttled() -> Vec<u8> {
    json(
        "429 Too Many Requests",
        "x-amzn-errortype: ThrottlingException\r\n",
        r#"{"message":"slow down"}"#,
    )
}

/// Waits for a future for a limited time, so that a test fails instead of hanging.
pub(crate) async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(60), future)
        .await
        .expect("it took longer than a minute")
}

/// Starts a server that sends its time, and rejects signatures of another time.
pub(crate) async fn punctual() -> Server {
    use aws_smithy_types::DateTime;
    use aws_smithy_types::date_time::Format;
    Server::new(|_, mut connection| async move {
        while let Some(request) = connection.read_request().await {
            let line = request
                .lines()
                .find(|line| line.starts_with("x-amz-date: "));
            let text = line.unwrap().trim_start_matches("x-amz-date: ");
            let (date, time) = text.split_once('T').unwrap();
            let signed = format!(
                "{}-{}-{}T{}:{}:{}Z",
                &date[..4],
                &date[4..6],
                &date[6..],
                &time[..2],
                &time[2..4],
                &time[4..6]
            );
            let signed = DateTime::from_str(&signed, Format::DateTime)
                .unwrap()
                .secs();
            let now = DateTime::from(SystemTime::now());
            let header = format!("date: {}\r\n", now.fmt(Format::HttpDate).unwrap());
            let refusal = format!("{header}x-amzn-errortype: InvalidSignatureException\r\n");
            let answer = if (signed - now.secs()).abs() < 300 {
                json("200 OK", &header, r#"{"name":"thing"}"#)
            } else {
                json(
                    "403 Forbidden",
                    &refusal,
                    r#"{"message":"Signature expired"}"#,
                )
            };
            connection.write(&answer).await;
        }
    })
    .await
}
