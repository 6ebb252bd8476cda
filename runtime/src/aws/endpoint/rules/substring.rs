//! [`substring`]: a text and where to cut in, the part between out.

/// The part from `start` up to `stop`, counted from the end when `reverse`; `None` when the text is too short, or has
/// characters other than ASCII's.
pub fn substring(text: &str, start: usize, stop: usize, reverse: bool) -> Option<&str> {
    if start >= stop || text.len() < stop || !text.is_ascii() {
        return None;
    }
    if reverse {
        text.get(text.len() - stop..text.len() - start)
    } else {
        text.get(start..stop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_is_cut_from_either_end_or_not_at_all() {
        let table = [
            ("abcde", 0, 2, false, Some("ab")),
            ("abcde", 1, 5, false, Some("bcde")),
            ("abcde", 0, 2, true, Some("de")),
            ("abcde", 1, 4, true, Some("bcd")),
            ("abcde", 0, 6, false, None),
            ("abcde", 2, 2, false, None),
            ("abcdé", 0, 2, false, None),
        ];
        for (text, start, stop, reverse, part) in table {
            assert_eq!(
                substring(text, start, stop, reverse),
                part,
                "{text} {start} {stop} {reverse}"
            );
        }
    }
}
