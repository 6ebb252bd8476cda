//! [`Protocol`]: writes the requests of operations, and reads their responses.
//!
//! Each protocol has a file. The parts that several protocols share are beside them: HTTP bindings, text formats and
//! error documents.
//!
//! A crate can define its own protocol: it implements [`Protocol`], and passes the name of the type to the generator.
//! An input is read member by member from its [`schema`](Structure::schema), which also contains the traits that only
//! that protocol requests from the model, in [`CarriedTraits`](crate::value::schema::CarriedTraits). A response is
//! written into the [`Slot`](crate::value::shape::Slot)s of the output.

mod aws_json;
#[cfg(feature = "xml")]
mod aws_query;
pub(crate) mod checksum;
pub(crate) mod compression;
pub(crate) mod customization;
pub(crate) mod document_error;
#[cfg(feature = "xml")]
mod ec2_query;
mod error;
#[cfg(feature = "event-stream")]
pub(crate) mod event_stream;
pub mod http_binding;
pub(crate) mod idempotency;
#[cfg(any(feature = "patterns", feature = "server"))]
pub(crate) mod patterns;
pub(crate) mod payload;
#[cfg(feature = "presigning")]
pub(crate) mod presigned;
mod query_compatible;
#[cfg(feature = "xml")]
mod query_form;
pub(crate) mod query_string;
pub(crate) mod rest_json;
#[cfg(feature = "xml")]
mod rest_xml;
mod rpc_v2;
#[cfg(feature = "cbor")]
mod rpc_v2_cbor;
mod rpc_v2_json;
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
pub use rpc_v2_json::RpcV2Json;
pub use service_schema::ServiceSchema;

use crate::http::byte_stream::ByteStream;
use crate::value::schema::OperationSchema;
#[cfg(feature = "event-stream")]
use crate::value::schema::TargetSchema;
#[cfg(feature = "event-stream")]
use crate::value::shape::Slot;
use crate::value::shape::Structure;
use bytes::Bytes;
use http::HeaderMap;
use http::response::Parts;
use std::fmt;

/// A protocol, which writes requests and reads responses.
pub trait Protocol: fmt::Debug + Send + Sync {
    /// Writes the request of a call.
    ///
    /// # Errors
    ///
    /// Returns an error if the input cannot be written as a request.
    fn write_request(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<RequestParts, WriteError>;

    /// Reads a successful response into `output`.
    ///
    /// # Errors
    ///
    /// Returns an error if the response does not match the model.
    fn read_response(
        &self,
        operation: &OperationSchema,
        head: &Parts,
        body: &Bytes,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError>;

    /// Returns `true` if a response is an error although its status is that of success. It is then handled like a
    /// response with status 500.
    fn is_error(&self, _body: &Bytes) -> bool {
        false
    }

    /// Reads the error document, whether or not the model declares the error.
    fn read_error(&self, head: &Parts, body: &Bytes) -> ErrorDocument;

    /// Reads the members of an error shape. A member that cannot be read remains empty.
    fn read_error_members(&self, head: &Parts, body: &Bytes, error: &mut dyn Structure);

    /// Reads the document in the payload of an event, or in another message of an event stream, into a slot. `target` is
    /// the schema of its target.
    ///
    /// # Errors
    ///
    /// Returns an error if the document does not match the model, or if the protocol has no event streams.
    #[cfg(feature = "event-stream")]
    fn read_event(
        &self,
        payload: &Bytes,
        target: Option<&'static TargetSchema>,
        slot: Slot<'_>,
    ) -> Result<(), ReadError> {
        let _ = (payload, target, slot);
        Err(ReadError::Document {
            path: String::new(),
            reason: format!("the protocol {self:?} has no event streams"),
        })
    }

    /// Returns whether a body of this content type may be a document of the protocol. If a response cannot be read and
    /// its body cannot be a document, the error describes that body instead.
    fn reads(&self, _content_type: &str) -> bool {
        true
    }

    /// Returns the server side of the protocol, if it has one: the test kit uses it to write typed responses and to
    /// read inputs.
    #[cfg(any(feature = "server", feature = "test-util"))]
    fn server_side(&self) -> Option<&dyn server::ServerProtocol> {
        None
    }
}

/// A request without its host.
#[derive(Debug, Clone, Default)]
pub struct RequestParts {
    /// The path and query, percent-encoded, beginning with a slash.
    pub target: String,
    /// The headers of the protocol and of bound members.
    pub headers: HeaderMap,
    /// The body, unless it is a stream.
    pub body: Bytes,
    /// The body, if it is a stream that is not in memory.
    pub stream: Option<ByteStream>,
    /// The prefix of the host.
    pub host_prefix: String,
}

/// The contents of an error document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorDocument {
    /// The error code, without namespace and URL.
    pub code: Option<String>,
    /// The code of the error in awsQuery, if the service once used that protocol.
    pub query_code: Option<String>,
    /// The error message.
    pub message: Option<String>,
    /// The request id, if the document contains it.
    pub request_id: Option<String>,
}
