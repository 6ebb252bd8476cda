//! What is percent-encoded: all but the unreserved characters of RFC 3986.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

/// For a label, the name or value of a query parameter, and whatever else slashes would take apart.
pub(crate) const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// For a path: slashes are kept.
pub(crate) const PATH: &AsciiSet = &COMPONENT.remove(b'/');
