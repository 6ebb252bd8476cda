//! [`header_text`]: the value of a header in, its text out, beyond ASCII too.

use http::HeaderValue;
use std::borrow::Cow;

/// Returns the value of a header as text. RFC 9110, section 5.5, lets bytes beyond ASCII pass and gives them no meaning:
/// services write UTF-8, and what is not UTF-8 is read as ISO 8859-1, as HTTP once had it.
pub(crate) fn header_text(value: &HeaderValue) -> Cow<'_, str> {
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => text.into(),
        Err(_) => value.as_bytes().iter().copied().map(char::from).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_beyond_ascii_are_utf8_or_latin_1() {
        for (bytes, text) in [
            (&b"plain"[..], "plain"),
            ("zoë ✓".as_bytes(), "zoë ✓"),
            (b"zo\xeb", "zoë"),
            (b"", ""),
        ] {
            assert_eq!(header_text(&HeaderValue::from_bytes(bytes).unwrap()), text);
        }
    }
}
