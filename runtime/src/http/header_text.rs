//! [`header_text`]: the text of a header value, including text beyond ASCII.

use http::HeaderValue;
use std::borrow::Cow;

/// Returns the value of a header as text. RFC 9110, section 5.5, permits bytes beyond ASCII and gives them no meaning.
/// Services write UTF-8; anything else is read as ISO 8859-1, as earlier versions of HTTP defined.
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
