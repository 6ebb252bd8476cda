//! Rejects models with lists or maps that contain themselves without a structure between, which no Rust type can
//! represent.

use crate::error::CodegenError;
use smithy_model::{Closure, Model, ShapeId, ShapeKind};

/// Returns an error that names the first list or map that contains itself.
pub(super) fn check(model: &Model, closure: &Closure) -> Result<(), CodegenError> {
    for id in closure.shapes.keys() {
        if holds(model, id, id, &mut Vec::new()) {
            let reason = "it contains itself without a structure or union in between";
            return Err(CodegenError::unsupported(id, reason));
        }
    }
    Ok(())
}

/// Returns whether `id` contains `sought` through lists and maps alone.
fn holds(model: &Model, id: &ShapeId, sought: &ShapeId, seen: &mut Vec<ShapeId>) -> bool {
    let shape = model.shape(id);
    let Some(shape) = shape.filter(|shape| matches!(shape.kind, ShapeKind::List | ShapeKind::Map))
    else {
        return false;
    };
    if seen.contains(id) {
        return false;
    }
    seen.push(id.clone());
    let mut members = shape.members.values();
    members.any(|member| member.target == *sought || holds(model, &member.target, sought, seen))
}
