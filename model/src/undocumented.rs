//! Finds the parts of a model that need documentation, and those that have none.

use crate::{Closure, Model, ModelErrors, Shape, ShapeId, Traits};
use std::collections::BTreeMap;

/// Returns the IDs of [`documentable`] that lack `smithy.api#documentation`, in order.
///
/// # Errors
///
/// Returns an error if the model does not have exactly one service.
pub fn undocumented(model: &Model) -> Result<Vec<ShapeId>, ModelErrors> {
    let all = with_traits(model)?.into_iter();
    Ok(all
        .filter(|(_, traits)| !traits.is_some_and(is_documented))
        .map(|(id, _)| id)
        .collect())
}

/// Returns the IDs in the closure of the service that need documentation, in order: the service, operations,
/// structures, unions, enums, errors, and the members of all of these.
///
/// Inputs and outputs are excluded, since their operation is documented; their members are included. Lists, maps and
/// simple shapes are excluded, since they occur only as the types of members.
///
/// # Errors
///
/// Returns an error if the model does not have exactly one service.
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
