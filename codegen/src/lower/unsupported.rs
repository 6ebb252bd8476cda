//! What an operation may use that the generator does not serve: such an operation is left out, with the reason.

use smithy_model::{Model, OperationShape, Shape, ShapeId, ShapeKind};

/// The reason to leave an operation out, if there is one.
pub(super) fn reason(model: &Model, operation: &OperationShape) -> Option<String> {
    [("input", &operation.input), ("output", &operation.output)]
        .into_iter()
        .find_map(|(place, id)| {
            streams(model, id.as_ref()?).map(|what| format!("its {place} has {what}"))
        })
}

/// A stream among the members of a structure.
fn streams(model: &Model, id: &ShapeId) -> Option<&'static str> {
    let shape = model.shape(id)?;
    shape.members.values().find_map(|member| {
        let target: &Shape = model.shape(&member.target)?;
        let is_stream =
            target.traits.has("smithy.api#streaming") || member.traits.has("smithy.api#streaming");
        match target.kind {
            ShapeKind::Union if is_stream => Some("an event stream"),
            ShapeKind::Blob => None,
            _ if is_stream => Some("a stream of something else than bytes"),
            _ => None,
        }
    })
}
