//! Labels and query parameters in, percent-encoded text out, by Smithy's HTTP binding rules: everything but unreserved
//!

use crate::http::percent::{COMPONENT, PATH};
use percent_encoding::utf8_percent_encode;

/// Appends a path segment; slashes are encoded too.
pub(super) fn push_label(target: &mut String, value: &str) {
    target.extend(utf8_percent_encode(value, COMPONENT));
}

/// Appends a greedy label; slashes stay.
pub(super) fn push_greedy_label(target: &mut String, value: &str) {
    target.extend(utf8_percent_encode(value, PATH));
}

/// Appends a query parameter, after `?` or `&` as it fits.
pub(super) fn push_parameter(
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
