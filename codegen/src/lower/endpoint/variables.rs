//! Determines the variables that a rule reads, so that only those are named.

use crate::ir::{Outcome, Rule, RuleCondition, RuleExpr, RuleStep, SigningScheme, TemplatePart};
use crate::names::Ident;

/// The name of the value that holds all parameters. No variable has this name.
pub(super) const PARAMETERS: &str = "parameters";

/// A part of a rule that may read variables.
pub(super) trait Reads {
    /// Returns whether the part reads the variable.
    fn reads(&self, ident: &Ident) -> bool;
}

impl Reads for RuleExpr {
    fn reads(&self, ident: &Ident) -> bool {
        match &self.step {
            RuleStep::Text(_) | RuleStep::Boolean(_) | RuleStep::Integer(_) => false,
            RuleStep::Variable(variable) => variable == ident,
            RuleStep::Field(of, _)
            | RuleStep::ArnResource(of, _)
            | RuleStep::Element(of, _)
            | RuleStep::Method(of, _)
            | RuleStep::Some(of)
            | RuleStep::Not(of)
            | RuleStep::IsSome(of)
            | RuleStep::IsNone(of) => of.reads(ident),
            RuleStep::Partition(of) => of.reads(ident) || ident.text() == PARAMETERS,
            RuleStep::Equal(left, right) | RuleStep::NotEqual(left, right) => {
                left.reads(ident) || right.reads(ident)
            }
            RuleStep::Call(_, all) | RuleStep::FirstOf(all) => {
                all.iter().any(|expr| expr.reads(ident))
            }
            RuleStep::Template(parts) => parts.iter().any(|part| match part {
                TemplatePart::Literal(_) => false,
                TemplatePart::Value(value) => value.reads(ident),
            }),
        }
    }
}

impl Reads for RuleCondition {
    fn reads(&self, ident: &Ident) -> bool {
        match self {
            Self::Holds(expr) | Self::Is(_, expr) => expr.reads(ident),
        }
    }
}

impl Reads for Outcome {
    fn reads(&self, ident: &Ident) -> bool {
        match self {
            Self::Rules(rules) => rules.iter().any(|rule| rule.reads(ident)),
            Self::Error(text) => text.reads(ident),
            Self::Endpoint(endpoint) => {
                let signing = endpoint.signing_region.iter().chain(&endpoint.signing_name);
                let headers = endpoint.headers.iter().map(|(_, value)| value);
                let scheme = match &endpoint.scheme {
                    SigningScheme::SigV4A(regions) => [Some(regions), None],
                    SigningScheme::SigV4AOrSigV4 { regions, name } => {
                        [Some(regions), name.as_ref()]
                    }
                    SigningScheme::SigV4 | SigningScheme::Unsupported(_) => [None, None],
                };
                let scheme = scheme.into_iter().flatten();
                let mut all = signing.chain(headers).chain(scheme).chain([&endpoint.url]);
                all.any(|expr| expr.reads(ident))
            }
        }
    }
}

impl Reads for Rule {
    fn reads(&self, ident: &Ident) -> bool {
        self.conditions
            .iter()
            .any(|condition| condition.reads(ident))
            || self.outcome.reads(ident)
    }
}
