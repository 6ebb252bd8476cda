//! [`EndpointRules`]: a rule set, each condition typed and each name chosen.

use crate::ir::Query;
use crate::names::Ident;

/// The endpoint rules of a service.
#[derive(Debug, Clone)]
pub struct EndpointRules {
    /// The parameters.
    pub parameters: Vec<RuleParameter>,
    /// The rules; the first that ends decides.
    pub rules: Vec<Rule>,
    /// The cases that the rules must hold.
    pub cases: Vec<EndpointCase>,
}

/// A parameter of the rules.
#[derive(Debug, Clone)]
pub struct RuleParameter {
    /// Its name in the model.
    pub wire_name: String,
    /// Its variable; `None` when no rule reads it.
    pub ident: Option<Ident>,
    /// Its type.
    pub ty: ParameterType,
    /// The variant of the runtime's `BuiltIn` that it takes its value from.
    pub built_in: Option<&'static str>,
    /// Its default.
    pub default: Option<ParameterDefault>,
    /// Whether it must have a value.
    pub required: bool,
}

impl RuleParameter {
    /// Whether it always has a value.
    pub fn is_certain(&self) -> bool {
        self.required || self.default.is_some()
    }
}

/// The type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterType {
    /// Text.
    Text,
    /// A boolean.
    Boolean,
    /// A list of texts.
    List,
}

/// The value of a parameter that stands in the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterDefault {
    /// Text.
    Text(String),
    /// A boolean.
    Boolean(bool),
    /// A list of texts.
    List(Vec<String>),
}

/// A rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What must hold.
    pub conditions: Vec<RuleCondition>,
    /// What then follows.
    pub outcome: Outcome,
}

impl Rule {
    /// Whether nothing after it is ever asked.
    pub fn ends_all(&self) -> bool {
        self.conditions.is_empty()
            && match &self.outcome {
                Outcome::Rules(rules) => rules.iter().any(Self::ends_all),
                Outcome::Endpoint(_) | Outcome::Error(_) => true,
            }
    }
}

/// What follows from a rule.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// More rules.
    Rules(Vec<Rule>),
    /// An endpoint.
    Endpoint(Box<EndpointOutcome>),
    /// An error with this text.
    Error(RuleExpr),
}

/// An endpoint.
#[derive(Debug, Clone)]
pub struct EndpointOutcome {
    /// Its address.
    pub url: RuleExpr,
    /// The region to sign for.
    pub signing_region: Option<RuleExpr>,
    /// The name to sign for.
    pub signing_name: Option<RuleExpr>,
    /// Whether only SigV4A is accepted.
    pub needs_sigv4a: bool,
    /// Headers to send.
    pub headers: Vec<(String, RuleExpr)>,
}

/// A condition.
#[derive(Debug, Clone)]
pub enum RuleCondition {
    /// This is true.
    Holds(RuleExpr),
    /// This is there, and has this name from here on.
    Is(Ident, RuleExpr),
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleExpr {
    /// What it does.
    pub step: RuleStep,
    /// Whether it gives an `Option`.
    pub optional: bool,
    /// Whether it gives a `String` where a `&str` is meant, or a `Vec` where a slice is.
    pub owned: bool,
}

/// What an expression does.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleStep {
    /// Text.
    Text(String),
    /// A boolean.
    Boolean(bool),
    /// A number.
    Integer(usize),
    /// A variable.
    Variable(Ident),
    /// A field of a value that a function gave.
    Field(Box<RuleExpr>, &'static str),
    /// A part of the resource of an ARN; a place below zero counts from the end.
    ArnResource(Box<RuleExpr>, isize),
    /// An element of a list; a place below zero counts from the end.
    Element(Box<RuleExpr>, isize),
    /// A method without arguments.
    Method(Box<RuleExpr>, &'static str),
    /// A value in an `Option`.
    Some(Box<RuleExpr>),
    /// Text with values in it.
    Template(Vec<TemplatePart>),
    /// A function of the runtime.
    Call(&'static str, Vec<RuleExpr>),
    /// Two values are equal.
    Equal(Box<RuleExpr>, Box<RuleExpr>),
    /// The opposite.
    Not(Box<RuleExpr>),
    /// A value is there.
    IsSome(Box<RuleExpr>),
    /// A value is not there.
    IsNone(Box<RuleExpr>),
    /// The first of several that is there.
    FirstOf(Vec<RuleExpr>),
}

/// A part of a text with values in it.
#[derive(Debug, Clone, PartialEq)]
pub enum TemplatePart {
    /// Text.
    Literal(String),
    /// A value.
    Value(RuleExpr),
}

impl RuleExpr {
    /// Whether it reads this variable.
    pub fn uses(&self, ident: &Ident) -> bool {
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
            | RuleStep::IsNone(of) => of.uses(ident),
            RuleStep::Equal(left, right) => left.uses(ident) || right.uses(ident),
            RuleStep::Call(_, all) | RuleStep::FirstOf(all) => {
                all.iter().any(|expr| expr.uses(ident))
            }
            RuleStep::Template(parts) => parts.iter().any(|part| match part {
                TemplatePart::Literal(_) => false,
                TemplatePart::Value(value) => value.uses(ident),
            }),
        }
    }
}

impl RuleCondition {
    /// Whether it reads this variable.
    pub fn uses(&self, ident: &Ident) -> bool {
        match self {
            Self::Holds(expr) | Self::Is(_, expr) => expr.uses(ident),
        }
    }
}

impl Outcome {
    /// Whether it reads this variable.
    pub fn uses(&self, ident: &Ident) -> bool {
        match self {
            Self::Rules(rules) => rules.iter().any(|rule| rule.uses(ident)),
            Self::Error(text) => text.uses(ident),
            Self::Endpoint(endpoint) => {
                let signing = endpoint.signing_region.iter().chain(&endpoint.signing_name);
                let headers = endpoint.headers.iter().map(|(_, value)| value);
                let mut all = signing.chain(headers).chain([&endpoint.url]);
                all.any(|expr| expr.uses(ident))
            }
        }
    }
}

impl Rule {
    /// Whether it reads this variable.
    pub fn uses(&self, ident: &Ident) -> bool {
        self.conditions
            .iter()
            .any(|condition| condition.uses(ident))
            || self.outcome.uses(ident)
    }
}

/// A case of `smithy.rules#endpointTests`.
#[derive(Debug, Clone)]
pub struct EndpointCase {
    /// What it is about.
    pub documentation: String,
    /// The parameters that have a value.
    pub parameters: Vec<(String, ParameterDefault)>,
    /// What must come out.
    pub expected: CaseExpected,
}

/// What must come out of a case.
#[derive(Debug, Clone)]
pub enum CaseExpected {
    /// An error with this text.
    Error(String),
    /// An endpoint.
    Endpoint {
        /// Its address.
        url: String,
        /// The region to sign for.
        signing_region: Option<String>,
        /// The name to sign for.
        signing_name: Option<String>,
        /// Headers to send.
        headers: Vec<(String, String)>,
    },
}

/// What an operation gives a parameter of the rules.
#[derive(Debug, Clone)]
pub enum ParameterSource {
    /// Always the same.
    Static(ParameterDefault),
    /// What an expression finds in the input.
    Input(Query),
}
