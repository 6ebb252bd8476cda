//! Writes definitions as YAML.

use appflow_sdk::flows::Tree;
use saphyr::{Mapping, Scalar, Yaml, YamlEmitter};
use std::borrow::Cow;

/// Writes a tree as YAML that parsers of YAML 1.1 and 1.2 interpret alike.
pub(crate) fn to_yaml(tree: &Tree) -> String {
    let mut text = String::new();
    let mut emitter = YamlEmitter::new(&mut text);
    if emitter.dump(&node(tree)).is_err() {
        // Writing to a String cannot fail.
        text.clear();
    }
    let text = text.strip_prefix("---\n").unwrap_or(&text);
    format!("{text}\n")
}

fn node(tree: &Tree) -> Yaml<'_> {
    match tree {
        Tree::Boolean(value) => Yaml::Value(Scalar::Boolean(*value)),
        Tree::Integer(value) => Yaml::Value(Scalar::Integer(*value)),
        Tree::Double(value) => Yaml::Value(Scalar::FloatingPoint((*value).into())),
        Tree::Text(text) => text_node(text),
        Tree::List(elements) => Yaml::Sequence(elements.iter().map(node).collect()),
        Tree::Object(members) => {
            let members = members
                .iter()
                .map(|(name, tree)| (text_node(name), node(tree)));
            Yaml::Mapping(members.collect::<Mapping<'_>>())
        }
        _ => Yaml::Value(Scalar::Null),
    }
}

/// Returns a string node. YAML 1.1 interprets unquoted words such as `no`, and unquoted dates, as other types.
fn text_node(text: &str) -> Yaml<'_> {
    const WORDS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "true", "false"];
    let is_word = WORDS.contains(&text.to_ascii_lowercase().as_str());
    let is_number = text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first))
        && text.contains(|digit: char| digit.is_ascii_digit());
    if is_word || is_number || text.chars().any(needs_escape) {
        // The emitter writes a representation as it is.
        return Yaml::Representation(escaped(text), saphyr::ScalarStyle::DoubleQuoted, None);
    }
    Yaml::Value(Scalar::String(Cow::Borrowed(text)))
}

/// Returns whether a character has to be escaped: it is not printable, or parsers of YAML 1.1 take it as a line break.
fn needs_escape(character: char) -> bool {
    let others = ['\u{2028}', '\u{2029}', '\u{feff}', '\u{fffe}', '\u{ffff}'];
    character.is_control() || others.contains(&character)
}

/// Escapes a text for double quotes.
fn escaped(text: &str) -> Cow<'_, str> {
    let is_plain = |character: char| !needs_escape(character) && !['"', '\\'].contains(&character);
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            // All of them have at most four digits.
            other if needs_escape(other) => {
                escaped.push_str(&format!("\\u{:04x}", u32::from(other)));
            }
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::to_yaml;
    use crate::document::Document;
    use appflow_sdk::flows::Tree;
    use std::collections::BTreeMap;

    /// Parts of which texts are composed: those that YAML, its versions or the emitter interpret, and some that they do
    /// not.
    const PARTS: [&str; 30] = [
        "1",
        "-",
        "+",
        ".",
        "\"",
        "'",
        "\\",
        "\n",
        "\t",
        "\r",
        "\0",
        "\u{1b}",
        "\u{7f}",
        "\u{85}",
        "\u{a0}",
        "\u{2028}",
        "\u{feff}",
        "\u{ffff}",
        "\u{1f600}",
        "a",
        "x",
        "é",
        " ",
        ":",
        "#",
        "{",
        ",",
        "!",
        "~",
        "yes",
    ];

    fn texts() -> Vec<String> {
        let mut texts = vec![String::new()];
        let mut longest = texts.clone();
        for _ in 0..3 {
            let longer = longest.iter();
            let longer = longer.flat_map(|text| PARTS.map(|part| format!("{text}{part}")));
            longest = longer.collect();
            texts.extend_from_slice(&longest);
        }
        texts.sort();
        texts.dedup();
        texts
    }

    #[test]
    fn every_text_is_read_as_it_was_written() {
        let texts = texts();
        assert!(texts.len() > 27_000, "{}", texts.len());
        let values: Vec<Tree> = texts.iter().cloned().map(Tree::Text).collect();
        let yaml = to_yaml(&Tree::List(values));
        let read: Vec<String> = serde::Deserialize::deserialize(&Document::parse(&yaml).unwrap())
            .unwrap_or_else(|problem| panic!("{problem}"));
        for (written, read) in texts.iter().zip(&read) {
            assert_eq!(written, read);
        }
        assert_eq!(texts.len(), read.len());
    }

    #[test]
    fn every_name_and_its_value_is_read_as_it_was_written() {
        let texts = texts();
        let members = texts
            .iter()
            .cloned()
            .map(|text| (text.clone(), Tree::Text(text)));
        let yaml = to_yaml(&Tree::Object(members.collect()));
        let read: BTreeMap<String, String> =
            serde::Deserialize::deserialize(&Document::parse(&yaml).unwrap())
                .unwrap_or_else(|problem| panic!("{problem}"));
        for text in &texts {
            assert_eq!(read.get(text), Some(text));
        }
    }

    #[test]
    fn texts_that_begin_like_numbers_are_escaped() {
        let table = [
            ("1. Orders\n2. Cards", r#""1. Orders\n2. Cards""#),
            ("27\"", r#""27\"""#),
            (r"3\d", r#""3\\d""#),
            (r"10\tenth", r#""10\\tenth""#),
            ("a\u{85}b", r#""a\u0085b""#),
        ];
        for (text, expected) in table {
            assert_eq!(
                to_yaml(&Tree::Text(text.to_owned())),
                format!("{expected}\n")
            );
        }
    }
}
