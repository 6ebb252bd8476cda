//! Rust files, model files, Markdown and HTML in; sentences as bare words, out.

use serde_json::Value;

/// The documentation comments of a Rust file, their markers taken off.
pub(super) fn of_rust(text: &str) -> String {
    let mut prose = String::new();
    for line in text.lines() {
        let line = line.trim_start();
        match line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"))
        {
            Some(doc) => prose.push_str(doc.strip_prefix(' ').unwrap_or(doc)),
            // What comes next documents another item.
            None => prose.push('\n'),
        }
        prose.push('\n');
    }
    prose
}

/// The documentation in a model file.
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

/// The sentences of Markdown, in bare words: lower case, no punctuation, no markup, no code blocks.
pub(super) fn sentences(markdown: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    for paragraph in paragraphs(markdown) {
        let text = without_targets(&paragraph);
        let mut rest = text.as_str();
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

/// Paragraphs, list items, headings and table cells; code blocks are left out.
fn paragraphs(markdown: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    let mut in_code = false;
    for line in markdown.lines() {
        let text = line.trim();
        if text.starts_with("```") {
            in_code = !in_code;
            paragraphs.push(String::new());
        } else if !in_code {
            let starts = text.is_empty() || text.starts_with(['-', '*', '#', '|', '>']);
            if starts {
                paragraphs.push(String::new());
            }
            for (index, cell) in text.split('|').enumerate() {
                if index > 0 {
                    paragraphs.push(String::new());
                }
                if let Some(paragraph) = paragraphs.last_mut() {
                    paragraph.push_str(cell);
                    paragraph.push(' ');
                }
            }
        }
    }
    paragraphs
}

/// Where the first sentence ends: behind a mark that a space follows.
fn sentence_end(text: &str) -> Option<usize> {
    text.char_indices()
        .find(|(index, mark)| {
            matches!(mark, '.' | '!' | '?' | ':' | ';')
                && text[index + mark.len_utf8()..].starts_with(' ')
        })
        .map(|(index, mark)| index + mark.len_utf8())
}

/// `[text](target)` without its target.
fn without_targets(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        bare.push_str(before);
        rest = after.split_once(')').map_or("", |(_, behind)| behind);
    }
    bare.push_str(rest);
    bare
}

/// Words in lower case with one space between them.
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

/// HTML in bare words.
pub(super) fn html_words(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, behind) = after.split_once('>').unwrap_or((after, ""));
        // Tags within a line, such as `<code>`, may stand inside a word; the others part words.
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

/// The targets of a Markdown text's links.
pub(super) fn markdown_links(markdown: &str) -> Vec<String> {
    let mut links = Vec::new();
    for paragraph in paragraphs(markdown) {
        let mut rest = paragraph.as_str();
        while let Some((_, after)) = rest.split_once("](") {
            let (target, behind) = after.split_once(')').unwrap_or((after, ""));
            links.push(target.to_owned());
            rest = behind;
        }
    }
    links
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
