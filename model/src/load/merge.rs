//! Merges parsed files into shapes by ID and a list of `apply` statements.

use super::{
    at::{At, traits},
    build, unknown_members,
};
use crate::{
    ModelError, ModelErrors, ModelWarning, Shape, ShapeId, Traits,
    ast::AstShape,
    source::{Format, Source},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::Arc,
};

/// The content of the files, before mixins are flattened and `apply` statements are applied.
#[derive(Debug, Default)]
pub(super) struct Merged {
    pub(super) shapes: BTreeMap<ShapeId, Defined>,
    /// `apply` statements in the order of files and statements.
    pub(super) applies: Vec<Apply>,
    pub(super) metadata: BTreeMap<String, Value>,
    pub(super) warnings: Vec<ModelWarning>,
}

/// A shape as a file defines it.
#[derive(Debug)]
pub(super) struct Defined {
    pub(super) file: Arc<str>,
    pub(super) format: Format,
    pub(super) shape: Shape,
    pub(super) mixins: Vec<ShapeId>,
}

/// An `apply` statement: traits for a shape or member.
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
            merged.warnings.extend(unknown_members::warnings(at, &ast));
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

    /// Adds metadata. Lists are concatenated, as in Smithy; other values have to be equal.
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
