//! [`ReplayTransport`], which responds from a recorded file.

use crate::client::operation::CalledOperation;
use crate::http::{BoxFuture, Request, Response, Transport, TransportError};
use crate::service::testing::exchange::{self, Exchange};
use crate::service::testing::{redact, unexpected};
use crate::value::debug::REDACTED;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{fmt, io};

/// A transport that responds from a file of [`RecordingTransport`](crate::service::testing::RecordingTransport).
///
/// A request matches a recorded one of the same operation, target and body; secrets and idempotency tokens, which are
/// not in the file, may differ. Each response is used once, in the order of the file. It is cheap to clone.
#[derive(Clone)]
pub struct ReplayTransport {
    left: Arc<Mutex<Vec<Exchange>>>,
}

impl ReplayTransport {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read, or is not a recording.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let named =
            |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        let text = std::fs::read_to_string(path).map_err(named)?;
        let left = exchange::read(&text).map_err(named)?;
        Ok(Self {
            left: Arc::new(Mutex::new(left)),
        })
    }

    /// Returns the operations of the recorded requests that were not sent.
    pub fn leftover(&self) -> Vec<String> {
        let left = self.left();
        left.iter()
            .map(|exchange| exchange.operation.clone())
            .collect()
    }

    /// Checks that all recorded requests were sent.
    ///
    /// # Panics
    ///
    /// Panics if one was not.
    #[track_caller]
    #[expect(clippy::panic, reason = "assertions of tests panic")]
    pub fn assert_exhausted(&self) {
        let leftover = self.leftover();
        if !leftover.is_empty() {
            panic!("recorded but not requested: {}", leftover.join(", "));
        }
    }

    fn left(&self) -> MutexGuard<'_, Vec<Exchange>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, request: Request) -> Result<Response, TransportError> {
        let Some(called) = request.extensions().get::<CalledOperation>().copied() else {
            return Err(unexpected("no client of this crate made it"));
        };
        let name = called.operation().name;
        let (head, body) = request.into_parts();
        let asked = redact::request(called, &head, &body.bytes().unwrap_or_default());
        let mut left = self.left();
        let position = left.iter().position(|exchange| {
            exchange.operation == name
                && exchange.request.target == asked.target
                && exchange.request.body == asked.body
        });
        match position {
            Some(position) => Ok(left.remove(position).to_response(called)),
            None => {
                let others = left.iter().filter(|exchange| exchange.operation == name);
                let body = asked.body.map(|body| body.to_string());
                Err(unexpected(format!(
                    "no recorded {name} left for {} {}; {} left with other inputs",
                    asked.target,
                    body.as_deref().unwrap_or(REDACTED),
                    others.count()
                )))
            }
        }
    }
}

impl Transport for ReplayTransport {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let answer = self.take(request);
        Box::pin(async { answer })
    }
}

impl fmt::Debug for ReplayTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReplayTransport")
            .field("leftover", &self.leftover())
            .finish()
    }
}
