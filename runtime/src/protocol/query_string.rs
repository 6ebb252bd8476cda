//! Appends labels and query parameters, percent-encoded by Smithy's HTTP binding rules: all characters except the
//! unreserved ones are encoded.

use crate::http::percent::{COMPONENT, PATH};
use percent_encoding::utf8_percent_encode;

/// Appends a path segment. Slashes are encoded too.
pub(super) fn push_label(target: &mut String, value: &str) {
    target.extend(utf8_percent_encode(value, COMPONENT));
}

/// Appends a greedy label. Slashes are kept.
pub(super) fn push_greedy_label(target: &mut String, value: &str) {
    target.extend(utf8_percent_encode(value, PATH));
}

/// Appends a query parameter, after `?` or `&`.
pub(crate) fn push_parameter(
    target: &mut String,
    has_query: &mut bool,
    name: &str,
    value: Option<&str>,
) {
    target.push(if *has_query { '&' } else { '?' });
    *has_query = true;
    target.extend(utf8_percent_encode(name, COMPONENT));
    if let Some(value) = value {
        target.push('=');
        target.extend(utf8_percent_encode(value, COMPONENT));
    }
}
