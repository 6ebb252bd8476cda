//! [`Protocol`]: an operation and its input in, an HTTP request out; an HTTP response in, an output or an error out.
//!
//! One file a protocol. What several protocols share is beside them: HTTP bindings, text forms, error documents.
//!
//! A crate may speak a protocol of its own: it implements [`Protocol`], and names its type to the generator. An input is
//! read member by member from its [`schema`](Structure::schema), which also carries what only that protocol asks of the
//! model, in [`CarriedTraits`](crate::value::schema::CarriedTraits); an answer is written into the
//! [`Slot`](crate::value::shape::Slot)s of the output.

mod aws_json;
pub(crate) mod checksum;
pub(crate) mod compression;
pub(crate) mod document_error;
pub mod http_binding;
pub(crate) mod idempotency;
#[cfg(any(feature = "patterns", feature = "server"))]
pub(crate) mod patterns;
pub(crate) mod query_string;
pub(crate) mod rest_json;
mod service_schema;
pub mod text;
pub mod validate;

pub use aws_json::AwsJson;
pub use rest_json::RestJson1;
pub use service_schema::ServiceSchema;

use crate::http::byte_stream::ByteStream;
use crate::value::schema::OperationSchema;
use crate::value::shape::Structure;
use bytes::Bytes;
use http::HeaderMap;
use http::response::Parts;
use std::fmt;

/// How calls are written and answers are read.
pub trait Protocol: fmt::Debug + Send + Sync {
    /// Writes the request of a call.
    fn write_request(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<RequestParts, WriteError>;

    /// Reads the answer to a successful call into `output`.
    fn read_response(
        &self,
        head: &Parts,
        body: &Bytes,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError>;

    /// Reads what every error answer says, whether the model names the error or not.
    fn read_error(&self, head: &Parts, body: &Bytes) -> ErrorDocument;

    /// Reads the members of an error shape; what cannot be read stays empty.
    fn read_error_members(&self, head: &Parts, body: &Bytes, error: &mut dyn Structure);

    /// Whether a body of this content type may be a document of the protocol. Of an answer that cannot be read, people are
    /// told what it is instead.
    fn reads(&self, _content_type: &str) -> bool {
        true
    }
}

/// A request before it has a host.
#[derive(Debug, Clone, Default)]
pub struct RequestParts {
    /// Path and query, percent-encoded, beginning with a slash.
    pub target: String,
    /// Headers of the protocol and of bound members.
    pub headers: HeaderMap,
    /// The body, unless it streams.
    pub body: Bytes,
    /// The body, where it streams and is not in memory.
    pub stream: Option<ByteStream>,
    /// What goes before the host.
    pub host_prefix: String,
}

/// What an error answer says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorDocument {
    /// The error code, bare: without namespace and URL.
    pub code: Option<String>,
    /// The code that the error had in awsQuery, where the service once spoke it.
    pub query_code: Option<String>,
    /// The message.
    pub message: Option<String>,
}

/// An input that cannot be written as a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A member that is part of the path or host is missing or empty.
    #[error("{member}: it is part of the {place}, so it must not be empty")]
    EmptyLabel {
        /// The member's name in the model.
        member: &'static str,
        /// `path` or `host`.
        place: &'static str,
    },
    /// A member cannot be written where it is bound.
    #[error("{member}: {reason}")]
    Unwritable {
        /// The member's name in the model.
        member: &'static str,
        /// Why not.
        reason: String,
    },
    /// The document body cannot be written.
    #[error("the document body cannot be written: {0}")]
    Document(String),
}

/// An answer that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The body is not what the model says.
    #[error("{}{reason}", at(path))]
    Document {
        /// Where in the output, such as `flows[2].createdAt`; empty for the whole.
        path: String,
        /// What is wrong there.
        reason: String,
    },
    /// A header is not what the model says.
    #[error("header {header}: {reason}")]
    Header {
        /// The header's name.
        header: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}

fn at(path: &str) -> String {
    if path.is_empty() {
        String::new()
    } else {
        format!("{path}: ")
    }
}
