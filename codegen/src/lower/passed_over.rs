//! What loading the model passed over, in; the warnings that concern the client out.

use crate::lower::resolver::Resolver;
use smithy_model::ShapeId;

/// Warns of what is said of shapes that the client is made of.
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
