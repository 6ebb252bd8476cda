//! In: what went wrong, and where. Out: errors that always name the file and the shape.

use crate::ShapeId;
use std::fmt;

/// One problem of a model. `file` is the path as it was given to the loader.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[expect(
    missing_docs,
    reason = "the message of each variant says what its fields are"
)]
pub enum ModelError {
    #[error("{file}: {source}")]
    Io {
        file: String,
        source: std::io::Error,
    },
    #[error("{file}:{line}:{column}: {message}")]
    Json {
        file: String,
        line: usize,
        column: usize,
        message: String,
    },
    #[error(
        "{file}: neither a Smithy JSON AST (no `smithy`) nor a botocore service model (no `metadata` and `operations`)"
    )]
    UnknownFormat { file: String },
    #[error("{file}: {what}")]
    UnsupportedVersion { file: String, what: String },
    #[error("{file}: {reason}")]
    InvalidShapeId { file: String, reason: String },
    #[error("{file}: {id}: defined twice, first in {first}")]
    DuplicateShape {
        file: String,
        id: ShapeId,
        first: String,
    },
    #[error("{file}: {id}: the member is defined twice")]
    DuplicateMember { file: String, id: ShapeId },
    #[error("{file}: {id}: the trait {trait_id} is there twice")]
    DuplicateTrait {
        file: String,
        id: ShapeId,
        trait_id: String,
    },
    #[error("{file}: {id}: unknown shape type `{found}`")]
    UnknownShapeType {
        file: String,
        id: ShapeId,
        found: String,
    },
    #[error("{file}: {id}: {what}")]
    InvalidShape {
        file: String,
        id: ShapeId,
        what: String,
    },
    #[error("{file}: {id}: {role} {target} does not exist")]
    DanglingTarget {
        file: String,
        id: ShapeId,
        /// How the shape refers to the target: `the target`, `the input`, `the mixin`, …
        role: &'static str,
        target: ShapeId,
    },
    #[error("{file}: {id}: {role} {target} is of type {found}, expected {expected}")]
    WrongKind {
        file: String,
        id: ShapeId,
        role: &'static str,
        target: ShapeId,
        found: &'static str,
        expected: &'static str,
    },
    #[error("{file}: {id}: bad value of {trait_id}: {message}")]
    BadTrait {
        file: String,
        id: ShapeId,
        trait_id: String,
        message: String,
    },
    #[error("{file}: apply to {id}, which does not exist")]
    UnknownApplyTarget { file: String, id: ShapeId },
    #[error("{file}: {id}: apply of {trait_id} differs from the one in {first}")]
    ConflictingApply {
        file: String,
        id: ShapeId,
        trait_id: String,
        first: String,
    },
    #[error("{file}: {id}: mixes itself in by way of {path}")]
    MixinCycle {
        file: String,
        id: ShapeId,
        path: String,
    },
    #[error("{file}: {id}: is used as an error but lacks smithy.api#error")]
    ErrorWithoutTrait { file: String, id: ShapeId },
    #[error("{file}: {id}: bad URI `{uri}`: {message}")]
    BadUri {
        file: String,
        id: ShapeId,
        uri: String,
        message: String,
    },
    #[error(
        "{file}: {id}: the URI `{uri}` has the label `{label}`, but the input has no such member with smithy.api#httpLabel"
    )]
    LabelWithoutMember {
        file: String,
        id: ShapeId,
        uri: String,
        label: String,
    },
    #[error(
        "{file}: {id}: has smithy.api#httpLabel, but the URI `{uri}` of {operation} has no such label"
    )]
    MemberWithoutLabel {
        file: String,
        id: ShapeId,
        operation: ShapeId,
        uri: String,
    },
    #[error("{file}: the metadata `{key}` differs from that of another file")]
    ConflictingMetadata { file: String, key: String },
    #[error("{files}: the model has no service")]
    NoService { files: String },
    #[error("{files}: the model has more than one service: {ids}")]
    ManyServices { files: String, ids: String },
    #[error("{files}: {id}: no such shape")]
    UnknownShape { files: String, id: ShapeId },
    #[error("{files}: {service}: no operation `{name}`{}", near_names(near))]
    UnknownOperation {
        files: String,
        service: ShapeId,
        name: String,
        near: Vec<String>,
    },
}

/// Every problem found in a model, in the order of files and shapes; never empty. Displays one a line.
#[derive(Debug)]
pub struct ModelErrors(Vec<ModelError>);

impl ModelErrors {
    /// The problems.
    pub fn iter(&self) -> std::slice::Iter<'_, ModelError> {
        self.0.iter()
    }

    /// `Ok` when nothing was found.
    pub(crate) fn check(problems: Vec<ModelError>) -> Result<(), Self> {
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Self(problems))
        }
    }
}

impl From<ModelError> for ModelErrors {
    fn from(error: ModelError) -> Self {
        Self(vec![error])
    }
}

impl IntoIterator for ModelErrors {
    type Item = ModelError;
    type IntoIter = std::vec::IntoIter<ModelError>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for ModelErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ModelErrors {}

fn near_names(near: &[String]) -> String {
    if near.is_empty() {
        return String::new();
    }
    format!("; did you mean {}?", near.join(", "))
}
