use super::*;
use bytes::Bytes;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpListener;

/// A stream whose end is visible only to the second read: the server closes it in between.
struct Closing {
    is_closed: bool,
}

impl AsyncRead for Closing {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match std::mem::replace(&mut self.is_closed, true) {
            true => Poll::Ready(Ok(())),
            false => Poll::Pending,
        }
    }
}

impl AsyncWrite for Closing {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, _: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// A server that answers one request with the body that it received.
async fn echo() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"body") {
            bytes.push(stream.read_u8().await.unwrap());
        }
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbody";
        stream.write_all(answer).await.unwrap();
    });
    url
}

#[tokio::test]
async fn a_request_goes_on_a_new_connection_where_the_server_had_closed_the_idle_ones() {
    let transport = HyperTransport::builder().no_proxy().build().unwrap();
    let url = echo().await;
    let request = || {
        let request = Request::builder().method("POST").uri(url.as_str());
        request.body(Body::from_bytes("body")).unwrap()
    };
    let key = Target::of(&mut request(), &Proxies::default()).unwrap().key;
    for _ in 0..3 {
        let stream = Closing { is_closed: false };
        let link = Link::new(Box::new(stream)).await.unwrap();
        transport.shared.pool.put(&key, link);
    }
    let response = transport.send(request()).await.unwrap();
    let body = response.into_body().collect(10).await.unwrap();
    assert_eq!(body, Bytes::from_static(b"body"));
}

fn size_of_future<F>(_: impl Fn(Arc<Shared>, Box<Request>) -> F) -> usize {
    size_of::<F>()
}

#[test]
fn the_future_of_a_request_takes_less_than_a_kilobyte() {
    let size = size_of_future(Shared::send);
    assert!(size < 1024, "{size} bytes");
}
