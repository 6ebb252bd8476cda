//! The service's side of an answer: an output or an error in, status, headers and body out.

use crate::client::operation::Operation;
use crate::protocol::http_binding::write_headers;
use crate::protocol::rest_json::{payload, write_payload};
use crate::protocol::{ReadError, WriteError};
use crate::value::codec::{Dialect, to_json};
use crate::value::schema::{Location, OperationSchema};
use crate::value::shape::{Structure, Value};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};

const ERROR_TYPE: &str = "x-amzn-errortype";

/// An answer with its whole body.
pub(super) type Answer = http::Response<Bytes>;

/// The answer that carries this output.
pub(super) fn of_output<O: Operation>(output: &O::Output) -> Result<Answer, WriteError> {
    let operation = O::schema();
    let (headers, body) = write_members(output)?;
    let answer = with(status(operation, output), headers, body);
    check::<O>(&answer)?;
    Ok(answer)
}

/// What is queued has to come out as it went in, or a test would fail at a distance.
fn check<O: Operation>(answer: &Answer) -> Result<(), WriteError> {
    let (head, body) = answer.clone().into_parts();
    let mut output = <O::Output as crate::value::shape::Shape>::empty();
    O::service()
        .protocol
        .read_response(&head, &body, &mut output)
        .map_err(|error: ReadError| WriteError::Document(error.to_string()))
}

/// The answer with an error that the model knows, all its members included.
pub(super) fn of_error_shape<O: Operation>(error: &dyn Structure) -> Result<Answer, WriteError> {
    let (mut headers, body) = write_members(error)?;
    let id = error.schema().id;
    let code = id.rsplit('#').next().unwrap_or(id);
    headers.insert(ERROR_TYPE, header(code));
    Ok(with(error_status(O::schema(), code), headers, body))
}

/// The answer with an error code and a message.
pub(super) fn of_error(operation: &OperationSchema, code: &str, message: &str) -> Answer {
    let mut headers = HeaderMap::new();
    headers.insert(ERROR_TYPE, header(code));
    let body = serde_json::json!({ "message": message });
    let status = error_status(operation, code);
    with(status, headers, body.to_string().into())
}

/// The answer of a service that is asked for too much.
pub(super) fn throttled() -> Answer {
    let mut headers = HeaderMap::new();
    headers.insert(ERROR_TYPE, header("ThrottlingException"));
    let body = Bytes::from_static(br#"{"message":"Rate exceeded"}"#);
    with(StatusCode::TOO_MANY_REQUESTS, headers, body)
}

fn write_members(structure: &dyn Structure) -> Result<(HeaderMap, Bytes), WriteError> {
    let mut headers = write_headers(structure)?;
    let body = match payload(structure) {
        Some((index, member)) => write_payload(
            member,
            structure.member(index),
            &mut headers,
            Dialect::RESPONSE,
        )?,
        None => {
            headers
                .entry(CONTENT_TYPE)
                .or_insert(HeaderValue::from_static("application/json"));
            to_json(structure, Dialect::RESPONSE)
                .map_err(|error| WriteError::Document(error.to_string()))?
                .into()
        }
    };
    Ok((headers, body))
}

fn with(status: StatusCode, headers: HeaderMap, body: Bytes) -> Answer {
    let mut answer = Answer::new(body);
    *answer.status_mut() = status;
    *answer.headers_mut() = headers;
    answer
}

/// The status of success: the member bound to it, if there is one, else the operation's.
fn status(operation: &OperationSchema, output: &dyn Structure) -> StatusCode {
    let mut members = output.schema().members.iter().enumerate();
    let bound = members.find_map(|(index, member)| match output.member(index) {
        Value::Integer(status) if member.location == Location::ResponseCode => {
            u16::try_from(status).ok()
        }
        _ => None,
    });
    StatusCode::from_u16(bound.unwrap_or(operation.code)).unwrap_or(StatusCode::OK)
}

fn error_status(operation: &OperationSchema, code: &str) -> StatusCode {
    let status = operation.error(code).map_or(400, |error| error.status);
    StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST)
}

fn header(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static("Unprintable"))
}
