//! Extracts sentences from Rust files, model files, Markdown and HTML.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

/// Returns the documentation comments of a Rust file, without their markers.
pub(super) fn of_rust(text: &str) -> String {
    let mut prose = String::new();
    for line in text.lines() {
        let line = line.trim_start();
        match line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"))
        {
            Some(doc) => prose.push_str(doc.strip_prefix(' ').unwrap_or(doc)),
            // The next comment documents another item.
            None => prose.push('\n'),
        }
        prose.push('\n');
    }
    prose
}

/// Collects the documentation in a model file.
pub(super) fn of_model(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(text) if key.ends_with("documentation") => {
                        texts.push(text.clone());
                    }
                    value => of_model(value, texts),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| of_model(element, texts)),
        _ => {}
    }
}

/// Returns the sentences of Markdown as words in lower case, without punctuation, markup and code blocks.
pub(super) fn sentences(markdown: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    for paragraph in paragraphs(markdown) {
        let mut rest = paragraph.as_str();
        while let Some(end) = sentence_end(rest) {
            let (sentence, behind) = rest.split_at(end);
            sentences.push(words(sentence));
            rest = behind;
        }
        sentences.push(words(rest));
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// Returns the text of paragraphs, list items, headings and table cells, without code blocks.
fn paragraphs(markdown: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    let mut in_code = false;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        let text = match &event {
            Event::Start(Tag::CodeBlock(_)) | Event::End(TagEnd::CodeBlock) => {
                in_code = matches!(event, Event::Start(_));
                continue;
            }
            Event::Text(text) | Event::Code(text) if !in_code => text,
            Event::SoftBreak | Event::HardBreak => " ",
            Event::Start(tag) if !is_within_text(tag) => {
                paragraphs.push(String::new());
                continue;
            }
            _ => continue,
        };
        if let Some(paragraph) = paragraphs.last_mut() {
            paragraph.push_str(text);
        }
    }
    paragraphs
}

/// Returns whether a tag is inline.
fn is_within_text(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

/// Returns the end of the first sentence: after a punctuation mark that a space follows.
fn sentence_end(text: &str) -> Option<usize> {
    text.char_indices()
        .find(|(index, mark)| {
            matches!(mark, '.' | '!' | '?' | ':' | ';')
                && text[index + mark.len_utf8()..].starts_with(' ')
        })
        .map(|(index, mark)| index + mark.len_utf8())
}

/// Returns the words of a text in lower case, separated by single spaces.
fn words(text: &str) -> String {
    let lower: String = text
        .chars()
        .filter(|&letter| letter != '\'' && letter != '’')
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .collect();
    let lower = lower.to_lowercase();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the words of HTML.
pub(super) fn html_words(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, behind) = after.split_once('>').unwrap_or((after, ""));
        // Inline tags, such as `<code>`, can be within a word; other tags separate words.
        let name = tag
            .trim_start_matches('/')
            .split(' ')
            .next()
            .unwrap_or_default();
        if !matches!(name, "code" | "i" | "b" | "a" | "em") {
            text.push(' ');
        }
        rest = behind;
    }
    text.push_str(rest);
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    let text = entities
        .iter()
        .fold(text, |text, (entity, letter)| text.replace(entity, letter));
    words(&text)
}

/// Returns the targets of the links and images in Markdown.
pub(super) fn markdown_links(markdown: &str) -> Vec<String> {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    let targets = events.filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url),
        _ => None,
    });
    targets.map(|target| target.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_sentences_of_bare_words() {
        let table: [(&str, &[&str]); 5] = [
            (
                "One `Map_all` task. Two, or more!",
                &["one map all task", "two or more"],
            ),
            (
                "A [`Task`](crate::types::Task) does\nthis.",
                &["a task does this"],
            ),
            ("- first\n- second", &["first", "second"]),
            (
                "Before:\n```json\n{\"not\": \"prose\"}\n```\nAfter.",
                &["before", "after"],
            ),
            ("| a b | c |\n|---|---|", &["a b", "c"]),
        ];
        for (markdown, expected) in table {
            assert_eq!(sentences(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn links_are_found_in_text_and_not_in_code() {
        let markdown = "[a](one.md), [`b`](two.md#x), [c], ![d](three.png), `[e](four.md)`\n\n\
                        ```\n[f](five.md)\n```\n\n| [g](six.md) |\n|---|\n\n[c]: seven.md";
        assert_eq!(
            markdown_links(markdown),
            ["one.md", "two.md#x", "seven.md", "three.png", "six.md"]
        );
    }

    #[test]
    fn html_becomes_bare_words() {
        let html =
            "<p>The <code>flowName</code>'s ID&nbsp;&amp; <a href=\"x\">more</a>.</p><p>End</p>";
        assert_eq!(html_words(html), "the flownames id more end");
    }

    #[test]
    fn only_documentation_of_a_rust_file_is_prose() {
        let rust = "//! Page.\n\nuse x;\n    /// Item.\n    fn f() {} // no prose\n";
        assert_eq!(sentences(&of_rust(rust)), ["page", "item"]);
    }
}
