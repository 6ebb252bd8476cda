//! [`ServiceError`]: what an operation answers when it does not succeed: a code, a status and a document.

use crate::value::codec::{Dialect, to_json};
use crate::value::shape::{Structure, Value};
use bytes::Bytes;
use std::borrow::Cow;
use std::fmt;

/// An error answer of a service.
#[derive(Clone, PartialEq, Eq)]
pub struct ServiceError {
    code: Cow<'static, str>,
    status: u16,
    message: String,
    document: Bytes,
}

impl ServiceError {
    /// An error whose document is its message alone.
    pub fn new(
        code: impl Into<Cow<'static, str>>,
        status: u16,
        message: impl Into<String>,
    ) -> Self {
        let message = message.into();
        let document = serde_json::json!({ "message": message }).to_string();
        Self {
            code: code.into(),
            status,
            message,
            document: document.into(),
        }
    }

    /// An error that the model describes, with its members.
    pub fn modeled(code: &'static str, status: u16, error: &dyn Structure) -> Self {
        let members = error.schema().members.iter().enumerate();
        let message = members
            .filter(|(_, member)| member.name.eq_ignore_ascii_case("message"))
            .find_map(|(index, _)| match error.member(index) {
                Value::String(text) => Some(text.to_owned()),
                _ => None,
            });
        match to_json(error, Dialect::RESPONSE) {
            Ok(document) => Self {
                code: code.into(),
                status,
                message: message.unwrap_or_default(),
                document: document.into(),
            },
            Err(reason) => Self::new(code, status, reason.to_string()),
        }
    }

    /// The error code, such as `ConflictException`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The message.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The document: a JSON object.
    pub fn document(&self) -> &Bytes {
        &self.document
    }
}

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
