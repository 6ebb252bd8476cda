//! [`TestTransport`], which responds from queues and keeps each request for the test.

use crate::aws::retry::RetrySettings;
use crate::client::config::{self, Config, Credentials, Region};
use crate::client::operation::{CalledOperation, Operation};
use crate::http::{
    Body, BoxFuture, Request, Response, Transport, TransportError, TransportErrorKind,
};
use crate::protocol::WriteError;
use crate::service::testing::response::{self, Answer};
use crate::service::testing::{RecordedRequest, unexpected};
use crate::value::shape::Structure;
use http::HeaderValue;
use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A transport that responds from queues instead of a network.
///
/// Each operation has a queue of its own; an attempt takes the oldest response. It is cheap to clone: clones share
/// queues and requests, so that one is for the settings of the client and one for the test.
#[derive(Clone, Default)]
pub struct TestTransport {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    queues: BTreeMap<&'static str, VecDeque<Queued>>,
    requests: Vec<RecordedRequest>,
    /// The delay of the next response to be queued.
    delay: Duration,
    answered: u64,
}

struct Queued {
    delay: Duration,
    outcome: Outcome,
}

enum Outcome {
    Answer(Answer),
    Failure(TransportErrorKind),
    /// The response cannot be serialized.
    Unwritable(WriteError),
}

impl TestTransport {
    /// Creates a transport without responses.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns settings of a client that uses this transport: dummy credentials, a region, and retries without delays.
    pub fn config(&self) -> config::Builder {
        Config::builder()
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new(
                "AKIDTEST",
                "secret-of-tests",
                None,
                None,
                "testing",
            ))
            .retry_config(RetrySettings::standard().with_initial_backoff(Duration::ZERO))
            .transport(self.clone())
    }

    /// Queues an output. The events of an event stream are those in memory: `EventReceiver::from_events`.
    pub fn answer<O: Operation>(&self, output: O::Output) -> &Self {
        self.queue_written::<O>(response::of_output::<O>(&output))
    }

    /// Queues an output whose event stream ends with an error of the model, after the events of the output.
    #[cfg(feature = "event-stream")]
    pub fn answer_then_error<O: Operation>(
        &self,
        output: O::Output,
        error: &dyn Structure,
    ) -> &Self {
        self.queue_written::<O>(response::of_output_and_error::<O>(&output, error))
    }

    /// Queues an error with this code. Its status is that of the model, else 400.
    pub fn error<O: Operation>(&self, code: &str, message: &str) -> &Self {
        self.queue_written::<O>(response::of_error::<O>(code, message))
    }

    /// Queues an error of the model with all its members.
    pub fn modeled_error<O: Operation>(&self, error: &dyn Structure) -> &Self {
        self.queue_written::<O>(response::of_error_shape::<O>(error))
    }

    /// Queues the response of a service that throttles: status 429 and `ThrottlingException`.
    pub fn throttle<O: Operation>(&self) -> &Self {
        self.queue_written::<O>(response::throttled::<O>())
    }

    /// Queues a failure without a response.
    pub fn transport_error<O: Operation>(&self, kind: TransportErrorKind) -> &Self {
        self.queue::<O>(Outcome::Failure(kind))
    }

    /// Queues a raw HTTP response.
    pub fn response<O: Operation>(
        &self,
        response: http::Response<impl Into<bytes::Bytes>>,
    ) -> &Self {
        self.queue::<O>(Outcome::Answer(response.map(Into::into)))
    }

    /// Sets the delay between the request and the response for the next response that is queued, by the clock of tokio.
    pub fn delay(&self, delay: Duration) -> &Self {
        self.state().delay = delay;
        self
    }

    fn queue_written<O: Operation>(&self, written: Result<Answer, WriteError>) -> &Self {
        self.queue::<O>(match written {
            Ok(answer) => Outcome::Answer(answer),
            Err(error) => Outcome::Unwritable(error),
        })
    }

    fn queue<O: Operation>(&self, outcome: Outcome) -> &Self {
        let mut state = self.state();
        let delay = std::mem::take(&mut state.delay);
        let queue = state.queues.entry(O::schema().name).or_default();
        queue.push_back(Queued { delay, outcome });
        drop(state);
        self
    }

    /// Returns all requests so far, in the order in which they were sent, retries included.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().requests.clone()
    }

    /// Returns the inputs of all requests of one operation.
    pub fn inputs<O: Operation>(&self) -> Vec<O::Input> {
        let state = self.state();
        let requests = state.requests.iter();
        requests.filter_map(RecordedRequest::input::<O>).collect()
    }

    /// Returns the operations with unused responses, and the number of these.
    pub fn leftover(&self) -> Vec<(&'static str, usize)> {
        let state = self.state();
        let queues = state
            .queues
            .iter()
            .map(|(name, queue)| (*name, queue.len()));
        queues.filter(|(_, left)| *left > 0).collect()
    }

    /// Checks that all queued responses were used.
    ///
    /// # Panics
    ///
    /// Panics if one was not.
    #[track_caller]
    #[expect(clippy::panic, reason = "assertions of tests panic")]
    pub fn assert_exhausted(&self) {
        let leftover = self.leftover();
        if !leftover.is_empty() {
            panic!("queued responses were not requested: {}", list(&leftover));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the request, and returns its response.
    fn take(&self, request: Request) -> Result<Queued, TransportError> {
        let Some(called) = request.extensions().get::<CalledOperation>().copied() else {
            return Err(unexpected("no client of this crate made it"));
        };
        let name = called.operation().name;
        let mut state = self.state();
        state.requests.push(RecordedRequest::new(called, request));
        if let Some(queued) = state.queues.get_mut(name).and_then(VecDeque::pop_front) {
            return Ok(queued);
        }
        let sent = state.requests.iter();
        let sent = sent.filter(|request| request.operation() == name).count();
        drop(state);
        let queued = match self.leftover() {
            left if left.is_empty() => "nothing is queued".to_owned(),
            left => format!("queued: {}", list(&left)),
        };
        Err(unexpected(format!(
            "no response queued for request {sent} of {name}; {queued}"
        )))
    }

    fn finish(&self, outcome: Outcome) -> Result<Response, TransportError> {
        let mut answer = match outcome {
            Outcome::Answer(answer) => answer,
            Outcome::Failure(kind) => {
                return Err(TransportError::new(kind, "as the test wants it"));
            }
            Outcome::Unwritable(error) => {
                return Err(unexpected(format!("failed to write the response: {error}")));
            }
        };
        let mut state = self.state();
        state.answered += 1;
        let id = HeaderValue::from_str(&format!("test-request-{}", state.answered));
        if let Ok(id) = id {
            answer.headers_mut().entry("x-amzn-requestid").or_insert(id);
        }
        Ok(answer.map(Body::from_bytes))
    }
}

/// Reads the body of a request to its end, as a server does.
async fn whole(request: Request) -> Result<Request, TransportError> {
    let (head, body) = request.into_parts();
    let body = body.collect(usize::MAX).await;
    let body = body.map_err(|error| TransportError::new(TransportErrorKind::Request, error))?;
    Ok(Request::from_parts(head, body.into()))
}

fn list(queues: &[(&'static str, usize)]) -> String {
    let queues = queues.iter();
    let texts: Vec<_> = queues
        .map(|(name, left)| format!("{name} × {left}"))
        .collect();
    texts.join(", ")
}

impl Transport for TestTransport {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        // A complete body is kept at once, so that requests are in the order in which they were sent.
        let taken = match request.body().bytes() {
            Some(_) => Ok(self.take(request)),
            None => Err(request),
        };
        let this = self.clone();
        Box::pin(async move {
            let queued = match taken {
                Ok(taken) => taken?,
                Err(request) => this.take(whole(request).await?)?,
            };
            if !queued.delay.is_zero() {
                tokio::time::sleep(queued.delay).await;
            }
            this.finish(queued.outcome)
        })
    }
}

impl fmt::Debug for TestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestTransport")
            .field("leftover", &self.leftover())
            .field("requests", &self.state().requests.len())
            .finish()
    }
}
