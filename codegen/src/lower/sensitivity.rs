//! Determines whether a member may be printed. `smithy.api#sensitive` applies on the member, on its structure, on its
//! target, and on the content of a list or map. A structure prints its own members, so it is not hidden because of
//! them.

use smithy_model::{Member, Model, ShapeId, ShapeKind};

const SENSITIVE: &str = "smithy.api#sensitive";

/// Returns whether a member must not be printed.
pub(super) fn is_sensitive(model: &Model, member: &Member) -> bool {
    let owner = model.shape(&member.id.without_member());
    owner.is_some_and(|shape| shape.traits.has(SENSITIVE))
        || member.traits.has(SENSITIVE)
        || holds_secret(model, &member.target, &mut Vec::new())
}

fn holds_secret(model: &Model, id: &ShapeId, seen: &mut Vec<ShapeId>) -> bool {
    let Some(shape) = model.shape(id) else {
        return false;
    };
    if shape.traits.has(SENSITIVE) {
        return true;
    }
    if !matches!(shape.kind, ShapeKind::List | ShapeKind::Map) || seen.contains(id) {
        return false;
    }
    seen.push(id.clone());
    shape
        .members
        .values()
        .any(|member| member.traits.has(SENSITIVE) || holds_secret(model, &member.target, seen))
}
