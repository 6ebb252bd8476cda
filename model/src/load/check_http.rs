//! Checks that the URI of an operation matches its input.

use crate::{Model, ModelError, Shape, UriPattern, known::Http};

const HTTP_LABEL: &str = "smithy.api#httpLabel";

/// Checks an operation. Invalid values of the trait itself are reported elsewhere.
pub(super) fn check(model: &Model, file: &str, shape: &Shape, problems: &mut Vec<ModelError>) {
    let (Some(operation), Some(http)) = (shape.as_operation(), shape.traits.get::<Http>()) else {
        return;
    };
    let pattern = match UriPattern::parse(&http.uri) {
        Ok(pattern) => pattern,
        Err(message) => {
            problems.push(ModelError::BadUri {
                file: file.to_owned(),
                id: shape.id.clone(),
                uri: http.uri,
                message,
            });
            return;
        }
    };
    let input = operation.input.as_ref().and_then(|id| model.shape(id));
    for label in pattern.labels() {
        let member = input.and_then(|input| input.member(label));
        if !member.is_some_and(|member| member.traits.has(HTTP_LABEL)) {
            problems.push(ModelError::LabelWithoutMember {
                file: file.to_owned(),
                id: shape.id.clone(),
                uri: http.uri.clone(),
                label: label.to_owned(),
            });
        }
    }
    for member in input.iter().flat_map(|input| input.members.values()) {
        let in_uri = pattern.labels().any(|label| label == member.name);
        if member.traits.has(HTTP_LABEL) && !in_uri {
            problems.push(ModelError::MemberWithoutLabel {
                file: model.file(&member.id).unwrap_or(file).to_owned(),
                id: member.id.clone(),
                operation: shape.id.clone(),
                uri: http.uri.clone(),
            });
        }
    }
}
