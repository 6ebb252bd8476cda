//! [`element`]: the index of a `getAttr` path in, the element of a list out.

/// The element of a list; an index below zero counts from the end, `-1` being the last.
pub fn element(list: &[String], index: isize) -> Option<&str> {
    list.get(place(index, list.len())?).map(String::as_str)
}

/// An index as a place in a list of this length, where it is not before the first.
pub(super) fn place(index: isize, length: usize) -> Option<usize> {
    let start = if index < 0 { length } else { 0 };
    start.checked_add_signed(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_counted_from_either_end() {
        let list = ["a", "b", "c"].map(str::to_owned);
        let table = [
            (0, Some("a")),
            (2, Some("c")),
            (3, None),
            (-1, Some("c")),
            (-3, Some("a")),
            (-4, None),
            (isize::MIN, None),
        ];
        for (index, found) in table {
            assert_eq!(element(&list, index), found, "{index}");
        }
        assert_eq!(element(&[], -1), None);
    }
}
