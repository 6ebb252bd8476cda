//! `Content-Encoding`: what was done to a body last in; the header with it behind what was done before, out.

use http::header::CONTENT_ENCODING;
use http::{HeaderMap, HeaderValue};

/// Adds an encoding; whether that could be done, which it cannot where the header is no text.
pub(crate) fn append(headers: &mut HeaderMap, encoding: &'static str) -> bool {
    let joined = match headers.get(CONTENT_ENCODING).map(HeaderValue::to_str) {
        None => Some(HeaderValue::from_static(encoding)),
        Some(Ok(before)) => HeaderValue::try_from(format!("{before}, {encoding}")).ok(),
        Some(Err(_)) => None,
    };
    let Some(joined) = joined else { return false };
    headers.insert(CONTENT_ENCODING, joined);
    true
}
