//! Warns of the endpoints of a rule set that only accept signatures that clients do not support, or only with a feature.

use crate::ir::{EndpointOutcome, EndpointRules, Outcome, Rule, SigningScheme};
use crate::lower::resolver::Resolver;
use smithy_model::Shape;
use std::collections::BTreeMap;

const SIGV4A: &str = "sigv4a";

/// Warns of endpoints whose auth schemes are not supported, or not without a feature of the client.
pub(super) fn warn(resolver: &Resolver<'_>, service: &Shape, rules: &EndpointRules) {
    let mut endpoints = Vec::new();
    collect(&rules.rules, &mut endpoints);
    let mut schemes: BTreeMap<&str, usize> = BTreeMap::new();
    for endpoint in &endpoints {
        match &endpoint.scheme {
            SigningScheme::SigV4 | SigningScheme::SigV4AOrSigV4 { .. } => {}
            SigningScheme::SigV4A(_) => *schemes.entry(SIGV4A).or_default() += 1,
            SigningScheme::Unsupported(name) => *schemes.entry(name).or_default() += 1,
        }
    }
    for (scheme, some) in schemes {
        let all = endpoints.len();
        let which = match some == all {
            true => "all endpoints".to_owned(),
            false => format!("{some} of the {all} endpoints"),
        };
        let effect = match scheme {
            SIGV4A => "calls there require the feature `sigv4a` of the client",
            _ => "which is not supported: calls there fail before they are sent",
        };
        let reason = format!("{which} of its rules accept only signatures by {scheme}, {effect}");
        resolver.warn(&service.id, reason);
    }
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
