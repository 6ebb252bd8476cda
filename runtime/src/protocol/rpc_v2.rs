//! The parts that Smithy RPC v2 JSON and Smithy RPC v2 CBOR share: the operation in the path, and the name of the protocol
//! in a header.

#[cfg(any(feature = "server", feature = "test-util"))]
mod server;

#[cfg(any(feature = "server", feature = "test-util"))]
pub(super) use server::{service_of, write_error, write_response};

use crate::protocol::{RequestParts, ServiceSchema, WriteError, http_binding, query_compatible};
use crate::value::codec::Dialect;
use crate::value::schema::OperationSchema;
use crate::value::shape::Structure;
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue};

/// The header of requests and responses that contains the name of the protocol.
const PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");

/// The parts in which the protocols differ.
pub(super) struct Format {
    /// The value of the header `smithy-protocol`.
    pub(super) name: HeaderValue,
    /// The media type of a document.
    pub(super) media_type: HeaderValue,
    /// Writes a structure as a document.
    pub(super) write_document: fn(&dyn Structure, Dialect) -> Result<Bytes, WriteError>,
}

/// Writes a request. `accept` is the media type of the response.
pub(super) fn write_request(
    format: &Format,
    accept: HeaderValue,
    query_mode: bool,
    (service, operation): (&ServiceSchema, &OperationSchema),
    input: &dyn Structure,
) -> Result<RequestParts, WriteError> {
    let mut headers = HeaderMap::from_iter([(PROTOCOL, format.name.clone()), (ACCEPT, accept)]);
    if query_mode {
        query_compatible::announce(&mut headers);
    }
    Ok(RequestParts {
        target: format!("/service/{}/operation/{}", service.name, operation.name),
        body: write_body(format, &mut headers, input, Dialect::REQUEST)?,
        headers,
        stream: None,
        host_prefix: http_binding::write_host_prefix(operation, input)?,
    })
}

/// Returns the body, and adds its media type. The unit shape has none.
fn write_body(
    format: &Format,
    headers: &mut HeaderMap,
    structure: &dyn Structure,
    dialect: Dialect,
) -> Result<Bytes, WriteError> {
    if structure.schema().is_unit() {
        return Ok(Bytes::new());
    }
    headers.insert(CONTENT_TYPE, format.media_type.clone());
    (format.write_document)(structure, dialect)
}
