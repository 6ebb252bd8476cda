//! Errors of models, which name the file and the shape.

use crate::ShapeId;
use std::fmt;

/// A problem of a model. `file` is the path that was passed to the loader.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "documented by the messages")]
pub enum ModelError {
    /// A file cannot be read.
    #[error("{file}: {source}")]
    Io {
        file: String,
        source: std::io::Error,
    },
    /// A file is not valid JSON, or does not match its format.
    #[error("{file}:{line}:{column}: {message}")]
    Json {
        file: String,
        line: usize,
        column: usize,
        message: String,
    },
    /// The extras of a botocore file do not fit the file.
    #[error("{file}: {path}: {message}")]
    InvalidExtras {
        file: String,
        /// The path to the entry of the extras, such as `merge.shapes.Name.type`.
        path: String,
        message: String,
    },
    /// The format of a file is unknown.
    #[error(
        "{file}: neither a Smithy JSON AST (no `smithy`) nor a botocore service model (no `metadata` and `operations`)"
    )]
    UnknownFormat { file: String },
    /// The version of a file is not supported.
    #[error("{file}: {what}")]
    UnsupportedVersion { file: String, what: String },
    /// A text is not a valid shape ID.
    #[error("{file}: {reason}")]
    InvalidShapeId { file: String, reason: String },
    /// A shape is defined twice.
    #[error("{file}: {id}: defined twice, first in {first}")]
    DuplicateShape {
        file: String,
        id: ShapeId,
        first: String,
    },
    /// A shape has two members with the same name.
    #[error("{file}: {id}: the member is defined twice")]
    DuplicateMember { file: String, id: ShapeId },
    /// A trait is applied twice in the same place.
    #[error("{file}: {id}: duplicate trait {trait_id}")]
    DuplicateTrait {
        file: String,
        id: ShapeId,
        trait_id: String,
    },
    /// The type of a shape is not a type of Smithy.
    #[error("{file}: {id}: unknown shape type `{found}`")]
    UnknownShapeType {
        file: String,
        id: ShapeId,
        found: String,
    },
    /// A shape violates a rule of its type.
    #[error("{file}: {id}: {what}")]
    InvalidShape {
        file: String,
        id: ShapeId,
        what: String,
    },
    /// A shape refers to one that does not exist.
    #[error("{file}: {id}: {role} {target} does not exist")]
    DanglingTarget {
        file: String,
        id: ShapeId,
        /// The role of the reference: `the target`, `the input`, `the mixin`, …
        role: &'static str,
        target: ShapeId,
    },
    /// A shape refers to one of an unsuitable type.
    #[error("{file}: {id}: {role} {target} is of type {found}, expected {expected}")]
    WrongKind {
        file: String,
        id: ShapeId,
        role: &'static str,
        target: ShapeId,
        found: &'static str,
        expected: &'static str,
    },
    /// The value of a trait is invalid.
    #[error("{file}: {id}: invalid value of {trait_id}: {message}")]
    BadTrait {
        file: String,
        id: ShapeId,
        trait_id: String,
        message: String,
    },
    /// An `apply` statement refers to a shape or member that does not exist.
    #[error("{file}: apply to {id}, which does not exist")]
    UnknownApplyTarget { file: String, id: ShapeId },
    /// Two `apply` statements set different values of the same trait.
    #[error("{file}: {id}: apply of {trait_id} differs from the one in {first}")]
    ConflictingApply {
        file: String,
        id: ShapeId,
        trait_id: String,
        first: String,
    },
    /// A mixin contains itself.
    #[error("{file}: {id}: mixin cycle through {path}")]
    MixinCycle {
        file: String,
        id: ShapeId,
        path: String,
    },
    /// An error of an operation or service lacks the error trait.
    #[error("{file}: {id}: used as an error, but lacks smithy.api#error")]
    ErrorWithoutTrait { file: String, id: ShapeId },
    /// The URI of an operation cannot be parsed.
    #[error("{file}: {id}: invalid URI `{uri}`: {message}")]
    BadUri {
        file: String,
        id: ShapeId,
        uri: String,
        message: String,
    },
    /// A label of a URI has no corresponding member in the input.
    #[error(
        "{file}: {id}: the URI `{uri}` has the label `{label}`, but the input has no such member with smithy.api#httpLabel"
    )]
    LabelWithoutMember {
        file: String,
        id: ShapeId,
        uri: String,
        label: String,
    },
    /// The URI lacks the label that a member is bound to.
    #[error(
        "{file}: {id}: has smithy.api#httpLabel, but the URI `{uri}` of {operation} has no such label"
    )]
    MemberWithoutLabel {
        file: String,
        id: ShapeId,
        operation: ShapeId,
        uri: String,
    },
    /// Two files set different values of the same metadata key.
    #[error("{file}: the metadata `{key}` differs from that of another file")]
    ConflictingMetadata { file: String, key: String },
    /// The model has no service, but one is required.
    #[error("{files}: the model has no service")]
    NoService { files: String },
    /// The model has several services, but one is required.
    #[error("{files}: the model has more than one service: {ids}")]
    ManyServices { files: String, ids: String },
    /// A requested shape does not exist.
    #[error("{files}: {id}: no such shape")]
    UnknownShape { files: String, id: ShapeId },
    /// A requested operation does not exist.
    #[error("{files}: {service}: no operation `{name}`{}", near_names(near))]
    UnknownOperation {
        files: String,
        service: ShapeId,
        name: String,
        near: Vec<String>,
    },
}

/// The problems found in a model, in the order of files and shapes; never empty. `Display` writes one on each line.
#[derive(Debug)]
pub struct ModelErrors(Vec<ModelError>);

impl ModelErrors {
    /// Returns an iterator over the problems.
    pub fn iter(&self) -> std::slice::Iter<'_, ModelError> {
        self.0.iter()
    }

    /// Returns `Ok` if there are no problems.
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
