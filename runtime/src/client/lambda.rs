//! The header by which services detect recursive calls of AWS Lambda functions.

use crate::identity::environment::Environment;
use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

const TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");
/// The characters that are percent-encoded: all but the unreserved ones and those of trace IDs.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'=')
    .remove(b';')
    .remove(b':')
    .remove(b'+')
    .remove(b'&')
    .remove(b'[')
    .remove(b']')
    .remove(b'{')
    .remove(b'}')
    .remove(b'"')
    .remove(b'\'')
    .remove(b',');

/// Returns whether the program is a Lambda function, which does not change while it runs.
pub(super) fn is_function(environment: &Environment) -> bool {
    environment.get("AWS_LAMBDA_FUNCTION_NAME").is_some()
}

/// Sets the header with the trace of the invocation, unless it is set. Each call reads the trace again, since each
/// invocation of a function has its own.
pub(super) fn trace(environment: &Environment, headers: &mut HeaderMap) {
    if headers.contains_key(&TRACE_ID) {
        return;
    }
    let Some(id) = environment.get("_X_AMZN_TRACE_ID") else {
        return;
    };
    let encoded = utf8_percent_encode(&id, ENCODED).to_string();
    if let Ok(value) = HeaderValue::try_from(encoded) {
        headers.insert(TRACE_ID, value);
    }
}
