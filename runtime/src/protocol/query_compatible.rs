//! The headers of services with `aws.protocols#awsQueryCompatible`, which once used awsQuery: clients announce that they
//! know the codes of its errors, and error responses contain them.

#[cfg(any(feature = "server", feature = "test-util"))]
use crate::protocol::server::{ErrorAnswer, query_code};
use http::{HeaderMap, HeaderName, HeaderValue};

const MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");
const ERROR: HeaderName = HeaderName::from_static("x-amzn-query-error");

/// Adds the header of requests.
pub(super) fn announce(headers: &mut HeaderMap) {
    headers.insert(MODE, HeaderValue::from_static("true"));
}

/// Returns the code of an error in awsQuery, if the service has such codes: the header contains the code and the fault,
/// separated by a semicolon.
pub(super) fn read_code(query_mode: bool, headers: &HeaderMap) -> Option<String> {
    let header = headers.get(ERROR).filter(|_| query_mode)?;
    let code = header.to_str().ok()?.split(';').next()?.trim();
    (!code.is_empty()).then(|| code.to_owned())
}

/// Adds the header of error responses. An error without a code of its own in awsQuery has the same code in both protocols.
#[cfg(any(feature = "server", feature = "test-util"))]
pub(super) fn write_code(headers: &mut HeaderMap, error: &ErrorAnswer<'_>) {
    let own = error
        .members
        .and_then(|members| query_code(members.schema()));
    let text = format!("{};{}", own.unwrap_or(error.code), error.fault());
    // A code that cannot be in a header is only in the document.
    if let Ok(value) = HeaderValue::try_from(text) {
        headers.insert(ERROR, value);
    }
}
