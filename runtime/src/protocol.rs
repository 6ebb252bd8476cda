//! [`Protocol`]: an operation and its input in, an HTTP request out; an HTTP response in, an output or an error out.
//!
//! One file a protocol. What several protocols share is beside them: HTTP bindings, text forms, error documents.
//!
//! A crate may speak a protocol of its own: it implements [`Protocol`], and names its type to the generator. An input is
//! read member by member from its [`schema`](Structure::schema), which also carries what only that protocol asks of the
//! model, in [`CarriedTraits`](crate::value::schema::CarriedTraits); an answer is written into the
//! [`Slot`](crate::value::shape::Slot)s of the output.

mod aws_json;
#[cfg(feature = "xml")]
mod aws_query;
pub(crate) mod checksum;
pub(crate) mod compression;
pub(crate) mod document_error;
#[cfg(feature = "xml")]
mod ec2_query;
mod error;
pub mod http_binding;
pub(crate) mod idempotency;
#[cfg(any(feature = "patterns", feature = "server"))]
pub(crate) mod patterns;
pub(crate) mod payload;
#[cfg(feature = "xml")]
mod query_form;
pub(crate) mod query_string;
pub(crate) mod rest_json;
#[cfg(feature = "xml")]
mod rest_xml;
#[cfg(feature = "cbor")]
mod rpc_v2_cbor;
mod scan;
#[cfg(any(feature = "server", feature = "test-util"))]
pub mod server;
mod service_schema;
pub mod text;
pub mod validate;
#[cfg(feature = "xml")]
pub(crate) mod xml;

pub use aws_json::AwsJson;
#[cfg(feature = "xml")]
pub use aws_query::AwsQuery;
#[cfg(feature = "xml")]
pub use ec2_query::Ec2Query;
pub use error::{ReadError, WriteError};
pub use rest_json::RestJson1;
#[cfg(feature = "xml")]
pub use rest_xml::RestXml;
#[cfg(feature = "cbor")]
pub use rpc_v2_cbor::RpcV2Cbor;
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
        operation: &OperationSchema,
        head: &Parts,
        body: &Bytes,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError>;

    /// Returns `true` if an answer whose status is that of success is an error all the same. It is then handled as one of
    /// status 500.
    fn is_error(&self, _body: &Bytes) -> bool {
        false
    }

    /// Reads what every error answer says, whether the model names the error or not.
    fn read_error(&self, head: &Parts, body: &Bytes) -> ErrorDocument;

    /// Reads the members of an error shape; what cannot be read stays empty.
    fn read_error_members(&self, head: &Parts, body: &Bytes, error: &mut dyn Structure);

    /// Whether a body of this content type may be a document of the protocol. Of an answer that cannot be read, people are
    /// told what it is instead.
    fn reads(&self, _content_type: &str) -> bool {
        true
    }

    /// The service's half of the protocol, where it has one: the test kit writes typed answers and reads inputs back by it.
    #[cfg(any(feature = "server", feature = "test-util"))]
    fn server_side(&self) -> Option<&dyn server::ServerProtocol> {
        None
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
    /// The id of the request, where the document has it.
    pub request_id: Option<String>,
}
