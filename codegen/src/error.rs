//! [`CodegenError`]: the reason why nothing was generated, with the shape that caused it.

use smithy_model::{ModelError, ModelErrors, ShapeId};

/// The error of a generation that produced nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CodegenError {
    /// The model is not valid.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The model is not valid, for several reasons.
    #[error(transparent)]
    Models(#[from] ModelErrors),
    /// The service supports none of the protocols that the generator knows.
    #[error("{service}: no protocol that can be generated; the model has: {found}")]
    Protocol {
        /// The service.
        service: ShapeId,
        /// The protocol traits of the service.
        found: String,
    },
    /// A shape uses a feature that the generator does not support.
    #[error("{shape}: {reason}")]
    Unsupported {
        /// The shape.
        shape: ShapeId,
        /// The feature that is not supported.
        reason: String,
    },
    /// The generated code is not valid Rust: a bug in the generator.
    #[error("{file}: invalid generated code: {reason}")]
    Syntax {
        /// The file.
        file: String,
        /// The message of the parser.
        reason: String,
    },
    /// A file could not be read or written.
    #[error("{path}: {reason}")]
    File {
        /// The file.
        path: String,
        /// The message of the operating system.
        reason: String,
    },
}

impl CodegenError {
    /// Creates an error that names the shape.
    pub(crate) fn unsupported(shape: &ShapeId, reason: impl Into<String>) -> Self {
        Self::Unsupported {
            shape: shape.clone(),
            reason: reason.into(),
        }
    }
}
