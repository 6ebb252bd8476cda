//! Derives a plausible string from the name and the constraints of a member.

use crate::ir::Target;
use heck::ToKebabCase;
use regex_lite::Regex;

/// Parts of member names, and the values for these members. The first that matches applies.
const BY_NAME: &[(&str, &str)] = &[
    (
        "arn",
        "arn:aws:service:us-east-1:123456789012:thing/example",
    ),
    ("url", "https://example.com"),
    ("uri", "https://example.com"),
    ("endpoint", "https://example.com"),
    ("email", "someone@example.com"),
    ("bucket", "example-bucket"),
    ("region", "us-east-1"),
    ("account", "123456789012"),
    ("account-id", "123456789012"),
    ("version", "1"),
    ("date", "2030-01-01"),
    ("time", "2030-01-01T00:00:00Z"),
    ("path", "/example"),
];

/// Values that match many patterns.
const OTHERS: &[&str] = &[
    "example",
    "Example",
    "EXAMPLE",
    "example1",
    "1",
    "12",
    "123",
    "123456789012",
    "0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d",
    "0123456789abcdef",
    "us-east-1",
    "https://example.com",
    "arn:aws:iam::123456789012:role/example",
    "arn:aws:s3:::example-bucket",
    "someone@example.com",
    "2030-01-01",
    "/example",
    "{}",
];

/// Returns a string that the constraints allow, as far as one is known.
pub(super) fn plausible(name: &str, target: Option<&Target>) -> String {
    let kebab = name.to_kebab_case();
    let last = kebab.rsplit('-').next().unwrap_or_default();
    let by_name = BY_NAME
        .iter()
        .filter(|(word, _)| *word == kebab || *word == last);
    let first = match kebab.strip_suffix("-name") {
        Some(thing) => format!("my-{thing}"),
        None => kebab.clone(),
    };
    let candidates = by_name.map(|(_, text)| *text).chain([first.as_str()]);
    let candidates = candidates.chain(OTHERS.iter().copied());
    let pattern = target.and_then(|target| target.pattern.as_deref());
    let pattern = pattern.and_then(|pattern| Regex::new(&format!("^(?:{pattern})$")).ok());
    let fits = |text: &&str| {
        length_fits(text, target)
            && pattern
                .as_ref()
                .is_none_or(|pattern| pattern.is_match(text))
    };
    candidates
        .clone()
        .find(fits)
        .map_or_else(|| resized(&first, target), str::to_owned)
}

fn bounds(target: Option<&Target>) -> (usize, usize) {
    let (min, max) = target.and_then(|target| target.length).unwrap_or_default();
    let size = |size: u64| usize::try_from(size).unwrap_or(usize::MAX);
    (min.map_or(0, size), max.map_or(usize::MAX, size))
}

fn length_fits(text: &str, target: Option<&Target>) -> bool {
    let (min, max) = bounds(target);
    (min..=max).contains(&text.chars().count())
}

/// Truncates or repeats the text until its length is allowed.
fn resized(text: &str, target: Option<&Target>) -> String {
    let (min, max) = bounds(target);
    let count = text.chars().count().max(min).min(max);
    text.chars().cycle().take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Ident;

    fn target(length: (u64, u64), pattern: Option<&str>) -> Target {
        Target {
            ident: Ident::shouty("t"),
            length: Some((Some(length.0), Some(length.1))),
            range: None,
            pattern: pattern.map(str::to_owned),
            timestamp_format: None,
            media_type: None,
            unique_items: false,
            keeps_digits: false,
            element: None,
            key: None,
            carried: Vec::new(),
        }
    }

    #[test]
    fn texts_follow_the_name_as_far_as_the_constraints_allow() {
        let table = [
            (
                "flowName",
                target((1, 256), Some(r"[a-zA-Z0-9][\w!@#.-]+")),
                "my-flow",
            ),
            (
                "roleArn",
                target((20, 512), Some("arn:aws:iam:.*:[0-9]+:.*")),
                "arn:aws:iam::123456789012:role/example",
            ),
            (
                "accountId",
                target((12, 12), Some(r"\d{12}")),
                "123456789012",
            ),
            ("clientNumber", target((3, 3), Some(r"^\d{3}$")), "123"),
            ("instanceUrl", target((0, 256), None), "https://example.com"),
            ("label", target((11, 11), None), "labellabell"),
            ("label", target((1, 3), None), "1"),
            ("thing", target((1, 9), Some("(?=lookahead)")), "thing"),
        ];
        for (name, target, expected) in table {
            assert_eq!(
                plausible(name, Some(&target)),
                expected,
                "{name} {target:?}"
            );
        }
    }
}
