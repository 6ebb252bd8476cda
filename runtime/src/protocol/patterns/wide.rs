//! Matches texts against patterns of the model, with the widest interpretation of a pattern that has several.
//!
//! Smithy patterns are ECMA 262 expressions that match anywhere in the text unless they are anchored. Those of AWS's
//! models are often written for Java, whose syntax is nearly that of `fancy_regex`.

use crate::protocol::patterns::Patterns;

static PATTERNS: Patterns =
    Patterns::read_by(|pattern| (!is_foreign(pattern)).then(|| translated(pattern)));

/// Returns whether a text matches.
pub(crate) fn matches(pattern: &'static str, text: &str) -> bool {
    PATTERNS.matches(pattern, text)
}

/// Translates the pattern to the syntax of `fancy_regex`. Where dialects differ, the widest interpretation is used:
/// - `\w`, `\d` and `\s` match all of Unicode here and only ASCII elsewhere, so negations of them exclude only ASCII;
/// - `$` also matches before a final line break, as it does in Java;
/// - `\/` is a slash in ECMA 262.
fn translated(pattern: &str) -> String {
    let mut translated = String::with_capacity(pattern.len() + 16);
    let mut characters = pattern.chars().peekable();
    let (mut in_class, mut is_negated) = (false, false);
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                let Some(escaped) = characters.next() else {
                    translated.push('\\');
                    break;
                };
                match (escaped, is_negated) {
                    ('/', _) => translated.push('/'),
                    ('S', false) => translated.push_str(r"[^ \t\n\x0B\f\r]"),
                    ('W', false) => translated.push_str("[^a-zA-Z0-9_]"),
                    ('D', false) => translated.push_str("[^0-9]"),
                    ('s', true) => translated.push_str(r" \t\n\x0B\f\r"),
                    ('w', true) => translated.push_str("a-zA-Z0-9_"),
                    ('d', true) => translated.push_str("0-9"),
                    _ => translated.extend(['\\', escaped]),
                }
                continue;
            }
            '[' if !in_class => {
                in_class = true;
                is_negated = characters.peek() == Some(&'^');
            }
            ']' if in_class => (in_class, is_negated) = (false, false),
            '$' if !in_class => {
                translated.push_str(r"(?=\r?\n?\z)");
                continue;
            }
            _ => {}
        }
        translated.push(character);
    }
    translated
}

/// Returns whether a character class contains syntax that is special only in `fancy_regex`: differences and
/// intersections of classes.
fn is_foreign(pattern: &str) -> bool {
    ["--", "~~", "&&"]
        .iter()
        .any(|operator| pattern.contains(operator))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_anywhere_unless_anchored() {
        let table = [
            ("[a-z]+", "123abc456", true),
            ("^[a-z]+$", "123abc456", false),
            ("^[a-z]+$", "abc", true),
            (r"\S+", " ", false),
            (r"\S+", "a b", true),
            (r"^\S+$", "a b", false),
            (".*", "", true),
            (
                "^(https?)://[-a-zA-Z0-9+&amp;@#/%?=~_|!:,.;]*[-a-zA-Z0-9+&amp;@#/%=~_|]",
                "https://x.example",
                true,
            ),
            (r"^https:\/\/x", "https://x", true),
            (r"^(?!aws)\w+$", "awsome", false),
            (r"^(?!aws)\w+$", "own", true),
            (r"[\u0020-\uD7FF]*", "\t", true),
            (r"^[\w/!@#+=.-]+$", "a-b/c", true),
            // If interpretations differ, the widest one is used.
            (r"^\S+$", "\u{a0}", true),
            (r"^[\S]+$", "\u{a0}", true),
            (r"^\w+$", "é", true),
            (r"^\W+$", "é", true),
            (r"^[^\w]+$", "é", true),
            (r"^[^\w]+$", "e", false),
            (r"^\d{3}$", "123\n", true),
            (r"^\d{3}$", "123\n4", false),
            (r"^a[$]b$", "a$b", true),
            (r"^a\$$", "a$", true),
        ];
        for (pattern, text, expected) in table {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text:?}");
        }
    }

    #[test]
    fn operators_that_only_this_engine_knows_refuse_nothing() {
        assert!(PATTERNS.compiled("[a--b]").is_none());
        assert!(matches("[a--b]", "anything"));
    }
}
