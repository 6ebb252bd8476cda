//! [`Warning`]: what was generated otherwise than the model has it, or not at all, with the shape it is about.

use smithy_model::ShapeId;
use std::fmt;

/// What of a model has no effect on the generated code, though the rest of it has.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Warning {
    /// The shape.
    pub shape: ShapeId,
    /// What has no effect, and why.
    pub reason: String,
}

impl Warning {
    /// A warning that names the shape.
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
