//! Writes an error at the end of an event stream, for the test kit.

use super::encode::encode;
use super::write::{text, with_members};
use super::{EXCEPTION_TYPE, MESSAGE_TYPE};
use crate::protocol::WriteError;
use crate::protocol::server::ServerProtocol;
use crate::value::schema::EventStreamSchema;
use crate::value::shape::Structure;
use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use http::{HeaderValue as HttpValue, Response};

/// Appends an error to the events of a response.
///
/// # Errors
///
/// Returns an error if the stream cannot end with this error, or if the error cannot be written.
pub(crate) fn append_error(
    protocol: &dyn ServerProtocol,
    response: Response<Bytes>,
    schema: EventStreamSchema,
    error: &dyn Structure,
) -> Result<Response<Bytes>, WriteError> {
    let code = protocol.error_code(error.schema());
    let mut known = schema.errors.iter();
    let Some((member, _)) = known.find(|(_, known)| *known == code) else {
        let reason = format!("{}: it is not an error of its event stream", schema.member);
        return Err(WriteError::Document(reason));
    };
    let (mut head, stream) = response.into_parts();
    let mut stream = BytesMut::from(stream);
    let headers = vec![
        text(MESSAGE_TYPE, "exception"),
        text(EXCEPTION_TYPE, member),
    ];
    let message = with_members(protocol, headers, error, None)?;
    encode(&message, &mut stream)?;
    let length = HttpValue::from(stream.len());
    head.headers.insert(CONTENT_LENGTH, length);
    Ok(Response::from_parts(head, stream.freeze()))
}
