//! Finds the first sentence of a text.

/// Abbreviations with a full stop that does not end a sentence.
const ABBREVIATIONS: [&str; 5] = ["e.g.", "i.e.", "vs.", "approx.", "incl."];

/// Returns the first sentence of the first paragraph, on one line.
pub(crate) fn first_sentence(lines: &[String]) -> String {
    let paragraph = lines.iter().take_while(|line| !line.trim().is_empty());
    let paragraph: Vec<&str> = paragraph.map(|line| line.trim()).collect();
    let text = paragraph.join(" ");
    let text = match end(&text) {
        Some(end) => &text[..end],
        None => text.as_str(),
    };
    // The text that the colon introduces is not part of the sentence.
    match text.strip_suffix(':') {
        Some(text) => format!("{text}."),
        None => text.to_owned(),
    }
}

/// Returns the position after the first full stop that a new sentence follows, outside of code, links and parentheses.
fn end(text: &str) -> Option<usize> {
    let (mut in_code, mut depth) = (false, 0_u32);
    for (at, letter) in text.char_indices() {
        match letter {
            '`' => in_code = !in_code,
            _ if in_code => {}
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            '.' | '!' | '?' if depth == 0 => {
                let end = at + letter.len_utf8();
                let word = text[..end].rsplit(' ').next().unwrap_or_default();
                if starts_sentence(&text[end..]) && !ABBREVIATIONS.contains(&word) {
                    return Some(end);
                }
            }
            _ => {}
        }
    }
    None
}

fn starts_sentence(rest: &str) -> bool {
    let next = rest.strip_prefix(' ').and_then(|rest| rest.chars().next());
    next.is_some_and(|next| !next.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_where_the_next_begins() {
        let table: [(&[&str], &str); 8] = [
            (&["One. Two."], "One."),
            (&["One", "goes on. Two."], "One goes on."),
            (&["One.", "", "Two."], "One."),
            (
                &["See `a. B` and [c. D](e). F."],
                "See `a. B` and [c. D](e).",
            ),
            (&["In files, e.g. CSV. More."], "In files, e.g. CSV."),
            (&["Version 1.2 of it"], "Version 1.2 of it"),
            (&["One of:", "", "- this"], "One of."),
            (&[], ""),
        ];
        for (lines, expected) in table {
            let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            assert_eq!(first_sentence(&lines), expected, "{lines:?}");
        }
    }
}
