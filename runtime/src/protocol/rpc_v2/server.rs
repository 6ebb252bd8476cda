//! The parts of the server side that Smithy RPC v2 JSON and Smithy RPC v2 CBOR share.

use super::{Format, PROTOCOL, write_body};
use crate::protocol::server::bindings::status;
use crate::protocol::server::{ErrorAnswer, answer};
use crate::protocol::{WriteError, query_compatible};
use crate::value::codec::Dialect;
use crate::value::schema::OperationSchema;
use crate::value::shape::Structure;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderMap, Method, Response};

/// The headers that name an operation in other protocols. Requests with them are malformed and are rejected.
const FORBIDDEN: [&str; 2] = ["x-amz-target", "x-amzn-target"];

/// Returns the name of the service in a request for the operation. Only the last four segments of the path count: those
/// before belong to the endpoint.
pub(in crate::protocol) fn service_of<'a>(
    format: &Format,
    operation: &OperationSchema,
    head: &'a Parts,
) -> Option<&'a str> {
    let is_forbidden = |name: &&str| head.headers.contains_key(*name);
    if head.method != Method::POST
        || head.headers.get(PROTOCOL) != Some(&format.name)
        || FORBIDDEN.iter().any(is_forbidden)
    {
        return None;
    }
    let mut segments = head.uri.path().rsplit('/');
    let [of_operation, operations, service, services] = std::array::from_fn(|_| segments.next());
    let is_match = of_operation == Some(operation.name)
        && operations == Some("operation")
        && services == Some("service");
    service.filter(|_| is_match)
}

/// Writes a response of success.
pub(in crate::protocol) fn write_response(
    format: &Format,
    operation: &OperationSchema,
    output: &dyn Structure,
) -> Result<Response<Bytes>, WriteError> {
    let mut headers = HeaderMap::from_iter([(PROTOCOL, format.name.clone())]);
    let body = write_body(format, &mut headers, output, Dialect::RESPONSE)?;
    Ok(answer(status(output, operation.code), headers, body))
}

/// Writes an error. `write` returns its document, which begins with the ID of its shape.
pub(in crate::protocol) fn write_error(
    format: &Format,
    query_mode: bool,
    error: &ErrorAnswer<'_>,
    write: impl FnOnce(&str) -> Result<Bytes, WriteError>,
) -> Result<Response<Bytes>, WriteError> {
    let members = error.members;
    let body = write(members.map_or(error.code, |members| members.schema().id))?;
    let mut headers = HeaderMap::from_iter([
        (PROTOCOL, format.name.clone()),
        (CONTENT_TYPE, format.media_type.clone()),
    ]);
    if query_mode {
        query_compatible::write_code(&mut headers, error);
    }
    Ok(answer(error.status, headers, body))
}
