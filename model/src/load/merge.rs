//! In: parsed files. Out: all shapes of all files by ID, and the `apply` statements apart.

use super::build;
use crate::{
    ModelError, ModelErrors, Shape, ShapeId, Traits,
    ast::{AstShape, Entries},
    source::{Format, Source},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::Arc,
};

/// Everything the files say, before mixins and `apply` statements have had their effect.
#[derive(Debug, Default)]
pub(super) struct Merged {
    pub(super) shapes: BTreeMap<ShapeId, Defined>,
    /// In the order of files and statements.
    pub(super) applies: Vec<Apply>,
    pub(super) metadata: BTreeMap<String, Value>,
}

/// A shape as one file defines it.
#[derive(Debug)]
pub(super) struct Defined {
    pub(super) file: Arc<str>,
    pub(super) format: Format,
    pub(super) shape: Shape,
    pub(super) mixins: Vec<ShapeId>,
}

/// One `apply` statement: traits for a shape or member.
#[derive(Debug)]
pub(super) struct Apply {
    pub(super) file: Arc<str>,
    pub(super) target: ShapeId,
    pub(super) traits: Traits,
}

pub(super) fn merge(sources: Vec<Source>) -> Result<Merged, ModelErrors> {
    let mut merged = Merged::default();
    let mut problems = Vec::new();
    for source in sources {
        merged.add_metadata(&source.file, source.ast.metadata, &mut problems);
        for (id, ast) in source.ast.shapes.0 {
            let at = At {
                file: &source.file,
                id: &id,
            };
            if ast.kind == "apply" {
                let traits = traits(at, ast.traits, &mut problems);
                merged.applies.push(Apply {
                    file: source.file.clone(),
                    target: id,
                    traits,
                });
            } else {
                merged.add_shape(at, source.format, ast, &mut problems);
            }
        }
    }
    ModelErrors::check(problems)?;
    Ok(merged)
}

/// Where a problem is: what every error needs.
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

/// Collects traits; one that is there twice is a problem.
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

impl Merged {
    fn add_shape(
        &mut self,
        at: At<'_>,
        format: Format,
        ast: AstShape,
        problems: &mut Vec<ModelError>,
    ) {
        let mixins = ast.mixins.iter().map(|m| m.target.clone()).collect();
        let Some(shape) = build::shape(at, ast, problems) else {
            return;
        };
        match self.shapes.entry(at.id.clone()) {
            Entry::Occupied(first) => problems.push(ModelError::DuplicateShape {
                file: at.file.to_string(),
                id: at.id.clone(),
                first: first.get().file.to_string(),
            }),
            Entry::Vacant(free) => {
                free.insert(Defined {
                    file: at.file.clone(),
                    format,
                    shape,
                    mixins,
                });
            }
        }
    }

    /// Lists are joined, as Smithy does; other values must not contradict each other.
    fn add_metadata(
        &mut self,
        file: &str,
        metadata: BTreeMap<String, Value>,
        problems: &mut Vec<ModelError>,
    ) {
        for (key, value) in metadata {
            match self.metadata.entry(key) {
                Entry::Vacant(free) => {
                    free.insert(value);
                }
                Entry::Occupied(mut known) => match (known.get_mut(), value) {
                    (Value::Array(known), Value::Array(more)) => known.extend(more),
                    (known, value) if *known == value => {}
                    _ => problems.push(ModelError::ConflictingMetadata {
                        file: file.to_owned(),
                        key: known.key().clone(),
                    }),
                },
            }
        }
    }
}
