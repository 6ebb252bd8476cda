//! Flattens mixins and applies `apply` statements.

use super::{
    apply::Applies,
    at::At,
    merge::{Defined, Merged},
};
use crate::{
    Member, Model, ModelError, ModelErrors, Shape, ShapeId, ShapeKind, Traits, known::Mixin,
};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

const MIXIN: &str = "smithy.api#mixin";

/// Flattens mixins and applies `apply` statements in one pass, since a mixin has to be complete, including the
/// statements about it, before its users take its members.
pub(super) fn flatten_and_apply(merged: Merged) -> Result<Model, ModelErrors> {
    let files = merged
        .shapes
        .iter()
        .map(|(id, d)| (id.clone(), d.file.clone()))
        .collect();
    let mut problems = Vec::new();
    let applies = Applies::group(merged.applies, &merged.shapes, &mut problems);
    let ids: Vec<ShapeId> = merged.shapes.keys().cloned().collect();
    let mut walk = Walk {
        waiting: merged.shapes,
        done: BTreeMap::new(),
        applies,
        problems,
    };
    for id in ids {
        walk.finish(&id, &mut Vec::new());
    }
    ModelErrors::check(walk.problems)?;
    Ok(Model {
        shapes: walk.done,
        metadata: merged.metadata,
        files,
        warnings: merged.warnings,
    })
}

struct Walk {
    waiting: BTreeMap<ShapeId, Defined>,
    done: BTreeMap<ShapeId, Shape>,
    applies: Applies,
    problems: Vec<ModelError>,
}

impl Walk {
    /// Completes a shape after its mixins. `path` contains the shapes in progress, each of which is a mixin of the one
    /// before.
    fn finish(&mut self, id: &ShapeId, path: &mut Vec<(ShapeId, String)>) {
        let Some(defined) = self.waiting.remove(id) else {
            return;
        };
        path.push((id.clone(), defined.file.to_string()));
        for mixin in &defined.mixins {
            if let Some(start) = path.iter().position(|(seen, _)| seen == mixin) {
                self.report_cycle(&path[start..]);
            } else {
                self.finish(mixin, path);
            }
        }
        path.pop();
        let at = At {
            file: &defined.file,
            id,
        };
        let mut shape = self.with_mixins(at, defined.shape, &defined.mixins);
        self.applies.apply_to(at, &mut shape, &mut self.problems);
        self.done.insert(id.clone(), shape);
    }

    fn report_cycle(&mut self, cycle: &[(ShapeId, String)]) {
        let Some((id, file)) = cycle.first() else {
            return;
        };
        let path: Vec<_> = cycle.iter().skip(1).map(|(id, _)| id.as_str()).collect();
        self.problems.push(ModelError::MixinCycle {
            file: file.clone(),
            id: id.clone(),
            path: if path.is_empty() {
                id.to_string()
            } else {
                path.join(", ")
            },
        });
    }

    /// Returns the shape with the members and traits of its mixins, which come first, in the order of the mixins.
    fn with_mixins(&mut self, at: At<'_>, own: Shape, mixins: &[ShapeId]) -> Shape {
        if mixins.is_empty() {
            return own;
        }
        let mut shape = Shape {
            id: own.id.clone(),
            kind: own.kind.clone(),
            traits: Traits::default(),
            members: IndexMap::new(),
        };
        for mixin in mixins {
            let Some(mixin) = self.usable_mixin(at, &own, mixin) else {
                continue;
            };
            let mixin = mixin.clone();
            inherit_traits(&mut shape.traits, &mixin.traits);
            inherit_references(&mut shape.kind, &mixin.kind);
            self.add_members(at, &mut shape, &mixin.members);
        }
        for (trait_id, value) in own.traits.iter() {
            shape.traits.insert(trait_id, value.clone());
        }
        self.add_members(at, &mut shape, &own.members);
        shape
    }

    fn usable_mixin(&mut self, at: At<'_>, user: &Shape, id: &ShapeId) -> Option<&Shape> {
        let problem = match self.done.get(id) {
            // The shape is part of a cycle, which is already reported.
            None if self.applies.is_shape(id) => return None,
            None => ModelError::DanglingTarget {
                file: at.file.to_string(),
                id: at.id.clone(),
                role: "the mixin",
                target: id.clone(),
            },
            Some(mixin) if mixin.kind.name() != user.kind.name() => ModelError::WrongKind {
                file: at.file.to_string(),
                id: at.id.clone(),
                role: "the mixin",
                target: id.clone(),
                found: mixin.kind.name(),
                expected: user.kind.name(),
            },
            Some(mixin) if !mixin.traits.has(MIXIN) => {
                at.invalid(format!("the mixin {id} lacks {MIXIN}"))
            }
            Some(_) => return self.done.get(id),
        };
        self.problems.push(problem);
        None
    }

    /// Adds members. A member that already exists keeps its position, and new traits replace its own.
    fn add_members(&mut self, at: At<'_>, shape: &mut Shape, members: &IndexMap<String, Member>) {
        for (name, member) in members {
            let id = shape.id.with_member(name);
            let mixed = shape.members.entry(name.clone()).or_insert_with(|| Member {
                id: id.clone(),
                name: name.clone(),
                target: member.target.clone(),
                traits: Traits::default(),
            });
            if mixed.target != member.target {
                let what = format!(
                    "targets {} in one mixin and {} elsewhere",
                    mixed.target, member.target
                );
                let at = At {
                    file: at.file,
                    id: &id,
                };
                self.problems.push(at.invalid(what));
            }
            for (trait_id, value) in member.traits.iter() {
                mixed.traits.insert(trait_id, value.clone());
            }
        }
    }
}

fn inherit_traits(traits: &mut Traits, mixin: &Traits) {
    let local = mixin
        .get::<Mixin>()
        .map(|m| m.local_traits)
        .unwrap_or_default();
    let local: BTreeSet<&str> = local.iter().map(ShapeId::as_str).collect();
    for (trait_id, value) in mixin.iter() {
        if trait_id != MIXIN && !local.contains(trait_id) {
            traits.insert(trait_id, value.clone());
        }
    }
}

/// Adds the references of a mixin to an operation, resource or service.
fn inherit_references(kind: &mut ShapeKind, mixin: &ShapeKind) {
    match (kind, mixin) {
        (ShapeKind::Operation(own), ShapeKind::Operation(mixin)) => {
            prepend(&mut own.errors, &mixin.errors);
        }
        (ShapeKind::Resource(own), ShapeKind::Resource(mixin)) => {
            for (name, target) in &mixin.properties {
                let own = own.properties.entry(name.clone());
                own.or_insert_with(|| target.clone());
            }
        }
        (ShapeKind::Service(own), ShapeKind::Service(mixin)) => {
            prepend(&mut own.operations, &mixin.operations);
            prepend(&mut own.resources, &mixin.resources);
            prepend(&mut own.errors, &mixin.errors);
            if own.version.is_empty() {
                own.version.clone_from(&mixin.version);
            }
            for (id, name) in &mixin.rename {
                own.rename.entry(id.clone()).or_insert_with(|| name.clone());
            }
        }
        _ => {}
    }
}

fn prepend(own: &mut Vec<ShapeId>, mixin: &[ShapeId]) {
    let mut all = mixin.to_vec();
    for id in own.drain(..) {
        if !all.contains(&id) {
            all.push(id);
        }
    }
    *own = all;
}
