//! The error of a call: its cause, its context and the response.

mod context;
mod display;
mod metadata;

pub use crate::aws::ConfigurationError;
pub use crate::http::{BoxError, TransportError, TransportErrorKind};
pub use crate::value::build::BuildError;
pub use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
pub use context::DisplayErrorContext;

use crate::aws::retry::{FailureKind, GiveUpReason};
use crate::http::timeout::Timeout;
use crate::protocol::validate::InvalidInput;
use crate::protocol::{ErrorDocument, Protocol, ReadError, WriteError};
use crate::value::schema::ErrorMeaning;
use crate::value::shape::{Shape, Structure};
use aws_credential_types::provider::error::CredentialsError;
use bytes::Bytes;
use http::HeaderValue;
use http::response::Parts;
use std::error::Error as StdError;
use std::sync::OnceLock;

/// The error of a call.
///
/// `Display` writes everything a person needs on one line, and so does `{:?}`; `{:#?}` writes the structure. `source()`
/// returns the chain of causes.
pub struct Error(Box<Inner>);

struct Inner {
    operation: &'static str,
    cause: Cause,
    answer: Option<Answer>,
    attempts: u32,
    max_attempts: u32,
    /// The meaning for retries, which is determined once for the client and its caller.
    kind: FailureKind,
    /// The reason why there was no further attempt.
    gave_up: Option<GiveUpReason>,
    /// The route of the request, if the cause does not name it.
    route: Option<String>,
    /// The last attempt that failed before the timeout of the whole call.
    last: Option<Error>,
    /// The same facts in the form of the AWS SDK for Rust, created on demand.
    metadata: OnceLock<ErrorMetadata>,
}

/// The reason why a call failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Cause {
    /// The input violates the model; nothing was sent.
    InvalidInput(InvalidInput),
    /// The input cannot be serialized as a request; nothing was sent.
    Request(WriteError),
    /// The settings of the client are not sufficient for a call.
    Configuration(ConfigurationError),
    /// No credentials are available.
    Credentials(CredentialsError),
    /// The request could not be signed.
    Signing(String),
    /// No response was received.
    Transport(TransportError),
    /// A timeout expired.
    Timeout(Timeout),
    /// The service returned an error.
    Service,
    /// The service returned success, but the response cannot be read.
    Response(ReadError),
    /// The body of the response is incomplete.
    Body(crate::http::BodyError),
    /// The queue of a test has no response for the call, or the call differs from the expectation of the test.
    Test(String),
}

/// The response of a service.
pub(crate) struct Answer {
    pub(crate) head: Parts,
    pub(crate) body: Bytes,
    pub(crate) document: ErrorDocument,
    pub(crate) protocol: &'static dyn Protocol,
    /// The meaning of the error for the caller: by its model, or by its status.
    pub(crate) meaning: Option<ErrorMeaning>,
    /// The message of an event stream that contains the error.
    #[cfg(feature = "event-stream")]
    pub(crate) event: Option<aws_smithy_types::event_stream::Message>,
}

impl Cause {
    /// Returns the kind of a failure without a response, for retries.
    pub(crate) fn failure_kind(&self) -> FailureKind {
        match self {
            Self::Transport(error) => FailureKind::from(error),
            Self::Body(error) => FailureKind::from(error),
            Self::Timeout(_) => FailureKind::Transient,
            _ => FailureKind::Client,
        }
    }
}

impl Error {
    /// Creates an error of `operation` before anything was sent.
    pub(crate) fn new(operation: &'static str, cause: Cause) -> Self {
        Self(Box::new(Inner {
            operation,
            cause,
            answer: None,
            attempts: 0,
            max_attempts: 0,
            kind: FailureKind::Client,
            gave_up: None,
            route: None,
            last: None,
            metadata: OnceLock::new(),
        }))
    }

    pub(crate) fn with_kind(mut self, kind: FailureKind) -> Self {
        self.0.kind = kind;
        self
    }

    pub(crate) fn with_give_up_reason(mut self, reason: Option<GiveUpReason>) -> Self {
        self.0.gave_up = reason;
        self
    }

    pub(crate) fn with_route(mut self, route: Option<String>) -> Self {
        self.0.route = route;
        self
    }

    pub(crate) fn with_last(mut self, last: Self) -> Self {
        self.0.last = Some(last);
        self
    }

    /// Returns the response of the error: its own, or that of the last attempt before the timeout.
    fn answer(&self) -> Option<&Answer> {
        let last = self.0.last.as_ref();
        self.0.answer.as_ref().or_else(|| last?.answer())
    }

    pub(crate) fn with_answer(mut self, answer: Answer) -> Self {
        self.0.answer = Some(answer);
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32, max_attempts: u32) -> Self {
        self.0.attempts = attempts;
        self.0.max_attempts = max_attempts;
        self
    }

    /// Returns the cause.
    pub fn cause(&self) -> &Cause {
        &self.0.cause
    }

    /// Returns the name of the operation, which is empty if there was none yet.
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// Returns the error code of the service, such as `ConflictException`. For a service that is compatible with
    /// awsQuery, it is the code that the error has in awsQuery.
    pub fn code(&self) -> Option<&str> {
        let document = &self.answer()?.document;
        document.query_code.as_deref().or(self.shape_name())
    }

    /// Returns the code that distinguishes the error from the others of the model: the name of its shape, unless the
    /// protocol of the service has codes of its own. It equals [`code`](Self::code) unless the service is compatible
    /// with awsQuery.
    pub fn shape_name(&self) -> Option<&str> {
        self.answer()?.document.code.as_deref()
    }

    /// Returns the message of the service.
    pub fn message(&self) -> Option<&str> {
        self.answer()?.document.message.as_deref()
    }

    /// Returns the HTTP status of the response, if there is one.
    pub fn status(&self) -> Option<u16> {
        Some(self.answer()?.head.status.as_u16())
    }

    /// Returns the request ID of the service, which AWS Support asks for.
    pub fn request_id(&self) -> Option<&str> {
        let answer = self.answer()?;
        request_id(&answer.head.headers).or(answer.document.request_id.as_deref())
    }

    /// Returns a header of the response, if there is one.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.answer()?.head.headers.get(name).and_then(utf8)
    }

    /// Returns the reason why the call was not retried: no attempts, retry quota or time left, or an error or a request
    /// that is not repeatable. Returns `None` if the call was not sent, or ended at the timeout of the whole call.
    pub fn give_up_reason(&self) -> Option<GiveUpReason> {
        self.0.gave_up
    }

    /// Returns the last attempt that failed before the timeout of the whole call. Its response is also that of this
    /// error: [`code`](Self::code), [`message`](Self::message), [`request_id`](Self::request_id) and so on.
    pub fn last_failure(&self) -> Option<&Self> {
        self.0.last.as_ref()
    }

    /// Returns the number of times the request was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns whether the service throttled the call.
    pub fn is_throttling(&self) -> bool {
        let last = self.0.last.as_ref();
        self.0.kind == FailureKind::Throttling || last.is_some_and(Self::is_throttling)
    }

    /// Returns whether the same call may succeed later. The client has already retried it as far as its settings allow.
    pub fn is_retryable(&self) -> bool {
        self.0.kind.is_retryable()
    }

    /// Returns whether a timeout expired.
    pub fn is_timeout(&self) -> bool {
        match &self.0.cause {
            Cause::Timeout(_) => true,
            Cause::Transport(error) => {
                error.kind() == crate::http::TransportErrorKind::ConnectTimeout
            }
            _ => false,
        }
    }

    /// Returns whether the requested resource does not exist: by the model of the error, or, if the model does not
    /// define it, by a code that ends with `.NotFound`, as those of EC2, or by status 404 and an error code.
    pub fn is_not_found(&self) -> bool {
        self.means(ErrorMeaning::NotFound)
    }

    /// Returns whether the call conflicts with the state of the service: by the model of the error, or, if the model
    /// does not define it, by a code that ends with `.Duplicate`, as those of EC2, or by status 409 and an error code.
    pub fn is_conflict(&self) -> bool {
        self.means(ErrorMeaning::Conflict)
    }

    fn means(&self, meaning: ErrorMeaning) -> bool {
        let meant = self.answer().and_then(|answer| answer.meaning);
        self.code().is_some() && meant == Some(meaning)
    }

    /// Reads the response as an error shape, which is empty if there is no response.
    #[doc(hidden)]
    pub fn modeled<T: Structure + Shape>(&self) -> T {
        let mut error = T::empty();
        if let Some(answer) = &self.0.answer {
            #[cfg(feature = "event-stream")]
            if let Some(message) = &answer.event {
                crate::protocol::event_stream::read_error(answer.protocol, message, &mut error);
                return error;
            }
            answer
                .protocol
                .read_error_members(&answer.head, &answer.body, &mut error);
        }
        error
    }
}

/// Returns the request ID, by the names that services use for its header.
pub(crate) fn request_id(headers: &http::HeaderMap) -> Option<&str> {
    let names = ["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"];
    names
        .iter()
        .find_map(|name| headers.get(*name).and_then(utf8))
}

fn utf8(value: &HeaderValue) -> Option<&str> {
    std::str::from_utf8(value.as_bytes()).ok()
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.cause {
            Cause::InvalidInput(error) => Some(error),
            Cause::Request(error) => Some(error),
            Cause::Configuration(error) => Some(error),
            Cause::Credentials(error) => Some(error),
            Cause::Transport(error) => Some(error),
            Cause::Timeout(error) => Some(error),
            Cause::Response(error) => Some(error),
            Cause::Body(error) => Some(error),
            Cause::Signing(_) | Cause::Service | Cause::Test(_) => None,
        }
    }
}

impl From<crate::value::build::BuildError> for Error {
    /// Converts the error of a builder of structures to one of invalid input, since there is no call yet.
    fn from(error: crate::value::build::BuildError) -> Self {
        let problems = error.missing().iter().map(|field| {
            crate::protocol::validate::Problem::new(
                format!("{}.{field}", error.structure()),
                "required",
            )
        });
        Self::new(
            "",
            Cause::InvalidInput(InvalidInput::new(problems.collect())),
        )
    }
}

impl From<ConfigurationError> for Error {
    fn from(error: ConfigurationError) -> Self {
        Self::new("", Cause::Configuration(error))
    }
}
