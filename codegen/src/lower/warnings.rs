//! Turns the warnings of the model's loader that concern the client into warnings of the generator.

use crate::lower::resolver::Resolver;
use smithy_model::ShapeId;

/// Warns of ignored parts of the shapes that the client uses.
pub(super) fn warn(resolver: &Resolver<'_>) {
    for warning in resolver.model.warnings() {
        if concerns(resolver, &warning.id.without_member()) {
            resolver.warn(&warning.id, warning.what.clone());
        }
    }
}

fn concerns(resolver: &Resolver<'_>, id: &ShapeId) -> bool {
    let closure = resolver.closure;
    closure.service == *id
        || closure.operations.contains(id)
        || closure.resources.contains(id)
        || closure.shapes.contains_key(id)
}
