//! In: the `uri` of `smithy.api#http`. Out: its segments, labels and query literals.

use crate::shape_id::is_identifier;

/// A URI pattern, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UriPattern {
    /// The path's segments in order; empty for `/`.
    pub segments: Vec<Segment>,
    /// Literal query parameters in order; the value is empty when there is none.
    pub query: Vec<(String, String)>,
}

/// One segment of the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Literal text.
    Literal(String),
    /// The value of an input member.
    Label {
        /// The member's name.
        name: String,
        /// Whether the value may hold `/`.
        greedy: bool,
    },
}

impl UriPattern {
    /// Takes a URI pattern apart, or says what is wrong with it.
    pub fn parse(uri: &str) -> Result<Self, String> {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let path = path.strip_prefix('/').ok_or("it does not start with `/`")?;
        let segments: Vec<_> = path
            .split('/')
            .filter(|s| !s.is_empty())
            .map(Segment::parse)
            .collect::<Result<_, _>>()?;
        let pattern = Self {
            segments,
            query: query_literals(query)?,
        };
        pattern.check_labels()?;
        Ok(pattern)
    }

    /// The labels' names in order.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Label { name, .. } => Some(name.as_str()),
            Segment::Literal(_) => None,
        })
    }

    fn check_labels(&self) -> Result<(), String> {
        let labels: Vec<_> = self.labels().collect();
        for (index, label) in labels.iter().enumerate() {
            if labels[..index].contains(label) {
                return Err(format!("the label `{label}` is there twice"));
            }
        }
        let greedy = |s: &&Segment| matches!(s, Segment::Label { greedy: true, .. });
        if self.segments.iter().filter(greedy).count() > 1 {
            return Err("more than one label is greedy".to_owned());
        }
        Ok(())
    }
}

impl Segment {
    fn parse(text: &str) -> Result<Self, String> {
        if !text.contains(['{', '}']) {
            return Ok(Self::Literal(text.to_owned()));
        }
        let label = text
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
            .ok_or_else(|| format!("the segment `{text}` mixes text and label"))?;
        let (name, greedy) = match label.strip_suffix('+') {
            Some(name) => (name, true),
            None => (label, false),
        };
        if !is_identifier(name) {
            return Err(format!("the label `{label}` is not an identifier"));
        }
        Ok(Self::Label {
            name: name.to_owned(),
            greedy,
        })
    }
}

fn query_literals(query: &str) -> Result<Vec<(String, String)>, String> {
    if query.contains(['{', '}']) {
        return Err("a label in the query".to_owned());
    }
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    Ok(pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (name.to_owned(), value.to_owned())
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_paths_labels_and_query_apart() {
        let uri = UriPattern::parse("/a/{Bucket}/{Key+}?x-id=Get&acl").unwrap();
        let label = |name: &str, greedy| Segment::Label {
            name: name.to_owned(),
            greedy,
        };
        assert_eq!(
            uri.segments,
            [
                Segment::Literal("a".to_owned()),
                label("Bucket", false),
                label("Key", true)
            ]
        );
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(uri.query, [pair("x-id", "Get"), pair("acl", "")]);
        assert_eq!(UriPattern::parse("/").unwrap().segments, []);
    }

    #[test]
    fn refuses_bad_patterns() {
        for (uri, message) in [
            ("a", "does not start with"),
            ("/a{b}", "mixes text and label"),
            ("/{a-b}", "not an identifier"),
            ("/{a}/{a}", "twice"),
            ("/{a+}/{b+}", "more than one"),
            ("/a?b={c}", "label in the query"),
        ] {
            let error = UriPattern::parse(uri).unwrap_err();
            assert!(error.contains(message), "{uri}: {error}");
        }
    }
}
