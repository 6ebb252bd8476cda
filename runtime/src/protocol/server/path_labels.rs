//! Reads the labels of a path.

use crate::protocol::server::Labels;
use crate::value::schema::Segment;
use percent_encoding::percent_decode_str;

/// Returns the decoded labels of a path, if the path matches. A label at the end includes the slashes after it, because
/// not every client encodes them.
pub(crate) fn path_labels(segments: &[Segment], path: &str) -> Option<Labels> {
    let mut labels = Labels::new();
    let mut rest = path;
    for (position, segment) in segments.iter().enumerate() {
        let next = segments.get(position + 1);
        match *segment {
            Segment::Literal(text) => rest = rest.strip_prefix(text)?,
            Segment::Label(name) | Segment::Greedy(name) => {
                let end = label_end(rest, next, matches!(segment, Segment::Greedy(_)))?;
                let (value, after) = rest.split_at_checked(end)?;
                if value.is_empty() {
                    return None;
                }
                let value = percent_decode_str(value).decode_utf8().ok()?;
                labels.push((name, value.into_owned()));
                rest = after;
            }
        }
    }
    rest.is_empty().then_some(labels)
}

fn label_end(rest: &str, next: Option<&Segment>, greedy: bool) -> Option<usize> {
    match next {
        None => Some(rest.len()),
        Some(Segment::Literal(text)) if greedy => rest.rfind(text),
        Some(_) => rest.find('/'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_and_decoded() {
        let tags = &[Segment::Literal("/tags/"), Segment::Label("arn")];
        let middle = &[
            Segment::Literal("/a/"),
            Segment::Label("x"),
            Segment::Literal("/b"),
        ];
        let greedy = &[
            Segment::Literal("/a/"),
            Segment::Greedy("x"),
            Segment::Literal("/b"),
        ];
        let table: [(&[Segment], &str, Option<&str>); 9] = [
            (tags, "/tags/arn%3Aflow%2Fn", Some("arn:flow/n")),
            (tags, "/tags/arn:flow/n", Some("arn:flow/n")),
            (tags, "/tags/", None),
            (tags, "/tags", None),
            (tags, "/tags/%FF", None),
            (middle, "/a/x%20y/b", Some("x y")),
            (middle, "/a/x/y/b", None),
            (greedy, "/a/x/b/y/b", Some("x/b/y")),
            (middle, "/a/x/bc", None),
        ];
        for (segments, path, expected) in table {
            let found = path_labels(segments, path);
            let value = found.as_ref().map(|labels| labels[0].1.as_str());
            assert_eq!(value, expected, "{path}");
        }
    }
}
