//! [`CodegenError`]: why nothing was generated, with the shape it is about.

use smithy_model::{ModelError, ModelErrors, ShapeId};

/// Why nothing was generated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CodegenError {
    /// The model is not sound.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The model is not sound, in several ways.
    #[error(transparent)]
    Models(#[from] ModelErrors),
    /// The service speaks no protocol that the generator knows.
    #[error("{service}: no protocol that can be generated; the model has: {found}")]
    Protocol {
        /// The service.
        service: ShapeId,
        /// The protocol traits it has.
        found: String,
    },
    /// A shape uses what the generator cannot express.
    #[error("{shape}: {reason}")]
    Unsupported {
        /// The shape.
        shape: ShapeId,
        /// What it uses.
        reason: String,
    },
    /// The generator wrote what is no Rust: a fault of the generator.
    #[error("{file}: the generated code is no Rust: {reason}")]
    Syntax {
        /// The file.
        file: String,
        /// What the parser says.
        reason: String,
    },
    /// A file could not be read or written.
    #[error("{path}: {reason}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        reason: String,
    },
}

impl CodegenError {
    /// An error that names the shape.
    pub(crate) fn unsupported(shape: &ShapeId, reason: impl Into<String>) -> Self {
        Self::Unsupported {
            shape: shape.clone(),
            reason: reason.into(),
        }
    }
}
