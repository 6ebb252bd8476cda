//! Escapes characters in foreign text that control a terminal or a log.

use std::fmt;

/// A text whose control characters are displayed as escapes such as `\u{1b}`: those of C0 and C1, including line
/// breaks, and those that change the direction of the following text.
pub(crate) struct Printable<'a>(pub(crate) &'a str);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_escaped(f, self.0, is_unprintable)
    }
}

/// A writer that escapes control characters other than line breaks.
pub(crate) struct PrintableWriter<'a, 'f>(pub(crate) &'a mut fmt::Formatter<'f>);

impl fmt::Write for PrintableWriter<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        write_escaped(self.0, text, |character| {
            character != '\n' && is_unprintable(character)
        })
    }
}

fn write_escaped(
    f: &mut fmt::Formatter<'_>,
    text: &str,
    is_escaped: impl Fn(char) -> bool,
) -> fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(&is_escaped) {
        let (before, after) = rest.split_at(at);
        f.write_str(before)?;
        let mut characters = after.chars();
        if let Some(character) = characters.next() {
            write!(f, "{}", character.escape_default())?;
        }
        rest = characters.as_str();
    }
    f.write_str(rest)
}

fn is_unprintable(character: char) -> bool {
    let is_directional = matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    character.is_control() || is_directional
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    struct Lines(&'static str);

    impl fmt::Display for Lines {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(PrintableWriter(f), "{}", self.0)
        }
    }

    #[test]
    fn control_characters_become_escapes_and_all_else_stays() {
        for (text, all, lines) in [
            ("plain zoë ✓", "plain zoë ✓", "plain zoë ✓"),
            ("a\u{1b}[31mb", "a\\u{1b}[31mb", "a\\u{1b}[31mb"),
            ("a\r\nb\tc", "a\\r\\nb\\tc", "a\\r\nb\\tc"),
            ("a\u{9b}b\u{7f}", "a\\u{9b}b\\u{7f}", "a\\u{9b}b\\u{7f}"),
            ("a\u{202e}b", "a\\u{202e}b", "a\\u{202e}b"),
            ("\0", "\\u{0}", "\\u{0}"),
            ("", "", ""),
        ] {
            assert_eq!(Printable(text).to_string(), all);
            assert_eq!(Lines(text).to_string(), lines);
        }
    }
}
