//! In: a model. Out: what a reader would find without documentation.

use crate::{Closure, Model, ModelErrors, Shape, ShapeId, Traits};
use std::collections::BTreeSet;

/// The IDs in the service's closure that lack `smithy.api#documentation`, in order: the service, operations,
/// structures, unions, enums, errors, and the members of all of these.
///
/// Inputs and outputs themselves do not count, since their operation speaks for them; their members do. Lists, maps
/// and other simple shapes do not count either: readers meet them as the type of a member.
pub fn undocumented(model: &Model) -> Result<Vec<ShapeId>, ModelErrors> {
    let service = &model.service()?.id;
    let closure = Closure::of(model, service)?;
    let mut missing = BTreeSet::new();
    let with_own_page = [service]
        .into_iter()
        .chain(&closure.operations)
        .chain(&closure.types)
        .chain(&closure.errors);
    for id in with_own_page {
        note(&mut missing, id, model.shape(id).map(|shape| &shape.traits));
    }
    let named = |shape: &&Shape| shape.kind.is_named_type() && !shape.id.is_prelude();
    let shapes = closure.shapes.keys().filter_map(|id| model.shape(id));
    for member in shapes
        .filter(named)
        .flat_map(|shape| shape.members.values())
    {
        note(&mut missing, &member.id, Some(&member.traits));
    }
    Ok(missing.into_iter().collect())
}

fn note(missing: &mut BTreeSet<ShapeId>, id: &ShapeId, traits: Option<&Traits>) {
    if !traits.is_some_and(|traits| traits.has("smithy.api#documentation")) {
        missing.insert(id.clone());
    }
}
