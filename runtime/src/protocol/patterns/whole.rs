//! Matches whole texts against `smithy.api#pattern`, as services do.
//!
//! The patterns are written for Java: `\w`, `\d` and `\s` match ASCII only, and `\uD800` is half of a character.

use crate::protocol::patterns::Patterns;
use std::iter::Peekable;
use std::str::Chars;

static PATTERNS: Patterns = Patterns::read_by(|pattern| Some(translate(pattern)));

/// Returns whether the whole of `text` matches `pattern`.
pub(crate) fn matches(pattern: &'static str, text: &str) -> bool {
    PATTERNS.matches(pattern, text)
}

/// Translates the pattern to the dialect of the engine, anchored to the whole text.
fn translate(pattern: &str) -> String {
    let mut translated = String::from(r"\A(?:");
    let mut characters = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(character) = characters.next() {
        match character {
            '\\' => escape(&mut characters, in_class, &mut translated),
            '[' if !in_class => {
                in_class = true;
                translated.push('[');
            }
            // In Java these characters are literals in a class; the engine requires escapes.
            '[' | '&' | '~' if in_class => {
                translated.push('\\');
                translated.push(character);
            }
            ']' => {
                in_class = false;
                translated.push(']');
            }
            character => translated.push(character),
        }
    }
    translated.push_str(r")\z");
    translated
}

fn escape(characters: &mut Peekable<Chars<'_>>, in_class: bool, translated: &mut String) {
    let ascii = |members: &str| {
        if in_class {
            members.to_owned()
        } else {
            format!("[{members}]")
        }
    };
    match characters.next() {
        Some('w') => translated.push_str(&ascii("a-zA-Z0-9_")),
        Some('d') => translated.push_str(&ascii("0-9")),
        Some('s') => translated.push_str(&ascii(r" \t\n\x0B\f\r")),
        Some('u') => translated.push_str(&format!(r"\x{{{:X}}}", code_point(characters))),
        Some(other) => translated.extend(['\\', other]),
        None => translated.push_str(r"\\"),
    }
}

/// Returns the code point of `\uHHHH`; two surrogates are one character.
fn code_point(characters: &mut Peekable<Chars<'_>>) -> u32 {
    let unit = |characters: &mut Peekable<Chars<'_>>| {
        let digits: String = characters.take(4).collect();
        u32::from_str_radix(&digits, 16).unwrap_or(0)
    };
    let first = unit(characters);
    let mut ahead = characters.clone();
    let is_pair = (0xD800..0xDC00).contains(&first)
        && ahead.next() == Some('\\')
        && ahead.next() == Some('u');
    if !is_pair {
        return first;
    }
    characters.nth(1);
    let second = unit(characters);
    0x10000 + ((first - 0xD800) << 10) + second.saturating_sub(0xDC00)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_java_would() {
        let any = r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*";
        let table = [
            (r"[a-zA-Z0-9][\w!@#.-]+", "ab", true),
            (r"[a-zA-Z0-9][\w!@#.-]+", "a", false),
            (r"[a-zA-Z0-9][\w!@#.-]+", "äb", false),
            (r"[a-zA-Z0-9][\w!@#.-]+", "aé", false),
            (r"[a-zA-Z0-9][\w!@#.-]+", "a b", false),
            (r"^(?!aws:)[a-zA-Z+-=._:/]+$", "aws:x", false),
            (r"^(?!aws:)[a-zA-Z+-=._:/]+$", "team:x9<", true),
            (r"^(?!aws:)[a-zA-Z+-=._:/]+$", "a b", false),
            (r"^(?!aws:)[a-zA-Z+-=._:/]+$", "a@b", false),
            (r"[\s\w+-=\.:/@]*", "", true),
            (r"[\s\w+-=\.:/@]*", "a b@c", true),
            (r"[\s\w+-=\.:/@]*", "a{", false),
            (r"\S+", "a\tb", false),
            (r".*", "a\nb", false),
            (any, "a\u{1F600}\t", true),
            (any, "a\u{1}", false),
            (r"^\d{3}$", "123", true),
            (r"^\d{3}$", "1234", false),
            (r"^$|com.amazonaws.vpce.[\w/!:@#.\-]+", "", true),
            (
                r"^(https?)://[-a-zA-Z0-9+&@#/%?=~_|!:,.;]*[-a-zA-Z0-9+&@#/%=~_|]",
                "https://x.y/?a&b",
                true,
            ),
            (
                r"^(https?)://[-a-zA-Z0-9+&@#/%?=~_|!:,.;]*[-a-zA-Z0-9+&@#/%=~_|]",
                "ftp://x",
                false,
            ),
            (
                r"^([a-zA-Z0-9_=]+)\.([a-zA-Z0-9_=]+)\.([a-zA-Z0-9_\-\+\/=]*)",
                "a.b.c/",
                true,
            ),
            (r"[\s\w_-]+", "a-b c", true),
        ];
        for (pattern, text, expected) in table {
            assert!(PATTERNS.compiled(pattern).is_some(), "{pattern}");
            assert_eq!(matches(pattern, text), expected, "{pattern} {text:?}");
        }
    }
}
