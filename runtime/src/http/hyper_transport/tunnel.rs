//! [`tunnel`]: connects to a host through a proxy with the method `CONNECT`.

use crate::http::hyper_transport::connect::ConnectError;
use crate::http::hyper_transport::link::Io;
use crate::http::proxy::Proxy;
use crate::http::url::Url;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// The maximum size of the head of a proxy's response.
const MAX_HEAD: usize = 16 << 10;

/// Requests a connection to the host of a URL from a proxy.
pub(super) async fn tunnel(io: &mut dyn Io, proxy: &Proxy, url: &Url) -> Result<(), ConnectError> {
    let host = format!("{}:{}", url.host(), url.port());
    let mut request = format!("CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n").into_bytes();
    if let Some(authorization) = proxy.authorization() {
        request.extend_from_slice(b"Proxy-Authorization: ");
        request.extend_from_slice(authorization.as_bytes());
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    io.write_all(&request).await.map_err(ConnectError::Proxy)?;
    io.flush().await.map_err(ConnectError::Proxy)?;
    let status = status(&read_head(io).await?).ok_or(ConnectError::NotHttp)?;
    match status {
        200..=299 => Ok(()),
        407 => Err(ConnectError::ProxyAuthentication),
        _ => Err(ConnectError::Refused(status)),
    }
}

/// Reads the head of the proxy's response. No bytes follow it, because the host waits for the client's first message.
async fn read_head(io: &mut dyn Io) -> Result<Vec<u8>, ConnectError> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        // No bytes after the head may be read, because they belong to the tunnel if the proxy sends any.
        let mut byte = [0; 1];
        let read = io.read(&mut byte).await.map_err(ConnectError::Proxy)?;
        if read == 0 {
            return Err(ConnectError::Proxy(
                std::io::ErrorKind::UnexpectedEof.into(),
            ));
        }
        if head.len() >= MAX_HEAD {
            return Err(ConnectError::NotHttp);
        }
        head.extend_from_slice(&byte);
    }
    Ok(head)
}

/// Returns the status in the first line of a response.
fn status(head: &[u8]) -> Option<u16> {
    let rest = head
        .strip_prefix(b"HTTP/1.1 ")
        .or_else(|| head.strip_prefix(b"HTTP/1.0 "))?;
    let digits = std::str::from_utf8(rest.get(..3)?).ok()?;
    digits.parse().ok()
}
