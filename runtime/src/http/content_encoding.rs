//! Appends encodings to the header `Content-Encoding`.

use http::header::CONTENT_ENCODING;
use http::{HeaderMap, HeaderValue};

/// Appends an encoding, and returns whether that was possible: it is not if the header is not text.
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
