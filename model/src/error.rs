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
    /// A file cannot be read.
    #[error("{file}: {source}")]
    Io {
        file: String,
        source: std::io::Error,
    },
    /// A file is no JSON, or not what its format asks for.
    #[error("{file}:{line}:{column}: {message}")]
    Json {
        file: String,
        line: usize,
        column: usize,
        message: String,
    },
    /// A file is in no format that is known.
    #[error(
        "{file}: neither a Smithy JSON AST (no `smithy`) nor a botocore service model (no `metadata` and `operations`)"
    )]
    UnknownFormat { file: String },
    /// A file is of a version that is not read.
    #[error("{file}: {what}")]
    UnsupportedVersion { file: String, what: String },
    /// A text that should be a shape ID is none.
    #[error("{file}: {reason}")]
    InvalidShapeId { file: String, reason: String },
    /// A shape is defined twice.
    #[error("{file}: {id}: defined twice, first in {first}")]
    DuplicateShape {
        file: String,
        id: ShapeId,
        first: String,
    },
    /// A shape has two members of one name.
    #[error("{file}: {id}: the member is defined twice")]
    DuplicateMember { file: String, id: ShapeId },
    /// A trait is applied twice in one place.
    #[error("{file}: {id}: the trait {trait_id} is there twice")]
    DuplicateTrait {
        file: String,
        id: ShapeId,
        trait_id: String,
    },
    /// A shape's type is none of Smithy's.
    #[error("{file}: {id}: unknown shape type `{found}`")]
    UnknownShapeType {
        file: String,
        id: ShapeId,
        found: String,
    },
    /// A shape breaks a rule of its type.
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
        /// How the shape refers to the target: `the target`, `the input`, `the mixin`, …
        role: &'static str,
        target: ShapeId,
    },
    /// A shape refers to one of a type that does not fit.
    #[error("{file}: {id}: {role} {target} is of type {found}, expected {expected}")]
    WrongKind {
        file: String,
        id: ShapeId,
        role: &'static str,
        target: ShapeId,
        found: &'static str,
        expected: &'static str,
    },
    /// A trait's value is not what the trait asks for.
    #[error("{file}: {id}: bad value of {trait_id}: {message}")]
    BadTrait {
        file: String,
        id: ShapeId,
        trait_id: String,
        message: String,
    },
    /// An `apply` is to a shape or member that does not exist.
    #[error("{file}: apply to {id}, which does not exist")]
    UnknownApplyTarget { file: String, id: ShapeId },
    /// Two `apply` statements give one trait different values.
    #[error("{file}: {id}: apply of {trait_id} differs from the one in {first}")]
    ConflictingApply {
        file: String,
        id: ShapeId,
        trait_id: String,
        first: String,
    },
    /// A mixin leads back to itself.
    #[error("{file}: {id}: mixes itself in by way of {path}")]
    MixinCycle {
        file: String,
        id: ShapeId,
        path: String,
    },
    /// An error of an operation or service is not marked as one.
    #[error("{file}: {id}: is used as an error but lacks smithy.api#error")]
    ErrorWithoutTrait { file: String, id: ShapeId },
    /// An operation's URI cannot be taken apart.
    #[error("{file}: {id}: bad URI `{uri}`: {message}")]
    BadUri {
        file: String,
        id: ShapeId,
        uri: String,
        message: String,
    },
    /// A label of a URI has no member in the input.
    #[error(
        "{file}: {id}: the URI `{uri}` has the label `{label}`, but the input has no such member with smithy.api#httpLabel"
    )]
    LabelWithoutMember {
        file: String,
        id: ShapeId,
        uri: String,
        label: String,
    },
    /// A member is bound to a label that the URI does not have.
    #[error(
        "{file}: {id}: has smithy.api#httpLabel, but the URI `{uri}` of {operation} has no such label"
    )]
    MemberWithoutLabel {
        file: String,
        id: ShapeId,
        operation: ShapeId,
        uri: String,
    },
    /// Two files give a metadata key different values.
    #[error("{file}: the metadata `{key}` differs from that of another file")]
    ConflictingMetadata { file: String, key: String },
    /// There is no service where one is needed.
    #[error("{files}: the model has no service")]
    NoService { files: String },
    /// There are several services where one is needed.
    #[error("{files}: the model has more than one service: {ids}")]
    ManyServices { files: String, ids: String },
    /// A shape that was asked for does not exist.
    #[error("{files}: {id}: no such shape")]
    UnknownShape { files: String, id: ShapeId },
    /// An operation that was asked for does not exist.
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
