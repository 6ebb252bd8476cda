//! [`ServerProtocol`]: the server side of a protocol, which services and the test kit use.
//!
//! Each protocol has its server side in a file beside the client side. The parts that several protocols share are here:
//! bound members, JSON documents and media types.

pub(crate) mod bindings;
mod error;
pub(crate) mod json;
pub(crate) mod media_type;
pub(crate) mod path_labels;
pub(crate) mod query;
pub(crate) mod text;

pub(crate) use error::query_code;
pub use error::{ErrorAnswer, ServiceError};

use crate::protocol::{ServiceSchema, WriteError};
use crate::value::codec::Path;
#[cfg(feature = "event-stream")]
use crate::value::schema::MemberSchema;
use crate::value::schema::{OperationSchema, StructureSchema};
use crate::value::shape::Structure;
#[cfg(feature = "event-stream")]
use crate::value::shape::Value;
use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use std::collections::HashSet;
use std::fmt;

/// The values of the labels of a path, percent-decoded, with the names of their members.
pub type Labels = Vec<(&'static str, String)>;

/// A request whose operation is known.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The method, target and headers.
    pub head: &'a Parts,
    /// The whole body.
    pub body: &'a Bytes,
    /// The labels of the path.
    pub labels: &'a Labels,
    /// The style of the service that reads the request.
    pub style: ServiceStyle,
}

/// The way in which a service rejects requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ServiceStyle {
    /// The style of Smithy's protocol tests of malformed requests: status 415 or 406 if the media type of the request
    /// or its response does not match the model, and `smithy.framework#ValidationException` with a `fieldList`.
    #[default]
    Smithy,
    /// The style of AWS services: media types are not checked, and a `ValidationException` has only a message, which
    /// also contains the invalid value.
    Aws,
}

/// The paths of required members that are missing in a request, such as `tasks[2].taskType`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missing(HashSet<String>);

impl Missing {
    /// Returns whether the member at this path is missing.
    pub fn contains(&self, path: &str) -> bool {
        self.0.contains(path)
    }

    /// Returns whether no member is missing.
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

/// The server side of a protocol, which reads requests and writes responses.
pub trait ServerProtocol: fmt::Debug + Send + Sync {
    /// Returns the labels of a request if it is for this operation of this service.
    fn matches(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        head: &Parts,
        body: &Bytes,
    ) -> Option<Labels>;

    /// Returns the error for a request that matches no operation of the service.
    fn unknown_operation(&self) -> ServiceError {
        unknown_operation(404)
    }

    /// Checks the media types that a request has and accepts against those of the operation. `input` and `output` are
    /// empty, and remain empty.
    ///
    /// # Errors
    ///
    /// Returns an error with status 415 or 406 if a media type does not match.
    fn check_media_types(
        &self,
        request: Request<'_>,
        input: &mut dyn Structure,
        output: &mut dyn Structure,
    ) -> Result<(), ServiceError>;

    /// Checks that a valid request has no body if no member of the input is in it. This check is the last: other faults
    /// of the request take precedence.
    ///
    /// # Errors
    ///
    /// Returns an error with status 415 if the request has such a body.
    fn check_no_body(
        &self,
        request: Request<'_>,
        input: &dyn Structure,
    ) -> Result<(), ServiceError> {
        let _ = (request, input);
        Ok(())
    }

    /// Reads a request into `input`. Returns the required members that are missing.
    ///
    /// # Errors
    ///
    /// Returns the error response to a request that is invalid for the operation. No message contains a value, which
    /// may be a secret.
    fn read_request(
        &self,
        request: Request<'_>,
        input: &mut dyn Structure,
    ) -> Result<Missing, ServiceError>;

    /// Writes a successful response.
    ///
    /// # Errors
    ///
    /// Returns an error if the output cannot be written as a response.
    fn write_response(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Bytes>, WriteError>;

    /// Writes a document for the payload of an event, or for an error in an event stream: a structure, or the value of
    /// a member. Returns its media type and the document.
    ///
    /// # Errors
    ///
    /// Returns an error if the value cannot be written, or if the protocol has no event streams.
    #[cfg(feature = "event-stream")]
    fn write_event(
        &self,
        value: Value<'_>,
        member: Option<&'static MemberSchema>,
    ) -> Result<(&'static str, Bytes), WriteError> {
        let _ = (value, member);
        let reason = format!("the protocol {self:?} has no event streams");
        Err(WriteError::Document(reason))
    }

    /// Returns the code of an error shape in responses.
    fn error_code(&self, error: &'static StructureSchema) -> &'static str {
        error.id.rsplit('#').next().unwrap_or(error.id)
    }

    /// Writes an error response: its code, its message, and its members if the model describes it.
    ///
    /// # Errors
    ///
    /// Returns an error if the members cannot be written as a response.
    fn write_error(&self, error: &ErrorAnswer<'_>) -> Result<Response<Bytes>, WriteError>;
}

/// Creates a response with its whole body, whose length is known.
pub(crate) fn answer(status: u16, headers: HeaderMap, body: Bytes) -> Response<Bytes> {
    let length = HeaderValue::from(body.len());
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = headers;
    response.headers_mut().insert(CONTENT_LENGTH, length);
    response
}

/// Returns the error for a request that matches no operation of the service.
pub(crate) fn unknown_operation(status: u16) -> ServiceError {
    ServiceError::new(
        "UnknownOperationException",
        status,
        "The operation is not known.",
    )
}

/// Returns the error for a request that is invalid in the protocol.
pub(crate) fn serialization(message: impl Into<String>) -> ServiceError {
    ServiceError::new("SerializationException", 400, message)
}
