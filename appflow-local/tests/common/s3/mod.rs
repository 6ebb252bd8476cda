//! An S3 endpoint in this process: the generated service side of the client that appflow-local uses, on a store in memory.

#[allow(
    missing_docs,
    unreachable_pub,
    unused_imports,
    reason = "it is generated"
)]
#[rustfmt::skip]
mod generated;
pub(crate) mod lab;
mod store;

use appflow_local_s3::operation::head_bucket::HeadBucket;
use generated::{S3Operation, dispatch};
use http::request::Parts;
use http::{Method, Request, Response};
use http_body_util::BodyExt;
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use smithy_reqwest::operation::Operation;
use smithy_reqwest::protocol::RestXml;
use smithy_reqwest::server::sigv4::{AccessKey, Verifier};
use smithy_reqwest::server::{self, Route, Router, ServiceError, ServiceStyle};
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::SystemTime;
pub(crate) use store::Store;
use tokio::net::TcpListener;

/// The protocol of S3, whose errors have no wrapper.
static PROTOCOL: RestXml = RestXml::BARE_ERRORS;

/// A fault of a request, instead of its execution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// An error with this status.
    Status(u16),
    /// No response.
    Silence,
    /// The connection is closed in the middle of the response.
    HalfBody,
    /// The response stops in its middle, and the connection stays open.
    Stall,
    /// The range of the request is ignored.
    WholeObject,
    /// The condition of the request is ignored.
    AnyVersion,
}

/// Decides about the trouble of a request.
type Behavior = Box<dyn Fn(&Parts) -> Option<Trouble> + Send + Sync>;

/// An S3 endpoint on a port of the loopback interface.
pub(crate) struct FakeS3 {
    pub(crate) url: String,
    pub(crate) store: Arc<Store>,
    shared: Arc<Shared>,
}

struct Shared {
    store: Arc<Store>,
    behavior: Mutex<Behavior>,
    /// The access key and the secret that requests are checked against, if they are.
    key: Mutex<Option<(String, String)>>,
    requests: Mutex<Vec<String>>,
}

impl FakeS3 {
    /// Starts the endpoint with empty buckets.
    pub(crate) async fn start(buckets: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let store = Arc::new(Store::default());
        for bucket in buckets {
            store.create(bucket);
        }
        let shared = Arc::new(Shared {
            store: store.clone(),
            behavior: Mutex::new(Box::new(|_| None)),
            key: Mutex::default(),
            requests: Mutex::default(),
        });
        let serving = shared.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = serving.clone();
                let answer = service_fn(move |request| answer(request, shared.clone()));
                let connection = hyper::server::conn::http1::Builder::new();
                tokio::spawn(connection.serve_connection(TokioIo::new(stream), answer));
            }
        });
        Self { url, store, shared }
    }

    /// Sets the trouble of later requests.
    pub(crate) fn behave(
        &self,
        behavior: impl Fn(&Parts) -> Option<Trouble> + Send + Sync + 'static,
    ) {
        *self.shared.behavior.lock().unwrap() = Box::new(behavior);
    }

    /// Checks the signatures of later requests.
    pub(crate) fn expect_key(&self, id: &str, secret: &str) {
        *self.shared.key.lock().unwrap() = Some((id.to_owned(), secret.to_owned()));
    }

    /// Returns method and URI of the requests so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.shared.requests.lock().unwrap().clone()
    }
}

async fn answer(
    request: Request<Incoming>,
    shared: Arc<Shared>,
) -> Result<Response<Answer>, io::Error> {
    let (mut head, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let line = format!("{} {}", head.method, head.uri);
    shared.requests.lock().unwrap().push(line);
    let mut trouble = (shared.behavior.lock().unwrap())(&head);
    match trouble {
        Some(Trouble::Silence) => std::future::pending().await,
        Some(Trouble::Status(status)) => {
            let error = ServiceError::new("InternalError", status, "injected");
            return Ok(error.response(&PROTOCOL).map(Answer::whole));
        }
        Some(Trouble::WholeObject) => {
            head.headers.remove(http::header::RANGE);
            trouble = None;
        }
        Some(Trouble::AnyVersion) => {
            head.headers.remove(http::header::IF_MATCH);
            trouble = None;
        }
        _ => {}
    }
    let response = execute(&head, &body, &shared).await;
    let response = response.unwrap_or_else(|error| error.response(&PROTOCOL));
    Ok(response.map(|bytes| Answer {
        trouble: trouble.filter(|_| head.method == Method::GET),
        length: bytes.len() as u64,
        bytes: Some(bytes),
    }))
}

/// Authenticates and executes a request.
async fn execute(
    head: &Parts,
    body: &Bytes,
    shared: &Shared,
) -> Result<Response<Bytes>, ServiceError> {
    let key = shared.key.lock().unwrap().clone();
    if let Some((known, secret)) = key {
        let verifier = Verifier {
            service: "s3",
            now: SystemTime::now(),
        };
        verifier.verify(head, body, |id| {
            (id == known).then_some(AccessKey {
                secret,
                session_token: None,
                expires_at: None,
            })
        })?;
    }
    // Two operations may have one path: only their required parameters differ.
    let is_upload = head
        .uri
        .query()
        .is_some_and(|query| query.contains("uploadId="));
    let operations = S3Operation::ALL.iter().filter(|operation| {
        let of_upload = matches!(
            operation,
            S3Operation::UploadPart
                | S3Operation::CompleteMultipartUpload
                | S3Operation::AbortMultipartUpload
        );
        of_upload == is_upload
    });
    let operations = operations.map(|operation| (*operation, operation.schema()));
    let router = Router::new(&PROTOCOL, HeadBucket::service(), operations);
    let Route { operation, labels } = router.route(head, body)?;
    let request = server::Request {
        head,
        body,
        labels: &labels,
        style: ServiceStyle::Aws,
    };
    dispatch(&*shared.store, &(), operation, &PROTOCOL, request).await
}

/// The body of a response.
struct Answer {
    bytes: Option<Bytes>,
    length: u64,
    trouble: Option<Trouble>,
}

impl Answer {
    fn whole(bytes: Bytes) -> Self {
        Self {
            length: bytes.len() as u64,
            bytes: Some(bytes),
            trouble: None,
        }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let trouble = self.trouble;
        match (self.bytes.take(), trouble) {
            (Some(bytes), None) => Poll::Ready(Some(Ok(Frame::data(bytes)))),
            (Some(bytes), Some(_)) => {
                let half = bytes.slice(..bytes.len() / 2);
                Poll::Ready(Some(Ok(Frame::data(half))))
            }
            (None, None) => Poll::Ready(None),
            (None, Some(Trouble::Stall)) => Poll::Pending,
            (None, Some(_)) => {
                let reset = io::ErrorKind::ConnectionReset;
                Poll::Ready(Some(Err(reset.into())))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
