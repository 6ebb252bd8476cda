//! Escapes text as Markdown, finds its first sentence, and wraps long lines.

mod sentence;
mod wrap;

pub(crate) use sentence::first_sentence;
pub(crate) use wrap::{fits, wrapped};

/// Returns the lines of a text. In Markdown, a carriage return alone ends a line too, and a comment of Rust cannot contain
/// one.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('\r'))
}

/// Returns the text on one line.
pub(crate) fn on_one_line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ")
}

/// Escapes text within a paragraph. Addresses become links, unless the text is in a link already.
pub(crate) fn text(text: &str, in_link: bool) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(start) = address(rest) {
        let (before, from) = rest.split_at(start);
        escape(before, &mut escaped);
        let end = from.find(|c: char| c.is_whitespace() || "<>\"'`[]{}|".contains(c));
        let address =
            from[..end.unwrap_or(from.len())].trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
        if in_link {
            // A link cannot contain a link, and rustdoc denies addresses that are not links.
            escape(&address.replacen(':', "\0", 1), &mut escaped);
        } else {
            escaped.push_str(&format!("<{address}>"));
        }
        rest = &from[address.len()..];
    }
    escape(rest, &mut escaped);
    escaped.replace('\0', "\\:")
}

fn address(text: &str) -> Option<usize> {
    let starts = ["https://", "http://"].iter();
    starts
        .filter_map(|start| {
            text.find(start)
                .filter(|at| text[at + start.len()..].starts_with(char::is_alphanumeric))
        })
        .min()
}

fn escape(text: &str, escaped: &mut String) {
    let mut previous = escaped.chars().next_back();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let joins = |neighbor: Option<char>| neighbor.is_some_and(char::is_alphanumeric);
        let next = letters.peek().copied();
        let is_markup = match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            // An underscore within a word is not emphasis.
            '_' => !(joins(previous) && joins(next)),
            '&' => next.is_some_and(|next| next.is_alphanumeric() || next == '#'),
            _ => false,
        };
        if is_markup {
            escaped.push('\\');
        }
        escaped.push(letter);
        previous = Some(letter);
    }
}

/// Escapes the start of a paragraph that would be read as a heading, list or quote.
pub(crate) fn paragraph(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let ends_marker = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    if digits > 0 && rest.starts_with(['.', ')']) && ends_marker(&rest[1..]) {
        return format!("{}\\{rest}", &text[..digits]);
    }
    let is_marker = text.starts_with('>')
        || (text.starts_with(['-', '+', '=']) && ends_marker(&text[1..]))
        || (text.starts_with('#') && ends_marker(text.trim_start_matches('#')))
        || text.starts_with("---")
        || text.starts_with("===");
    if is_marker {
        format!("\\{text}")
    } else {
        text.to_owned()
    }
}
