//! The percent-encode sets: all characters except the unreserved ones of RFC 3986.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

/// The set for labels, for names and values of query parameters, and for other text in which slashes are encoded.
pub(crate) const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The set for paths, in which slashes are kept.
pub(crate) const PATH: &AsciiSet = &COMPONENT.remove(b'/');
