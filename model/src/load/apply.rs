//! In: all `apply` statements, from all files. Out: their traits on the shapes and members they name.

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

/// The statements by the shape they concern.
#[derive(Debug, Default)]
pub(super) struct Applies {
    by_shape: BTreeMap<ShapeId, Statements>,
    shapes: BTreeSet<ShapeId>,
}

/// What is applied to one shape and its members: by target and trait, the value and the file it is from.
type Statements = BTreeMap<ShapeId, BTreeMap<String, (Value, Arc<str>)>>;

impl Applies {
    /// Sorts the statements; those for unknown shapes and those that contradict each other are problems.
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

    /// Whether some file defines the shape.
    pub(super) fn is_shape(&self, id: &ShapeId) -> bool {
        self.shapes.contains(id)
    }

    /// Works in what concerns the shape. Enum names come first, so that other statements can use them.
    pub(super) fn work_in(
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
