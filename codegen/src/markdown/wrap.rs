//! Wraps long lines of Markdown.

/// The greatest width of a line, without its prefix in a file.
const WIDTH: usize = 104;

/// Wraps long lines of paragraphs and lists. Code, tables and headings keep their lines, because line breaks matter in
/// them.
pub(crate) fn wrapped<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut wrapped = Vec::new();
    let mut fence: Option<&str> = None;
    for line in lines {
        let marker = ["```", "~~~"]
            .into_iter()
            .find(|marker| line.trim_start().starts_with(marker));
        let is_fixed = fence.is_some() || marker.is_some() || is_fixed(line);
        fence = match (fence, marker) {
            (None, marker) => marker,
            (open, marker) if open == marker => None,
            (open, _) => open,
        };
        match is_fixed {
            true => wrapped.push(line.to_owned()),
            false => wrap(line, &mut wrapped),
        }
    }
    wrapped
}

/// Returns whether a text fits on a line.
pub(crate) fn fits(text: &str) -> bool {
    text.chars().count() <= WIDTH
}

fn is_fixed(line: &str) -> bool {
    fits(line) || line.starts_with("    ") || line.starts_with(['|', '#'])
}

fn wrap(line: &str, wrapped: &mut Vec<String>) {
    let prefix = continuation(line);
    let mut current = String::new();
    for word in words(line) {
        let is_full = current.chars().count() + 1 + word.chars().count() > WIDTH;
        if is_full && !current.trim().is_empty() && !begins_block(word) {
            wrapped.push(std::mem::replace(&mut current, prefix.clone()));
        } else if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    wrapped.push(current);
}

/// Returns the prefix of the following lines of a list item or quotation.
fn continuation(line: &str) -> String {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = digits > 0 && text[digits..].starts_with(['.', ')']);
    let marker = match text.chars().next() {
        Some('>') => return format!("{}> ", " ".repeat(indent)),
        Some('-' | '*' | '+') if text[1..].starts_with(' ') => 2,
        _ if is_number && text[digits + 1..].starts_with(' ') => digits + 2,
        _ => 0,
    };
    " ".repeat(indent + marker)
}

/// Splits a line into words. Code spans and links are kept whole: a break within one is allowed, but hard to read.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    // The indentation before the text is not a word.
    let mut whole_until = line.len() - line.trim_start().len();
    for (at, letter) in line.char_indices() {
        if at < whole_until {
            continue;
        }
        let rest = &line[at + letter.len_utf8()..];
        let length = match letter {
            '`' => rest.find('`'),
            '[' => rest
                .find("](")
                .and_then(|text| Some(text + rest[text..].find(')')?)),
            ' ' => {
                words.push(&line[start..at]);
                start = at + 1;
                None
            }
            _ => None,
        };
        if let Some(length) = length {
            whole_until = at + 1 + length + 1;
        }
    }
    words.push(&line[start..]);
    words
}

/// Returns whether a line that begins with the word would not be plain text.
fn begins_block(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = digits > 0 && matches!(&word[digits..], "." | ")");
    is_number
        || word.is_empty()
        || matches!(word, "-" | "+" | "*")
        || word.starts_with(['#', '>', '|', '='])
        || word.starts_with("--")
        || word.starts_with("```")
        || word.starts_with("~~~")
}

#[cfg(test)]
mod tests {
    fn wrapped(lines: &[&str]) -> Vec<String> {
        super::wrapped(lines.iter().copied())
    }

    #[test]
    fn long_lines_are_broken_where_that_means_nothing() {
        let word = "x".repeat(45);
        let two = format!("{word} {word}");
        let long = format!("{two} {word}");
        assert_eq!(wrapped(&[&long]), [two.as_str(), &word]);
        assert_eq!(
            wrapped(&[&format!("  - {long}")]),
            [format!("  - {two}"), format!("    {word}")]
        );
        assert_eq!(
            wrapped(&[&format!("12. {long}")]),
            [format!("12. {two}"), format!("    {word}")]
        );
        // The start of a list, heading or rule must not begin a line.
        for block in ["-", "#", "1.", "---", ">"] {
            let before = format!("{two} {}", "y".repeat(12));
            let line = format!("{before} {block} {word}");
            let expected = [format!("{before} {block}"), word.clone()];
            assert_eq!(wrapped(&[&line]), expected);
        }
    }

    #[test]
    fn lines_that_mean_something_stay() {
        let long = "word ".repeat(30);
        let long = long.trim_end();
        for fixed in [
            format!("`{long}`"),
            format!("[{long}](x)"),
            format!("| {long} |"),
            format!("# {long}"),
            format!("    {long}"),
        ] {
            assert_eq!(wrapped(&[&fixed]), std::slice::from_ref(&fixed));
        }
        let fenced = ["```", long, "```", "~~~", "```", long, "~~~"];
        assert_eq!(wrapped(&fenced), fenced);
    }
}
