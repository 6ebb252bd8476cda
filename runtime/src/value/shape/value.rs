//! [`Value`]: a borrowed view of a value of any shape.

use crate::http::byte_stream::ByteStream;
use crate::value::shape::{Enumeration, Structure, Union};
use aws_smithy_types::{DateTime, Document};

/// A value of any shape, borrowed.
#[non_exhaustive]
pub enum Value<'a> {
    /// No value: an optional member that is not set, or a null in a sparse collection.
    Absent,
    /// A boolean.
    Boolean(bool),
    /// A byte, short, integer, intEnum or long.
    Integer(i64),
    /// A float.
    Float(f32),
    /// A double.
    Double(f64),
    /// A bigInteger or bigDecimal, in its decimal form.
    Number(&'a str),
    /// A string.
    String(&'a str),
    /// An enum.
    Enum(&'a dyn Enumeration),
    /// A blob.
    Blob(&'a [u8]),
    /// A blob that streams.
    Stream(&'a ByteStream),
    /// A timestamp.
    Timestamp(&'a DateTime),
    /// A document.
    Document(&'a Document),
    /// A list.
    List(&'a dyn List),
    /// A map.
    Map(&'a dyn Map),
    /// A structure.
    Structure(&'a dyn Structure),
    /// A union.
    Union(&'a dyn Union),
}

/// A list of values.
pub trait List {
    /// Returns the number of elements.
    fn len(&self) -> usize;

    /// Returns whether the list is empty.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the element at `index`, or [`Value::Absent`] past the end.
    fn element(&self, index: usize) -> Value<'_>;
}

/// A map from strings to values.
pub trait Map {
    /// Returns the number of entries.
    fn len(&self) -> usize;

    /// Returns whether the map is empty.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the entries, sorted by key, so that the output is always the same.
    fn entries(&self) -> Vec<(&str, Value<'_>)>;

    /// Returns the keys that the model declares, if the keys are an enum.
    fn known_keys(&self) -> Option<&'static [&'static str]> {
        None
    }

    /// Returns the declared keys that messages may contain.
    fn public_keys(&self) -> Vec<&'static str> {
        self.known_keys().unwrap_or_default().to_vec()
    }
}

impl Value<'_> {
    /// Returns whether there is no value.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns whether the value may contain other values.
    pub(crate) fn holds_values(&self) -> bool {
        matches!(
            self,
            Self::List(_) | Self::Map(_) | Self::Structure(_) | Self::Union(_)
        )
    }

    /// Returns the length that `smithy.api#length` limits: the characters of a text, the bytes of a blob, or the
    /// entries of a list or map.
    pub(crate) fn length(&self) -> Option<u64> {
        let length = match self {
            Self::String(text) => text.chars().count(),
            Self::Enum(value) => value.wire_value().chars().count(),
            Self::Blob(bytes) => bytes.len(),
            Self::List(list) => list.len(),
            Self::Map(map) => map.len(),
            _ => return None,
        };
        Some(length as u64)
    }

    /// Returns the number that `smithy.api#range` limits.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Integer(value) => Some(*value as f64),
            Self::Float(value) => Some(f64::from(*value)),
            Self::Double(value) => Some(*value),
            Self::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Returns whether the value is zero, `false`, or an empty text, list or map.
    pub(crate) fn is_zero(&self) -> bool {
        match self {
            Self::Boolean(value) => !value,
            Self::Integer(value) => *value == 0,
            Self::Float(value) => *value == 0.0,
            Self::Double(value) => *value == 0.0,
            Self::String(value) => value.is_empty(),
            Self::Blob(value) => value.is_empty(),
            Self::List(value) => value.is_empty(),
            Self::Map(value) => value.is_empty(),
            _ => false,
        }
    }
}
