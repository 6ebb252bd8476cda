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
    /// Whether they read the parameters anywhere.
    pub reads_parameters: bool,
    /// Whether one of them always ends, so that nothing follows them.
    pub end_always: bool,
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
    pub built_in: Option<Ident>,
    /// Its default.
    pub default: Option<ParameterDefault>,
    /// Whether it must have a value.
    pub required: bool,
    /// Whether it always has a value: its own, or a default.
    pub certain: bool,
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
    /// The schemes of signing that it takes, where none of them is served.
    pub unserved_schemes: Vec<String>,
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
    Field(Box<RuleExpr>, Ident),
    /// A part of the resource of an ARN; a place below zero counts from the end.
    ArnResource(Box<RuleExpr>, isize),
    /// An element of a list; a place below zero counts from the end.
    Element(Box<RuleExpr>, isize),
    /// A method without arguments.
    Method(Box<RuleExpr>, Ident),
    /// A value in an `Option`.
    Some(Box<RuleExpr>),
    /// Text with values in it.
    Template(Vec<TemplatePart>),
    /// What the parameters know of the partition of a region.
    Partition(Box<RuleExpr>),
    /// A function of the runtime.
    Call(Ident, Vec<RuleExpr>),
    /// Two values are equal.
    Equal(Box<RuleExpr>, Box<RuleExpr>),
    /// Two values differ.
    NotEqual(Box<RuleExpr>, Box<RuleExpr>),
    /// The opposite.
    Not(Box<RuleExpr>),
    /// A value is there.
    IsSome(Box<RuleExpr>),
    /// A value is not there.
    IsNone(Box<RuleExpr>),
    /// The first of several that is there; only the last may be there for certain.
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
