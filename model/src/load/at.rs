//! A location in the model files, and the errors and traits at it.

use crate::{ModelError, ShapeId, Traits, ast::Entries};
use serde_json::Value;
use std::sync::Arc;

/// The location of a problem: the file and the shape.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    pub(super) file: &'a Arc<str>,
    pub(super) id: &'a ShapeId,
}

impl At<'_> {
    pub(super) fn invalid(self, what: impl Into<String>) -> ModelError {
        ModelError::InvalidShape {
            file: self.file.to_string(),
            id: self.id.clone(),
            what: what.into(),
        }
    }

    pub(super) fn bad_trait(self, trait_id: &str, message: impl Into<String>) -> ModelError {
        ModelError::BadTrait {
            file: self.file.to_string(),
            id: self.id.clone(),
            trait_id: trait_id.to_owned(),
            message: message.into(),
        }
    }
}

/// Collects traits, and reports duplicates.
pub(super) fn traits(
    at: At<'_>,
    entries: Entries<String, Value>,
    problems: &mut Vec<ModelError>,
) -> Traits {
    let mut traits = Traits::default();
    for (trait_id, value) in entries.0 {
        if traits.has(&trait_id) {
            problems.push(ModelError::DuplicateTrait {
                file: at.file.to_string(),
                id: at.id.clone(),
                trait_id,
            });
        } else {
            traits.insert(trait_id, value);
        }
    }
    traits
}
