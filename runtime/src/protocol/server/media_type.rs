//! Checks the media types of requests and responses.

use crate::protocol::server::ServiceError;
use bytes::Bytes;
use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderName};

/// Rejects a request whose body has another type. A request without a type is accepted.
pub(crate) fn check_content_type(headers: &HeaderMap, expected: &str) -> Result<(), ServiceError> {
    match text(headers, &CONTENT_TYPE) {
        Some(given) if !essence(given).eq_ignore_ascii_case(expected) => Err(mistyped(expected)),
        _ => Ok(()),
    }
}

/// Rejects a request that has a body without a type.
pub(crate) fn check_is_typed(
    headers: &HeaderMap,
    body: &Bytes,
    expected: &str,
) -> Result<(), ServiceError> {
    match body.is_empty() || headers.contains_key(CONTENT_TYPE) {
        true => Ok(()),
        false => Err(mistyped(expected)),
    }
}

/// Rejects a request that has a body of any type although the operation has no body.
pub(crate) fn check_no_content(headers: &HeaderMap) -> Result<(), ServiceError> {
    match text(headers, &CONTENT_TYPE) {
        Some(_) => Err(unsupported(
            "The operation has no input, so the request must not have a content type",
        )),
        None => Ok(()),
    }
}

/// Rejects a request that does not accept the type of its response.
pub(crate) fn check_accept(headers: &HeaderMap, written: &str) -> Result<(), ServiceError> {
    let Some(accept) = text(headers, &ACCEPT) else {
        return Ok(());
    };
    let kind = written.split('/').next().unwrap_or_default();
    let takes = accept.split(',').map(essence).any(|range| {
        range == "*/*"
            || range.eq_ignore_ascii_case(written)
            || range
                .strip_suffix("/*")
                .is_some_and(|range| range.eq_ignore_ascii_case(kind))
    });
    match takes {
        true => Ok(()),
        false => Err(ServiceError::new(
            "NotAcceptableException",
            406,
            format!("The response is {written}, which the request does not accept"),
        )),
    }
}

fn mistyped(expected: &str) -> ServiceError {
    unsupported(format!(
        "The content type of the request must be {expected}"
    ))
}

/// Returns the error for a media type or a body that the operation does not have.
pub(crate) fn unsupported(message: impl Into<String>) -> ServiceError {
    ServiceError::new("UnsupportedMediaTypeException", 415, message)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers
        .get(name)
        .map(|value| value.to_str().unwrap_or_default())
}

/// Returns a media type without its parameters.
fn essence(text: &str) -> &str {
    text.split(';').next().unwrap_or_default().trim()
}
