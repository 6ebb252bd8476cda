//! Whether a member may be printed: `smithy.api#sensitive` counts on the member, on the structure it is in, on its
//! target, and on what a list or map holds. A structure prints its own members, so it need not be hidden for their sake.

use smithy_model::{Member, Model, ShapeId, ShapeKind};

const SENSITIVE: &str = "smithy.api#sensitive";

/// Whether a member must not be printed.
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
