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
    if is_word || is_number {
        return Yaml::Representation(Cow::Borrowed(text), saphyr::ScalarStyle::DoubleQuoted, None);
    }
    Yaml::Value(Scalar::String(Cow::Borrowed(text)))
}
