//! The service's side of an answer: an output or an error in, status, headers and body out, by the service's half of the
//! protocol.

use crate::client::operation::Operation;
use crate::protocol::server::{ErrorAnswer, ServerProtocol};
use crate::protocol::{ReadError, WriteError};
use crate::value::shape::{Shape, Structure, Value};
use bytes::Bytes;

/// An answer with its whole body.
pub(super) type Answer = http::Response<Bytes>;

/// The answer that carries this output.
pub(super) fn of_output<O: Operation>(output: &O::Output) -> Result<Answer, WriteError> {
    let answer = server_side::<O>()?.write_response(O::service(), O::schema(), output)?;
    check::<O>(&answer)?;
    Ok(answer)
}

/// The service's half of the operation's protocol.
fn server_side<O: Operation>() -> Result<&'static dyn ServerProtocol, WriteError> {
    let protocol = O::service().protocol;
    protocol.server_side().ok_or_else(|| {
        WriteError::Document(format!(
            "the protocol {protocol:?} has no service side: queue its answers as they go over the wire, by `response`"
        ))
    })
}

/// What is queued has to come out as it went in, or a test would fail at a distance.
fn check<O: Operation>(answer: &Answer) -> Result<(), WriteError> {
    let (head, body) = answer.clone().into_parts();
    let mut output = O::Output::empty();
    O::service()
        .protocol
        .read_response(O::schema(), &head, &body, &mut output)
        .map_err(|error: ReadError| WriteError::Document(error.to_string()))
}

/// The answer with an error that the model knows, all its members included.
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

/// The answer with an error code and a message.
pub(super) fn of_error<O: Operation>(code: &str, message: &str) -> Result<Answer, WriteError> {
    server_side::<O>()?.write_error(&ErrorAnswer {
        code,
        status: error_status::<O>(code),
        message,
        members: None,
    })
}

/// The answer of a service that is asked for too much.
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
