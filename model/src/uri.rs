//! Parses the `uri` of `smithy.api#http` into segments, labels and query literals.

use crate::shape_id::is_identifier;

/// A parsed URI pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UriPattern {
    /// Segments of the path in order; empty for `/`.
    pub segments: Vec<Segment>,
    /// Literal query parameters in order, with an empty string for a parameter without a value.
    pub query: Vec<(String, String)>,
}

/// A segment of the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Literal text.
    Literal(String),
    /// The value of an input member.
    Label {
        /// Name of the member.
        name: String,
        /// `true` if the value may contain `/`.
        greedy: bool,
    },
}

impl UriPattern {
    /// Parses a URI pattern.
    ///
    /// # Errors
    ///
    /// Returns a message if the pattern is invalid.
    pub fn parse(uri: &str) -> Result<Self, String> {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let path = path.strip_prefix('/').ok_or("missing leading `/`")?;
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

    /// Returns the names of the labels in order.
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
                return Err(format!("duplicate label `{label}`"));
            }
        }
        let greedy = |s: &&Segment| matches!(s, Segment::Label { greedy: true, .. });
        if self.segments.iter().filter(greedy).count() > 1 {
            return Err("more than one greedy label".to_owned());
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
            .ok_or_else(|| format!("segment `{text}`: text and label are mixed"))?;
        let (name, greedy) = match label.strip_suffix('+') {
            Some(name) => (name, true),
            None => (label, false),
        };
        if !is_identifier(name) {
            return Err(format!("label `{label}`: not an identifier"));
        }
        Ok(Self::Label {
            name: name.to_owned(),
            greedy,
        })
    }
}

fn query_literals(query: &str) -> Result<Vec<(String, String)>, String> {
    if query.contains(['{', '}']) {
        return Err("label in the query string".to_owned());
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
            ("a", "missing leading"),
            ("/a{b}", "text and label are mixed"),
            ("/{a-b}", "not an identifier"),
            ("/{a}/{a}", "duplicate label"),
            ("/{a+}/{b+}", "more than one"),
            ("/a?b={c}", "label in the query string"),
        ] {
            let error = UriPattern::parse(uri).unwrap_err();
            assert!(error.contains(message), "{uri}: {error}");
        }
    }
}
