//! [`ModelWarning`]: a warning about an ignored part of a model, which names the file and the shape.

use crate::ShapeId;
use std::fmt;

/// A warning about a part of a valid model that is ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ModelWarning {
    /// The file, as it was passed to the loader.
    pub file: String,
    /// The shape or member.
    pub id: ShapeId,
    /// A description of the ignored part.
    pub what: String,
}

impl fmt::Display for ModelWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, id, what } = self;
        write!(f, "{file}: {id}: {what}")
    }
}
