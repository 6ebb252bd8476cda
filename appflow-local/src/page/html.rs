//! Text in, text that HTML shows as it is out.

/// Escapes what HTML would understand, in elements and in quoted attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            character => escaped.push(character),
        }
    }
    escaped
}

/// At most so many characters of a text, with a sign that there were more.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return escaped(text);
    }
    let start: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}\u{2026}", escaped(&start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_html_understands_is_escaped() {
        assert_eq!(
            escaped("<a href='x'>\"&\"</a>"),
            "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;&lt;/a&gt;"
        );
    }

    #[test]
    fn long_texts_end_with_an_ellipsis() {
        assert_eq!(shortened("abc", 3), "abc");
        assert_eq!(shortened("äbcd", 3), "äb\u{2026}");
        assert_eq!(shortened("<<<<", 2), "&lt;\u{2026}");
    }
}
