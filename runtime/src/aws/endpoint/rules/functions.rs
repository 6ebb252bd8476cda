//! The functions of the rules language whose values are texts and lists of texts: `getAttr` by index, `ite`, `split`,
//! `substring`, `uriEncode`, and the tests of host labels.

use crate::aws::endpoint::is_host_label;
use crate::http::percent::COMPONENT;
use percent_encoding::utf8_percent_encode;

/// Returns an element of a list. A negative index counts from the end: `-1` is the last element.
pub fn element(list: &[String], index: isize) -> Option<&str> {
    list.get(place(index, list.len())?).map(String::as_str)
}

/// Converts an index to a position in a list of this length. Returns `None` if it is before the first element.
pub(super) fn place(index: isize, length: usize) -> Option<usize> {
    let start = if index < 0 { length } else { 0 };
    start.checked_add_signed(index)
}

/// Returns one value if the condition is `true`, and the other if it is not.
///
/// This is a function instead of an `if` because the values that it borrows must live as long as the rule.
pub fn ite<T>(condition: bool, when_true: T, when_false: T) -> T {
    if condition { when_true } else { when_false }
}

/// Splits a text into at most `limit` parts, or any number of parts if the limit is zero. A text without the delimiter
/// is one part.
pub fn split(text: &str, delimiter: &str, limit: usize) -> Vec<String> {
    match (delimiter, limit) {
        // The rules language does not permit an empty delimiter.
        ("", _) => vec![text.to_owned()],
        (_, 0) => text.split(delimiter).map(str::to_owned).collect(),
        _ => text.splitn(limit, delimiter).map(str::to_owned).collect(),
    }
}

/// Returns the text from `start` to `stop`, counted from the end if `reverse` is `true`. Returns `None` if the text is
/// too short, or contains characters other than ASCII.
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

/// Returns the percent-encoded text.
pub fn uri_encode(text: &str) -> Option<String> {
    Some(utf8_percent_encode(text, COMPONENT).to_string())
}

/// Returns whether a text is a valid host label, or several labels separated by dots.
pub fn is_valid_host_label(text: &str, allow_sub_domains: bool) -> bool {
    if allow_sub_domains {
        text.split('.').all(is_host_label)
    } else {
        is_host_label(text)
    }
}

/// Returns whether the name of a bucket can be part of a host name: it has at least three lower-case characters, and is
/// not an IPv4 address.
pub fn is_virtual_hostable_s3_bucket(text: &str, allow_sub_domains: bool) -> bool {
    let is_address = text.parse::<std::net::Ipv4Addr>().is_ok();
    let is_upper = text.bytes().any(|byte| byte.is_ascii_uppercase());
    text.len() >= 3 && !is_address && !is_upper && is_valid_host_label(text, allow_sub_domains)
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

    #[test]
    fn the_condition_chooses() {
        assert_eq!(ite(true, "-fips", ""), "-fips");
        assert_eq!(ite(false, "-fips", ""), "");
    }

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

    #[test]
    fn all_but_unreserved_characters_are_encoded() {
        assert_eq!(uri_encode("aZ0-_.~").as_deref(), Some("aZ0-_.~"));
        assert_eq!(uri_encode("a b/ü:").as_deref(), Some("a%20b%2F%C3%BC%3A"));
    }

    #[test]
    fn labels_are_letters_digits_and_inner_hyphens() {
        let table = [
            // (text, valid alone, valid with subdomains)
            ("a", true, true),
            ("us-east-1", true, true),
            ("a.b", false, true),
            ("a..b", false, false),
            ("", false, false),
            ("-a", false, false),
            ("a-", false, false),
            ("a_b", false, false),
            ("x/", false, false),
        ];
        for (text, alone, with) in table {
            assert_eq!(is_valid_host_label(text, false), alone, "{text}");
            assert_eq!(is_valid_host_label(text, true), with, "{text}");
        }
        assert!(is_valid_host_label(&"a".repeat(63), false));
        assert!(!is_valid_host_label(&"a".repeat(64), false));
    }

    #[test]
    fn buckets_in_host_names_are_lower_case_and_long_enough() {
        let table = [
            ("bucket", true, true),
            ("my.bucket", false, true),
            ("Bucket", false, false),
            ("bu", false, false),
            ("192.168.100.100", false, false),
        ];
        for (text, alone, with) in table {
            assert_eq!(is_virtual_hostable_s3_bucket(text, false), alone, "{text}");
            assert_eq!(is_virtual_hostable_s3_bucket(text, true), with, "{text}");
        }
    }
}
