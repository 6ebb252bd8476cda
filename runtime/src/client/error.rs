//! [`Error`]: everything that can go wrong with a call, flat: what happened, where, and what it was answered with.

mod context;
mod metadata;

pub use crate::aws::ConfigurationError;
pub use crate::http::{BoxError, TransportError, TransportErrorKind};
pub use crate::value::build::BuildError;
pub use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
pub use context::DisplayErrorContext;

use crate::aws::retry::{FailureKind, GiveUpReason};
use crate::http::debug_error::fmt_error;
use crate::http::timeout::Timeout;
use crate::protocol::document_error::unrequested_encoding;
use crate::protocol::validate::InvalidInput;
use crate::protocol::{ErrorDocument, Protocol, ReadError, WriteError};
use crate::value::printable::{Printable, PrintableWriter};
use crate::value::schema::ErrorMeaning;
use crate::value::shape::{Shape, Structure};
use aws_credential_types::provider::error::CredentialsError;
use bytes::Bytes;
use http::HeaderValue;
use http::response::Parts;
use std::error::Error as StdError;
use std::fmt::{self, Write as _};
use std::sync::OnceLock;

/// A call that did not succeed.
///
/// `Display` prints all a person needs on one line, and so does `{:?}`; `{:#?}` prints the structure. `source()` keeps the
/// chain of causes.
pub struct Error(Box<Inner>);

struct Inner {
    operation: &'static str,
    cause: Cause,
    answer: Option<Answer>,
    attempts: u32,
    max_attempts: u32,
    /// What it means for retries; decided once, for the client and for its caller.
    kind: FailureKind,
    /// Why there was no further attempt.
    gave_up: Option<GiveUpReason>,
    /// Where the request went, where the cause does not say so itself.
    route: Option<String>,
    /// The last attempt that failed before the time of the whole call was up.
    last: Option<Error>,
    /// The same facts as the AWS SDK for Rust keeps them, made when they are asked for.
    metadata: OnceLock<ErrorMetadata>,
}

/// Why a call did not succeed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Cause {
    /// The input breaks the model; nothing was sent.
    InvalidInput(InvalidInput),
    /// The input cannot be written as a request; nothing was sent.
    Request(WriteError),
    /// The client's settings do not suffice for a call.
    Configuration(ConfigurationError),
    /// No credentials could be had.
    Credentials(CredentialsError),
    /// The request could not be signed.
    Signing(String),
    /// No response came.
    Transport(TransportError),
    /// A time limit was reached.
    Timeout(Timeout),
    /// The service answered with an error.
    Service,
    /// The service answered with success, but the answer cannot be read.
    Response(ReadError),
    /// The body of the response did not come to its end.
    Body(crate::http::BodyError),
    /// A test's queue had no answer for the call, or the call was not as the test expects.
    Test(String),
}

/// What a service answered.
pub(crate) struct Answer {
    pub(crate) head: Parts,
    pub(crate) body: Bytes,
    pub(crate) document: ErrorDocument,
    pub(crate) protocol: &'static dyn Protocol,
    /// What the error means for the caller: by its model, or by its status.
    pub(crate) meaning: Option<ErrorMeaning>,
}

impl Cause {
    /// What a failure without an answer means for retries.
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
    /// An error of `operation` before anything was sent.
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

    /// The answer that it is about: its own, or that of the last attempt before time was up.
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

    /// Why it failed.
    pub fn cause(&self) -> &Cause {
        &self.0.cause
    }

    /// The operation that was called; empty when there was none yet.
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// The service's error code, such as `ConflictException`; of a service that once spoke awsQuery, the code that the
    /// error had there.
    pub fn code(&self) -> Option<&str> {
        let document = &self.answer()?.document;
        document.query_code.as_deref().or(self.shape_name())
    }

    /// The code that tells the error from the others that the model names: the name of its shape, unless the protocol of
    /// the service has codes of its own. It is the [`code`](Self::code) unless the service once spoke awsQuery.
    pub fn shape_name(&self) -> Option<&str> {
        self.answer()?.document.code.as_deref()
    }

    /// The service's message.
    pub fn message(&self) -> Option<&str> {
        self.answer()?.document.message.as_deref()
    }

    /// The HTTP status of the answer, if there was one.
    pub fn status(&self) -> Option<u16> {
        Some(self.answer()?.head.status.as_u16())
    }

    /// The id that the service gave the request, which its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        let answer = self.answer()?;
        request_id(&answer.head.headers).or(answer.document.request_id.as_deref())
    }

    /// A header of the answer, if there was one.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.answer()?.head.headers.get(name).and_then(utf8)
    }

    /// Why the call was not tried again: no attempts, retry quota or time left, or an error or a request that is not
    /// repeated. `None` where it was not sent, or ended at the time limit of the whole call.
    pub fn give_up_reason(&self) -> Option<GiveUpReason> {
        self.0.gave_up
    }

    /// The last attempt that failed before the time limit of the whole call was reached. What it was answered with is
    /// also this error's: [`code`](Self::code), [`message`](Self::message), [`request_id`](Self::request_id) and so on.
    pub fn last_failure(&self) -> Option<&Self> {
        self.0.last.as_ref()
    }

    /// How many times the request was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the service was asked for too much in too short a time.
    pub fn is_throttling(&self) -> bool {
        let last = self.0.last.as_ref();
        self.0.kind == FailureKind::Throttling || last.is_some_and(Self::is_throttling)
    }

    /// Whether the same call may succeed later. The client has retried it already, as far as its settings allow.
    pub fn is_retryable(&self) -> bool {
        self.0.kind.is_retryable()
    }

    /// Whether a time limit was reached.
    pub fn is_timeout(&self) -> bool {
        match &self.0.cause {
            Cause::Timeout(_) => true,
            Cause::Transport(error) => {
                error.kind() == crate::http::TransportErrorKind::ConnectTimeout
            }
            _ => false,
        }
    }

    /// Whether what was asked for does not exist: by the model of the error, or by status 404 and an error code where the
    /// model does not say.
    pub fn is_not_found(&self) -> bool {
        self.means(ErrorMeaning::NotFound)
    }

    /// Whether the call conflicts with the state of the service: by the model of the error, or by status 409 and an error
    /// code where the model does not say.
    pub fn is_conflict(&self) -> bool {
        self.means(ErrorMeaning::Conflict)
    }

    fn means(&self, meaning: ErrorMeaning) -> bool {
        let meant = self.answer().and_then(|answer| answer.meaning);
        self.code().is_some() && meant == Some(meaning)
    }

    /// Reads the answer as an error shape; empty where there is no answer.
    #[doc(hidden)]
    pub fn modeled<T: Structure + Shape>(&self) -> T {
        let mut error = T::empty();
        if let Some(answer) = &self.0.answer {
            answer
                .protocol
                .read_error_members(&answer.head, &answer.body, &mut error);
        }
        error
    }
}

/// The request id, by the names that services use for its header.
pub(crate) fn request_id(headers: &http::HeaderMap) -> Option<&str> {
    let names = ["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"];
    names
        .iter()
        .find_map(|name| headers.get(*name).and_then(utf8))
}

fn utf8(value: &HeaderValue) -> Option<&str> {
    std::str::from_utf8(value.as_bytes()).ok()
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Much of the text is somebody else's: whatever it holds, it must not act on a terminal or a log.
        let mut f = PrintableWriter(f);
        if !self.0.operation.is_empty() {
            write!(f, "{}: ", self.0.operation)?;
        }
        self.fmt_cause(&mut f)?;
        self.fmt_details(&mut f)
    }
}

impl Error {
    fn fmt_cause(&self, f: &mut dyn fmt::Write) -> fmt::Result {
        match &self.0.cause {
            Cause::InvalidInput(error) => write!(f, "invalid input: {error}"),
            Cause::Request(error) => write!(f, "invalid input: {error}"),
            Cause::Configuration(error) => write!(f, "{error}"),
            Cause::Credentials(error) => {
                write!(
                    f,
                    "no credentials: {}",
                    crate::identity::credentials::describe(error)
                )
            }
            Cause::Signing(error) => write!(f, "the request cannot be signed: {error}"),
            Cause::Transport(error) => write!(f, "{error}"),
            Cause::Timeout(timeout) => self.fmt_timeout(*timeout, f),
            Cause::Service => self.fmt_service(f),
            Cause::Response(error) => {
                write!(f, "the answer cannot be read: {error}")?;
                match self.foreign_form() {
                    Some(found) => write!(f, " ({})", Printable(&found)),
                    None => Ok(()),
                }
            }
            Cause::Body(error) => {
                f.write_str("the answer cannot be read: ")?;
                fmt_chain(error, f)?;
                match (self.code(), self.status()) {
                    (Some(code), Some(status)) => {
                        write!(f, "; it is the error {} ({status})", Printable(code))
                    }
                    _ => Ok(()),
                }
            }
            Cause::Test(text) => f.write_str(text),
        }
    }

    fn fmt_timeout(&self, timeout: Timeout, f: &mut dyn fmt::Write) -> fmt::Result {
        write!(f, "{timeout}")?;
        if let Some(route) = &self.0.route {
            write!(f, " ({route})")?;
        }
        match &self.0.last {
            Some(last) => {
                write!(f, "; the last attempt failed: ")?;
                last.fmt_cause(f)
            }
            None => Ok(()),
        }
    }

    /// What an answer is that is no document of the protocol.
    fn foreign_form(&self) -> Option<String> {
        let answer = self.0.answer.as_ref()?;
        if let Some(encoding) = unrequested_encoding(&answer.head.headers, &answer.body) {
            return Some(format!(
                "it is encoded by {encoding}, which was not asked for"
            ));
        }
        let found = self.header("content-type")?;
        (!answer.protocol.reads(found)).then(|| format!("it is {found}"))
    }

    fn fmt_service(&self, f: &mut dyn fmt::Write) -> fmt::Result {
        let status = self.status().unwrap_or_default();
        match self.code() {
            Some(code) => write!(f, "{} ({status})", Printable(code))?,
            None if (300..400).contains(&status) => {
                let location = Printable(self.header("location").unwrap_or("nowhere"));
                return write!(
                    f,
                    "HTTP status {status}, a redirect to {location}, which is not followed: check region and endpoint"
                );
            }
            None => write!(f, "HTTP status {status} without an error code")?,
        }
        match self.message() {
            Some(message) => write!(f, ": {}", Printable(message)),
            None => Ok(()),
        }
    }

    fn fmt_details(&self, f: &mut dyn fmt::Write) -> fmt::Result {
        let request = self
            .request_id()
            .map(|id| format!("request id {}", Printable(id)));
        let attempt = match (self.0.attempts, self.0.max_attempts) {
            (0, _) => None,
            (attempts, max) => Some(format!("attempt {attempts} of {max}")),
        };
        // That there are no more attempts is said by their number.
        let gave_up = self.0.gave_up.filter(|reason| {
            use GiveUpReason::{AttemptsExhausted, NotRetryable};
            !matches!(reason, NotRetryable | AttemptsExhausted)
        });
        let gave_up = gave_up.map(|reason| reason.to_string());
        let details: Vec<String> = [request, attempt, gave_up].into_iter().flatten().collect();
        if details.is_empty() {
            Ok(())
        } else {
            write!(f, " [{}]", details.join(", "))
        }
    }
}

fn fmt_chain(error: &dyn StdError, f: &mut dyn fmt::Write) -> fmt::Result {
    write!(f, "{error}")?;
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(f, ": {error}")?;
        cause = error.source();
    }
    Ok(())
}

impl fmt::Debug for Error {
    /// `{:?}` prints the line of `Display`, and `{:#?}` the same facts by name. The body of the answer is left out,
    /// since it may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_error(self, f, |f| {
            f.debug_struct("Error")
                .field("operation", &self.0.operation)
                .field("cause", &self.0.cause)
                .field("code", &self.code())
                .field("message", &self.message())
                .field("status", &self.status())
                .field("request_id", &self.request_id())
                .field("attempts", &self.0.attempts)
                .field("give_up_reason", &self.0.gave_up)
                .field("last_failure", &self.0.last)
                .finish()
        })
    }
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
    /// A structure that could not be built is invalid input, before there is a call.
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
