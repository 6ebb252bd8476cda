//! Warns of the endpoints of a rule set that only accept signatures that clients do not support.

use crate::ir::{EndpointOutcome, EndpointRules, Outcome, Rule};
use crate::lower::resolver::Resolver;
use smithy_model::Shape;
use std::collections::BTreeSet;

/// Warns of endpoints whose auth schemes are not supported.
pub(super) fn warn(resolver: &Resolver<'_>, service: &Shape, rules: &EndpointRules) {
    let mut endpoints = Vec::new();
    collect(&rules.rules, &mut endpoints);
    let all = endpoints.len();
    endpoints.retain(|endpoint| !endpoint.unserved_schemes.is_empty());
    let schemes = endpoints
        .iter()
        .flat_map(|endpoint| &endpoint.unserved_schemes);
    let schemes: Vec<&str> = BTreeSet::from_iter(schemes.map(String::as_str))
        .into_iter()
        .collect();
    let schemes = schemes.join(" or ");
    let reason = match endpoints.len() {
        0 => return,
        some if some == all => format!(
            "no call of the client can be signed: all endpoints of its rules take only {schemes}, which is not served"
        ),
        some => format!(
            "{some} of the {all} endpoints of its rules take only {schemes}, which is not served: calls there cannot be signed"
        ),
    };
    resolver.warn(&service.id, reason);
}

fn collect<'a>(rules: &'a [Rule], endpoints: &mut Vec<&'a EndpointOutcome>) {
    for rule in rules {
        match &rule.outcome {
            Outcome::Rules(rules) => collect(rules, endpoints),
            Outcome::Endpoint(endpoint) => endpoints.push(endpoint),
            Outcome::Error(_) => {}
        }
    }
}
