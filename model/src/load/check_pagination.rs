//! Checks that the members that `smithy.api#paginated` of an operation names exist.

use super::at::At;
use crate::{Model, ModelError, Shape, ShapeId, known::Paginated};

/// Checks an operation. The `smithy.api#paginated` of a service is not checked, since it contains only defaults for
/// operations.
pub(super) fn check(model: &Model, at: At<'_>, shape: &Shape, problems: &mut Vec<ModelError>) {
    let (Some(operation), Some(paginated)) =
        (shape.as_operation(), shape.traits.get::<Paginated>())
    else {
        return;
    };
    let input = operation.input.as_ref();
    let output = operation.output.as_ref();
    for (role, root, path) in [
        ("inputToken", input, paginated.input_token),
        ("pageSize", input, paginated.page_size),
        ("outputToken", output, paginated.output_token),
        ("items", output, paginated.items),
    ] {
        if let Some(path) = path
            && !resolves(model, root, &path)
        {
            let message = format!("{role}: no member `{path}`");
            problems.push(at.bad_trait("smithy.api#paginated", message));
        }
    }
}

fn resolves(model: &Model, root: Option<&ShapeId>, path: &str) -> bool {
    let mut at = root;
    for name in path.split('.') {
        let shape = at.and_then(|id| model.shape(id));
        at = shape
            .and_then(|shape| shape.member(name))
            .map(|member| &member.target);
    }
    at.is_some()
}
