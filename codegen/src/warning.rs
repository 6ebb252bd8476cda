//! [`Warning`]: a part of the model that was generated differently or not at all, with its shape.

use smithy_model::ShapeId;
use std::fmt;

/// A part of a model that has no effect on the generated code, although the rest of the shape has.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Warning {
    /// The shape.
    pub shape: ShapeId,
    /// The part that has no effect, and the reason.
    pub reason: String,
}

impl Warning {
    /// Creates a warning that names the shape.
    pub(crate) fn new(shape: &ShapeId, reason: impl Into<String>) -> Self {
        Self {
            shape: shape.clone(),
            reason: reason.into(),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.shape, self.reason)
    }
}
