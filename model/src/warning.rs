//! In: what a model says that nobody here knows. Out: [`ModelWarning`], which names the file and the shape.

use crate::ShapeId;
use std::fmt;

/// What was passed over in a model that is sound otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ModelWarning {
    /// The file, as it was given to the loader.
    pub file: String,
    /// The shape or member.
    pub id: ShapeId,
    /// What was passed over.
    pub what: String,
}

impl fmt::Display for ModelWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, id, what } = self;
        write!(f, "{file}: {id}: {what}")
    }
}
