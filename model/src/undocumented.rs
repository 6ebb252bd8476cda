//! In: a model. Out: what a reader looks for documentation of, and what has none.

use crate::{Closure, Model, ModelErrors, Shape, ShapeId, Traits};
use std::collections::BTreeMap;

/// The IDs in the service's closure that lack `smithy.api#documentation`, in order; of those that [`documentable`] lists.
pub fn undocumented(model: &Model) -> Result<Vec<ShapeId>, ModelErrors> {
    let all = with_traits(model)?.into_iter();
    Ok(all
        .filter(|(_, traits)| !traits.is_some_and(is_documented))
        .map(|(id, _)| id)
        .collect())
}

/// What of a service's closure is to be documented, in order: the service, operations, structures, unions, enums,
/// errors, and the members of all of these.
///
/// Inputs and outputs themselves do not count, since their operation speaks for them; their members do. Lists, maps
/// and other simple shapes do not count either: readers meet them as the type of a member.
pub fn documentable(model: &Model) -> Result<Vec<ShapeId>, ModelErrors> {
    Ok(with_traits(model)?.into_keys().collect())
}

fn with_traits(model: &Model) -> Result<BTreeMap<ShapeId, Option<&Traits>>, ModelErrors> {
    let service = &model.service()?.id;
    let closure = Closure::of(model, service)?;
    let mut found = BTreeMap::new();
    let with_own_page = [service]
        .into_iter()
        .chain(&closure.operations)
        .chain(&closure.types)
        .chain(&closure.errors);
    for id in with_own_page {
        found.insert(id.clone(), model.shape(id).map(|shape| &shape.traits));
    }
    let named = |shape: &&Shape| shape.kind.is_named_type() && !shape.id.is_prelude();
    let shapes = closure.shapes.keys().filter_map(|id| model.shape(id));
    for member in shapes
        .filter(named)
        .flat_map(|shape| shape.members.values())
    {
        found.insert(member.id.clone(), Some(&member.traits));
    }
    Ok(found)
}

fn is_documented(traits: &Traits) -> bool {
    traits.has("smithy.api#documentation")
}
