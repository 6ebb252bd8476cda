//! A request as text in, the answer as text out: for what no SDK sends.

use super::program::patiently;
use serde_json::Value;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends these bytes; gives all that comes back until the connection is closed.
pub(crate) async fn raw(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    patiently(stream.read_to_end(&mut answer)).await.unwrap();
    String::from_utf8(answer).unwrap()
}

/// Sends a request with headers and a body.
pub(crate) async fn send(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> String {
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    );
    raw(address, &request).await
}

/// Calls the control API with a document; gives the status and the document of the answer.
pub(crate) async fn control(
    address: SocketAddr,
    method: &str,
    path: &str,
    body: &str,
) -> (u16, String) {
    let path = format!("/_appflow-local/{path}");
    let headers = "Content-Type: application/json\r\n";
    let answer = send(address, method, &path, headers, body).await;
    taken_apart(&answer)
}

/// Calls an operation with a document, for a service that accepts any key; gives the status and the document of the
/// answer.
pub(crate) async fn call(address: SocketAddr, path: &str, body: &Value) -> (u16, String) {
    let headers = "Content-Type: application/json\r\nAuthorization: AWS4-HMAC-SHA256 \
        Credential=test/20260101/us-east-1/appflow/aws4_request, SignedHeaders=host, Signature=00\r\n";
    let answer = send(address, "POST", path, headers, &body.to_string()).await;
    taken_apart(&answer)
}

/// The status and the document of an answer.
fn taken_apart(answer: &str) -> (u16, String) {
    let (head, document) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, document.to_owned())
}
