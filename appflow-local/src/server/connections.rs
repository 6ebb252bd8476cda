//! Accepts connections, serves HTTP/1.1 and shuts down gracefully.

use crate::server::Handler;
use crate::server::stream::{Reset, Stream};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The time limit for requests in progress on shutdown.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// Serves connections until it is told to stop.
pub(crate) async fn listen(
    listener: TcpListener,
    handler: Arc<Handler>,
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
                    // Most likely out of file descriptors: wait until some are free.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            _ = stop.changed() => break,
        };
        let _ = stream.set_nodelay(true);
        let reset = Reset::default();
        let stream = Stream::new(stream, reset.clone());
        let handler = handler.clone();
        let serve = service_fn(move |request| {
            let (handler, reset) = (handler.clone(), reset.clone());
            async move {
                handler.answer(request).await.inspect_err(|error| {
                    if error.kind() == ErrorKind::ConnectionReset {
                        reset.set();
                    }
                })
            }
        });
        let connection = http.serve_connection(TokioIo::new(stream), serve);
        let watched = graceful.watch(connection);
        // Errors of a connection concern only its client.
        tokio::spawn(async move { drop(watched.await) });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(SHUTDOWN_TIMEOUT) => {}
    }
}
