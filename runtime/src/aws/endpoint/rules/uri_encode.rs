//! [`uri_encode`]: a text in; out the same with every byte but letters, digits and `-_.~` percent-encoded.

use crate::http::percent::COMPONENT;
use percent_encoding::utf8_percent_encode;

/// The text, percent-encoded.
pub fn uri_encode(text: &str) -> Option<String> {
    Some(utf8_percent_encode(text, COMPONENT).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_unreserved_characters_are_encoded() {
        assert_eq!(uri_encode("aZ0-_.~").as_deref(), Some("aZ0-_.~"));
        assert_eq!(uri_encode("a b/ü:").as_deref(), Some("a%20b%2F%C3%BC%3A"));
    }
}
