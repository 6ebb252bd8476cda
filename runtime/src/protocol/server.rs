//! [`ServerProtocol`]: the service's half of a protocol, beside the client's half. Services and the test kit both speak
//! through it.
//!
//! Each protocol has it in a file beside its client's half. What several protocols share is here: bound members, JSON
//! documents, media types.

pub(crate) mod bindings;
mod error;
pub(crate) mod json;
pub(crate) mod media_type;
pub(crate) mod path_labels;
pub(crate) mod query;
pub(crate) mod text;

pub use error::{ErrorAnswer, ServiceError};

use crate::protocol::{ServiceSchema, WriteError};
use crate::value::codec::Path;
use crate::value::schema::{OperationSchema, StructureSchema};
use crate::value::shape::Structure;
use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use std::collections::HashSet;
use std::fmt;

/// The values of a path's labels, percent-decoded, by the names of their members.
pub type Labels = Vec<(&'static str, String)>;

/// A request whose operation is known.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Method, target and headers.
    pub head: &'a Parts,
    /// The whole body.
    pub body: &'a Bytes,
    /// What stands in the path.
    pub labels: &'a Labels,
    /// As which kind of service it is read.
    pub style: ServiceStyle,
}

/// In which way a service refuses requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ServiceStyle {
    /// As Smithy's protocol tests of malformed requests have it: status 415 or 406 where the media type of the request or
    /// of its answer is not the model's, and `smithy.framework#ValidationException` with a `fieldList`.
    #[default]
    Smithy,
    /// As services of AWS do: media types are not looked at, and a `ValidationException` has nothing but a message, which
    /// also repeats what was given.
    Aws,
}

/// The paths of required members that a request did not have, such as `tasks[2].taskType`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missing(HashSet<String>);

impl Missing {
    /// Whether the member at this path was not there.
    pub fn contains(&self, path: &str) -> bool {
        self.0.contains(path)
    }

    /// Whether nothing was missing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<String> for Missing {
    fn from_iter<I: IntoIterator<Item = String>>(paths: I) -> Self {
        Self(paths.into_iter().collect())
    }
}

impl From<Vec<Path>> for Missing {
    fn from(paths: Vec<Path>) -> Self {
        paths.iter().map(Path::to_string).collect()
    }
}

/// How requests are read and answers written.
pub trait ServerProtocol: fmt::Debug + Send + Sync {
    /// Returns what stands in the path of a request if the request is for this operation of this service.
    fn matches(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        head: &Parts,
        body: &Bytes,
    ) -> Option<Labels>;

    /// Returns the error for a request that is for no operation of the service.
    fn unknown_operation(&self) -> ServiceError {
        unknown_operation(404)
    }

    /// Checks the media types that a request has and accepts against those of the operation. `input` and `output` are
    /// empty, and stay so.
    ///
    /// # Errors
    ///
    /// Status 415 or 406.
    fn check_media_types(
        &self,
        head: &Parts,
        input: &mut dyn Structure,
        output: &mut dyn Structure,
    ) -> Result<(), ServiceError>;

    /// Reads a request into `input`; returns the required members that were not there.
    ///
    /// # Errors
    ///
    /// What is answered to a request that is none of the operation's. No message repeats a value, which may be a secret.
    fn read_request(
        &self,
        request: Request<'_>,
        input: &mut dyn Structure,
    ) -> Result<Missing, ServiceError>;

    /// Writes the answer of success.
    fn write_response(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Bytes>, WriteError>;

    /// Returns the code by which answers name an error shape.
    fn error_code(&self, error: &'static StructureSchema) -> &'static str {
        error.id.rsplit('#').next().unwrap_or(error.id)
    }

    /// Writes an error answer: its code, its message, and the members where the model describes it.
    fn write_error(&self, error: &ErrorAnswer<'_>) -> Result<Response<Bytes>, WriteError>;
}

/// An answer with its whole body, whose length is known.
pub(crate) fn answer(status: u16, headers: HeaderMap, body: Bytes) -> Response<Bytes> {
    let length = HeaderValue::from(body.len());
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = headers;
    response.headers_mut().insert(CONTENT_LENGTH, length);
    response
}

/// The error for a request that is for no operation of the service.
pub(crate) fn unknown_operation(status: u16) -> ServiceError {
    ServiceError::new(
        "UnknownOperationException",
        status,
        "The operation is not known.",
    )
}

/// A request that is none of the protocol's.
pub(crate) fn serialization(message: impl Into<String>) -> ServiceError {
    ServiceError::new("SerializationException", 400, message)
}
