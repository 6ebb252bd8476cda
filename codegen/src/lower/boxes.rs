//! Finds the members that must be boxed: a structure that contains itself, without a list or map between, would have no
//! size.

use smithy_model::{Closure, Model, Shape, ShapeId, ShapeKind};
use std::collections::BTreeSet;

/// Returns the members that close a cycle. The shapes are visited in the order of their ids, so that the choice is
/// stable.
pub(super) fn cyclic_members(model: &Model, closure: &Closure) -> BTreeSet<ShapeId> {
    let mut search = Search {
        model,
        done: BTreeSet::new(),
        path: Vec::new(),
        boxed: BTreeSet::new(),
    };
    for id in closure.shapes.keys() {
        search.visit(id);
    }
    search.boxed
}

struct Search<'a> {
    model: &'a Model,
    done: BTreeSet<ShapeId>,
    path: Vec<ShapeId>,
    boxed: BTreeSet<ShapeId>,
}

impl Search<'_> {
    fn visit(&mut self, id: &ShapeId) {
        let Some(shape) = self.model.shape(id).filter(|shape| holds_members(shape)) else {
            return;
        };
        if !self.done.insert(id.clone()) {
            return;
        }
        self.path.push(id.clone());
        for member in shape.members.values() {
            if self.path.contains(&member.target) {
                self.boxed.insert(member.id.clone());
            } else {
                self.visit(&member.target);
            }
        }
        self.path.pop();
    }
}

fn holds_members(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::Structure | ShapeKind::Union)
}
