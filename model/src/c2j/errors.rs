//! Determines the cause and the HTTP status of each error structure of a botocore model.

use super::{
    ServiceModel, TraitList, add,
    format::{ErrorDetails, Shape},
};
use serde_json::json;
use std::collections::BTreeMap;

/// The cause, codes and status of an error.
pub(super) struct ErrorFacts {
    details: ErrorDetails,
    server: bool,
    has_query_code: bool,
}

/// Returns the facts about errors by shape name. Old models mark errors only in the references of operations, or not at
/// all.
pub(super) fn facts(model: &ServiceModel) -> BTreeMap<&str, ErrorFacts> {
    let references = model.operations.0.iter().flat_map(|(_, o)| &o.errors);
    let mut known: BTreeMap<&str, (Option<&ErrorDetails>, bool)> = BTreeMap::new();
    for reference in references {
        let (details, fault) = known.entry(&reference.shape).or_default();
        *details = details.or(reference.error.as_ref());
        *fault |= reference.fault;
    }
    for (name, shape) in &model.shapes.0 {
        if is_error(shape) {
            let (details, fault) = known.entry(name).or_default();
            *details = shape.error.as_ref().or(*details);
            *fault |= shape.fault;
        }
    }
    let has_query_code = model.speaks("query") || model.metadata.aws_query_compatible.is_some();
    let facts = known.into_iter().map(|(name, (details, fault))| {
        let details = details.cloned().unwrap_or_default();
        let server_status = details.http_status_code.is_some_and(|code| code >= 500);
        let server = !details.sender_fault && (fault || server_status);
        let facts = ErrorFacts {
            details,
            server,
            has_query_code,
        };
        (name, facts)
    });
    facts.collect()
}

fn is_error(shape: &Shape) -> bool {
    shape.exception || shape.fault || shape.error.is_some()
}

impl ErrorFacts {
    pub(super) fn add(&self, traits: &mut TraitList) {
        let fault = if self.server { "server" } else { "client" };
        add(traits, "smithy.api#error", json!(fault));
        if let Some(code) = self.details.http_status_code {
            add(traits, "smithy.api#httpError", json!(code));
        }
        if let Some(code) = self.details.code.as_ref().filter(|_| self.has_query_code) {
            let status = self.details.http_status_code.unwrap_or(400);
            let value = json!({"code": code, "httpResponseCode": status});
            add(traits, "aws.protocols#awsQueryError", value);
        }
    }
}
