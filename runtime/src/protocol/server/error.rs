//! [`ServiceError`]: an error response of an operation: a code, a status and members.

use crate::protocol::server::ServerProtocol;
use crate::value::codec::{Dialect, to_json};
use crate::value::schema::StructureSchema;
use crate::value::shape::{Structure, Value};
use bytes::Bytes;
use http::{Response, StatusCode};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// An error response of a service.
#[derive(Clone)]
pub struct ServiceError {
    code: Cow<'static, str>,
    status: u16,
    message: String,
    members: Option<Arc<dyn Structure>>,
}

/// The parts of an error that a protocol writes.
#[derive(Clone, Copy)]
pub struct ErrorAnswer<'a> {
    /// The error code, such as `ConflictException`.
    pub code: &'a str,
    /// The HTTP status.
    pub status: u16,
    /// The message. A message in `members` takes precedence.
    pub message: &'a str,
    /// The error shape, if the model describes the error.
    pub members: Option<&'a dyn Structure>,
}

impl ErrorAnswer<'_> {
    /// Returns the side that caused the error, as awsQuery names it.
    pub(crate) fn fault(&self) -> &'static str {
        match self.status < 500 {
            true => "Sender",
            false => "Receiver",
        }
    }
}

/// Returns the code of an error shape in awsQuery, if the model gives it one.
pub(crate) fn query_code(error: &'static StructureSchema) -> Option<&'static str> {
    let own = error.carried.get("aws.protocols#awsQueryError")?;
    own.member("code")?.as_text()
}

impl ServiceError {
    /// Creates an error that has only a message.
    pub fn new(
        code: impl Into<Cow<'static, str>>,
        status: u16,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code: code.into(),
            status,
            message: message.into(),
            members: None,
        }
    }

    /// Creates an error that the model describes, with its members.
    pub fn modeled<E: Structure + Clone + 'static>(
        code: &'static str,
        status: u16,
        error: &E,
    ) -> Self {
        Self {
            code: code.into(),
            status,
            message: message(error).unwrap_or_default(),
            members: Some(Arc::new(error.clone())),
        }
    }

    /// Returns the error code, such as `ConflictException`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Returns the HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns the message.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Writes the error as a response of this protocol. If it cannot be written, the response has status 500 and no
    /// body.
    pub fn response(&self, protocol: &dyn ServerProtocol) -> Response<Bytes> {
        let answer = ErrorAnswer {
            code: &self.code,
            status: self.status,
            message: &self.message,
            members: self.members.as_deref(),
        };
        protocol.write_error(&answer).unwrap_or_else(|_| {
            let mut response = Response::default();
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            response
        })
    }
}

/// Returns the message of an error shape, by the member name that AWS's models use.
pub(super) fn message(error: &dyn Structure) -> Option<String> {
    let members = error.schema().members.iter().enumerate();
    members
        .filter(|(_, member)| member.name.eq_ignore_ascii_case("message"))
        .find_map(|(index, _)| match error.member(index) {
            Value::String(text) => Some(text.to_owned()),
            _ => None,
        })
}

impl PartialEq for ServiceError {
    fn eq(&self, other: &Self) -> bool {
        let members = |error: &Self| {
            let members = error.members.as_deref()?;
            to_json(members, Dialect::RESPONSE).ok()
        };
        self.code == other.code
            && self.status == other.status
            && self.message == other.message
            && members(self) == members(other)
    }
}

impl Eq for ServiceError {}

impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceError({self})")
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.code, self.status, self.message)
    }
}

impl std::error::Error for ServiceError {}
