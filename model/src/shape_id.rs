//! [`ShapeId`]: a checked shape ID that is cheap to clone and compare.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr, sync::Arc};

/// The namespace of the shapes that models can use without defining them.
pub const PRELUDE_NAMESPACE: &str = "smithy.api";

/// An absolute shape ID: `namespace#Name`, or `namespace#Name$member`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(Arc<str>);

/// An error for a text that is not an absolute shape ID.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an absolute shape ID: {reason}")]
pub struct ShapeIdError {
    /// The text.
    pub text: String,
    /// The reason.
    pub reason: &'static str,
}

impl ShapeId {
    /// Creates the ID of the shape `name` in `namespace`.
    ///
    /// # Errors
    ///
    /// Returns an error if the namespace or the name is invalid.
    pub fn new(namespace: &str, name: &str) -> Result<Self, ShapeIdError> {
        format!("{namespace}#{name}").parse()
    }

    /// Returns the part before `#`, for example `com.amazonaws.appflow`.
    pub fn namespace(&self) -> &str {
        self.0
            .split_once('#')
            .map_or("", |(namespace, _)| namespace)
    }

    /// Returns the name of the shape, for example `CreateFlow`.
    pub fn name(&self) -> &str {
        let shape = self.shape_text();
        shape.split_once('#').map_or(shape, |(_, name)| name)
    }

    /// Returns the name of the member, or `None` if the ID is that of a shape.
    pub fn member(&self) -> Option<&str> {
        self.0.split_once('$').map(|(_, member)| member)
    }

    /// Returns the ID as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the ID of a member of this shape. The name of the member is not checked.
    pub fn with_member(&self, member: &str) -> Self {
        Self(format!("{}${member}", self.shape_text()).into())
    }

    /// Returns the ID of the shape, without the member.
    pub fn without_member(&self) -> Self {
        match self.0.split_once('$') {
            Some((shape, _)) => Self(shape.into()),
            None => self.clone(),
        }
    }

    /// Returns whether the shape belongs to the prelude (`smithy.api`).
    pub fn is_prelude(&self) -> bool {
        self.namespace() == PRELUDE_NAMESPACE
    }

    /// Returns whether the ID is `smithy.api#Unit`, which represents the absence of a value.
    pub fn is_unit(&self) -> bool {
        self.is_prelude() && self.name() == "Unit"
    }

    /// Returns the ID of a shape of the prelude without checking it, since its name is defined in this crate.
    pub(crate) fn prelude(name: &str) -> Self {
        Self(format!("{PRELUDE_NAMESPACE}#{name}").into())
    }

    fn shape_text(&self) -> &str {
        self.0.split_once('$').map_or(&*self.0, |(shape, _)| shape)
    }
}

impl FromStr for ShapeId {
    type Err = ShapeIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fail = |reason| ShapeIdError {
            text: text.to_owned(),
            reason,
        };
        let hash = text.find('#').ok_or_else(|| fail("missing `#`"))?;
        let dollar = text.find('$').unwrap_or(text.len());
        if dollar < hash {
            return Err(fail("`$` comes before `#`"));
        }
        if !text[..hash].split('.').all(is_identifier) {
            return Err(fail("the namespace does not consist of identifiers"));
        }
        if !is_identifier(&text[hash + 1..dollar]) {
            return Err(fail("the name is not an identifier"));
        }
        if text.get(dollar + 1..).is_some_and(|m| !is_identifier(m)) {
            return Err(fail("the member is not an identifier"));
        }
        Ok(Self(text.into()))
    }
}

/// Returns whether `text` is a Smithy identifier: ASCII letters, digits and `_`, not starting with a digit, not only
/// `_`.
pub(crate) fn is_identifier(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().any(|b| b != b'_')
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for ShapeId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ShapeId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_into_namespace_name_and_member() {
        let id: ShapeId = "a.b#C$d".parse().unwrap();
        assert_eq!(
            (id.namespace(), id.name(), id.member()),
            ("a.b", "C", Some("d"))
        );
        let shape = id.without_member();
        assert_eq!((shape.as_str(), shape.member()), ("a.b#C", None));
        assert_eq!(shape.with_member("d"), id);
        assert_eq!(id.with_member("e").to_string(), "a.b#C$e");
    }

    #[test]
    fn refuses_what_is_not_absolute() {
        for (text, reason) in [
            ("C", "missing `#`"),
            ("a$b#C", "`$` comes before `#`"),
            ("a..b#C", "namespace"),
            ("#C", "namespace"),
            ("a#", "name is not"),
            ("a#1C", "name is not"),
            ("a#_", "name is not"),
            ("a#C$", "member"),
            ("a#C$d-e", "member"),
            ("a#C#D", "name is not"),
        ] {
            let error = text.parse::<ShapeId>().unwrap_err().to_string();
            assert!(
                error.contains(reason) && error.contains(text),
                "{text}: {error}"
            );
        }
    }

    #[test]
    fn a_member_sorts_right_after_its_shape() {
        let mut ids: Vec<ShapeId> = ["a#BC", "a#B$z", "a.b#A", "a#B"]
            .iter()
            .map(|t| t.parse().unwrap())
            .collect();
        ids.sort();
        let texts: Vec<_> = ids.iter().map(ShapeId::as_str).collect();
        assert_eq!(texts, ["a#B", "a#B$z", "a#BC", "a.b#A"]);
    }
}
