//! Serializes outputs and errors as responses, with the service side of the protocol.

use crate::client::operation::Operation;
#[cfg(feature = "event-stream")]
use crate::protocol::event_stream::append_error;
use crate::protocol::server::{ErrorAnswer, ServerProtocol};
use crate::protocol::{ReadError, WriteError};
use crate::service::output::write;
use crate::value::shape::{Shape, Structure, Value};
use bytes::Bytes;

/// A response with its whole body.
pub(super) type Answer = http::Response<Bytes>;

/// Serializes an output.
pub(super) fn of_output<O: Operation>(output: &O::Output) -> Result<Answer, WriteError> {
    let protocol = server_side::<O>()?;
    check::<O>(&protocol.write_response(O::service(), O::schema(), output)?)?;
    write::<O>(protocol, output)
}

/// Serializes an output whose event stream ends with an error of the model.
#[cfg(feature = "event-stream")]
pub(super) fn of_output_and_error<O: Operation>(
    output: &O::Output,
    error: &dyn Structure,
) -> Result<Answer, WriteError> {
    let no_stream = || WriteError::Document("the operation has no event stream".to_owned());
    let schema = O::schema().events.ok_or_else(no_stream)?;
    append_error(server_side::<O>()?, of_output::<O>(output)?, schema, error)
}

/// Returns the service side of the protocol of the operation.
fn server_side<O: Operation>() -> Result<&'static dyn ServerProtocol, WriteError> {
    let protocol = O::service().protocol;
    protocol.server_side().ok_or_else(|| {
        WriteError::Document(format!(
            "the protocol {protocol:?} has no service side: queue raw responses with `response`"
        ))
    })
}

/// Checks that the response can be deserialized. Otherwise the test would fail far from the cause.
fn check<O: Operation>(answer: &Answer) -> Result<(), WriteError> {
    let (head, body) = answer.clone().into_parts();
    let mut output = O::Output::empty();
    O::service()
        .protocol
        .read_response(O::schema(), &head, &body, &mut output)
        .map_err(|error: ReadError| WriteError::Document(error.to_string()))
}

/// Serializes an error of the model with all its members.
pub(super) fn of_error_shape<O: Operation>(error: &dyn Structure) -> Result<Answer, WriteError> {
    let protocol = server_side::<O>()?;
    let code = protocol.error_code(error.schema());
    let members = error.schema().members.iter().enumerate();
    let message = members
        .filter(|(_, member)| member.name.eq_ignore_ascii_case("message"))
        .find_map(|(index, _)| match error.member(index) {
            Value::String(text) => Some(text),
            _ => None,
        });
    protocol.write_error(&ErrorAnswer {
        code,
        status: error_status::<O>(code),
        message: message.unwrap_or_default(),
        members: Some(error),
    })
}

/// Serializes an error code and a message.
pub(super) fn of_error<O: Operation>(code: &str, message: &str) -> Result<Answer, WriteError> {
    server_side::<O>()?.write_error(&ErrorAnswer {
        code,
        status: error_status::<O>(code),
        message,
        members: None,
    })
}

/// Serializes the response of a service that throttles.
pub(super) fn throttled<O: Operation>() -> Result<Answer, WriteError> {
    server_side::<O>()?.write_error(&ErrorAnswer {
        code: "ThrottlingException",
        status: 429,
        message: "Rate exceeded",
        members: None,
    })
}

fn error_status<O: Operation>(code: &str) -> u16 {
    O::schema().error(code).map_or(400, |error| error.status)
}
