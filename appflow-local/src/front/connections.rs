//! Connections: accepted, served by HTTP/1.1, and let finish when the server ends.

use crate::front::Front;
use crate::front::stream::{Reset, Stream};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long requests in progress may take when the server ends.
const GRACE: Duration = Duration::from_secs(5);

/// Serves until told to stop.
pub(crate) async fn listen(
    listener: TcpListener,
    front: Arc<Front>,
    mut stop: watch::Receiver<bool>,
) {
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).half_close(true);
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(_) => {
                    // Out of file descriptors, most likely: some will be freed.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            _ = stop.changed() => break,
        };
        let _ = stream.set_nodelay(true);
        let reset = Reset::default();
        let stream = Stream::new(stream, reset.clone());
        let front = front.clone();
        let serve = service_fn(move |request| {
            let (front, reset) = (front.clone(), reset.clone());
            async move {
                front.answer(request).await.inspect_err(|error| {
                    if error.kind() == ErrorKind::ConnectionReset {
                        reset.ask();
                    }
                })
            }
        });
        let connection = http.serve_connection(TokioIo::new(stream), serve);
        let watched = graceful.watch(connection);
        // A connection that breaks off is the caller's affair.
        tokio::spawn(async move { drop(watched.await) });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(GRACE) => {}
    }
}
