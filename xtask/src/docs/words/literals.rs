//! Finds the string literals of Rust code.

/// Returns each string literal as it stands in the code, with the line on which it begins.
///
/// Comments and characters are skipped. Escapes stay as they are, except that a line that continues on the next one is
/// joined to it.
pub(super) fn of(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let (mut line, mut rest) = (1, code);
    while !rest.is_empty() {
        let token = Token::first(rest);
        let (text, behind) = rest.split_at(token.length.min(rest.len()));
        if let Some(hashes) = token.literal {
            let inner = text.trim_start_matches(['r', '#']);
            let inner = inner.get(1..inner.len().saturating_sub(1 + hashes));
            found.push((line, joined(inner.unwrap_or_default())));
        }
        line += text.matches('\n').count();
        rest = behind;
    }
    found
}

/// A piece of code: how long it is and, if it is a string literal, how many `#` it is raw with.
struct Token {
    length: usize,
    literal: Option<usize>,
}

impl Token {
    fn first(code: &str) -> Self {
        let other = |length| Self {
            length,
            literal: None,
        };
        if code.starts_with("//") {
            return other(code.find('\n').unwrap_or(code.len()));
        }
        if let Some(character) = character(code) {
            return other(character);
        }
        if let Some(behind) = code.strip_prefix('r') {
            let hashes = behind.len() - behind.trim_start_matches('#').len();
            if behind[hashes..].starts_with('"') {
                return Self::raw(code, hashes);
            }
        }
        if let Some(behind) = code.strip_prefix('"') {
            return Self {
                length: 1 + quoted(behind),
                literal: Some(0),
            };
        }
        // A name is one piece, so that the `r` at its end begins no literal.
        let name = code.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
        let first = code.chars().next().map_or(1, char::len_utf8);
        other(name.unwrap_or(code.len()).max(first))
    }

    fn raw(code: &str, hashes: usize) -> Self {
        let opening = hashes + 2;
        let end = format!("\"{}", "#".repeat(hashes));
        let inner = code[opening..].find(&end).map(|at| at + end.len());
        Self {
            length: opening + inner.unwrap_or(code.len()),
            literal: Some(hashes),
        }
    }
}

/// Returns the length of a character literal; a lifetime is not one.
fn character(code: &str) -> Option<usize> {
    let behind = code.strip_prefix('\'')?;
    let mut letters = behind.char_indices();
    let (_, first) = letters.next()?;
    if first == '\\' {
        return behind[2..].find('\'').map(|at| at + 4);
    }
    let (at, end) = letters.next()?;
    (end == '\'').then_some(at + 2)
}

/// Returns the length of the rest of a string literal, with its closing quote.
fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (index, letter) in rest.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Joins lines that end with a backslash.
fn joined(literal: &str) -> String {
    let mut pieces = literal.split("\\\n");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |joined, piece| joined + piece.trim_start())
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn literals_have_the_line_they_begin_on() {
        for (code, expected) in [
            (r#"a("x y")"#, &[(1, "x y")][..]),
            (
                "\n\"one \\\n   two\"; \"three\"",
                &[(2, "one two"), (3, "three")],
            ),
            (r##"r#"a "b" c"#; "d""##, &[(1, "a \"b\" c"), (1, "d")]),
            (r#"r"a\"; "b""#, &[(1, "a\\"), (1, "b")]),
            (r#""a \"b\"" "c""#, &[(1, "a \\\"b\\\""), (1, "c")]),
            ("// \"not this\"\n\"this\"", &[(2, "this")]),
            (
                r#"'"' "a" '\'' "b" '\\' "c""#,
                &[(1, "a"), (1, "b"), (1, "c")],
            ),
            (r#"fn f<'a>(x: &'a str) { for_("a") }"#, &[(1, "a")]),
            (r#"'\u{22}' b"bytes" 'é' "a""#, &[(1, "bytes"), (1, "a")]),
        ] {
            let found = of(code);
            let found: Vec<_> = found
                .iter()
                .map(|(line, it)| (*line, it.as_str()))
                .collect();
            assert_eq!(found, expected, "{code}");
        }
    }
}
