//! Applies `apply` statements to shapes and members.

use super::{
    at::At,
    enum_trait,
    merge::{Apply, Defined},
};
use crate::{ModelError, Shape, ShapeId, Traits};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The statements, grouped by shape.
#[derive(Debug, Default)]
pub(super) struct Applies {
    by_shape: BTreeMap<ShapeId, Statements>,
    shapes: BTreeSet<ShapeId>,
}

/// The statements about one shape and its members: value and file, by target and trait.
type Statements = BTreeMap<ShapeId, BTreeMap<String, (Value, Arc<str>)>>;

impl Applies {
    /// Groups the statements. Unknown shapes and conflicting statements are reported.
    pub(super) fn group(
        statements: Vec<Apply>,
        shapes: &BTreeMap<ShapeId, Defined>,
        problems: &mut Vec<ModelError>,
    ) -> Self {
        let mut applies = Self {
            by_shape: BTreeMap::new(),
            shapes: shapes.keys().cloned().collect(),
        };
        for statement in statements {
            let shape = statement.target.without_member();
            if shapes.contains_key(&shape) {
                let known = applies.by_shape.entry(shape).or_default();
                add(known, statement, problems);
            } else {
                problems.push(unknown(&statement.file, &statement.target));
            }
        }
        applies
    }

    /// Returns whether a file defines the shape.
    pub(super) fn is_shape(&self, id: &ShapeId) -> bool {
        self.shapes.contains(id)
    }

    /// Applies the statements about a shape. Names of enum members come first, since other statements may use them.
    pub(super) fn apply_to(
        &mut self,
        at: At<'_>,
        shape: &mut Shape,
        problems: &mut Vec<ModelError>,
    ) {
        let Some(mut statements) = self.by_shape.remove(at.id) else {
            return;
        };
        if let Some(traits) = statements.get_mut(at.id)
            && let Some((value, file)) = traits.remove(enum_trait::ID)
        {
            let at = At {
                file: &file,
                id: at.id,
            };
            enum_trait::apply(at, shape, &value, problems);
        }
        for (target, traits) in statements {
            match traits_of(shape, &target) {
                Some(known) => {
                    for (trait_id, (value, _)) in traits {
                        known.insert(trait_id, value);
                    }
                }
                None => {
                    let files: BTreeSet<_> = traits.values().map(|(_, file)| file).collect();
                    problems.extend(files.into_iter().map(|file| unknown(file, &target)));
                }
            }
        }
    }
}

fn add(known: &mut Statements, statement: Apply, problems: &mut Vec<ModelError>) {
    let known = known.entry(statement.target.clone()).or_default();
    for (trait_id, value) in statement.traits.iter() {
        match known.get(trait_id) {
            Some((first, _)) if first == value => {}
            Some((_, first)) => problems.push(ModelError::ConflictingApply {
                file: statement.file.to_string(),
                id: statement.target.clone(),
                trait_id: trait_id.to_owned(),
                first: first.to_string(),
            }),
            None => {
                let value = (value.clone(), statement.file.clone());
                known.insert(trait_id.to_owned(), value);
            }
        }
    }
}

fn traits_of<'a>(shape: &'a mut Shape, target: &ShapeId) -> Option<&'a mut Traits> {
    match target.member() {
        None => Some(&mut shape.traits),
        Some(name) => shape.members.get_mut(name).map(|member| &mut member.traits),
    }
}

fn unknown(file: &str, id: &ShapeId) -> ModelError {
    ModelError::UnknownApplyTarget {
        file: file.to_owned(),
        id: id.clone(),
    }
}
