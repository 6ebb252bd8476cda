//! [`split`]: a text and what stands between its parts in, the parts out.

/// The parts of a text, at most `limit` of them unless that is zero; one part where there is nothing to cut at.
pub fn split(text: &str, delimiter: &str, limit: usize) -> Vec<String> {
    match (delimiter, limit) {
        // The rules language has no such delimiter.
        ("", _) => vec![text.to_owned()],
        (_, 0) => text.split(delimiter).map(str::to_owned).collect(),
        _ => text.splitn(limit, delimiter).map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_delimiters_up_to_the_limit() {
        let table: [(&str, &str, usize, &[&str]); 11] = [
            ("x..y..z", "..", 0, &["x", "y", "z"]),
            ("x..y..z", "..", 1, &["x..y..z"]),
            ("x..y..z", "..", 2, &["x", "y..z"]),
            ("x..y..z", "..", 9, &["x", "y", "z"]),
            ("", "..", 0, &[""]),
            ("..", "..", 0, &["", ""]),
            ("....", "..", 0, &["", "", ""]),
            ("..y..", "..", 0, &["", "y", ""]),
            ("..y..", "..", 2, &["", "y.."]),
            ("xyz", "..", 0, &["xyz"]),
            ("xyz", "", 0, &["xyz"]),
        ];
        for (text, delimiter, limit, parts) in table {
            assert_eq!(split(text, delimiter, limit), parts, "{text} {limit}");
        }
    }
}
