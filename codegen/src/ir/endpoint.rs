//! [`EndpointRules`]: a rule set with typed conditions and chosen names.

use crate::ir::Query;
use crate::names::Ident;

/// The endpoint rules of a service.
#[derive(Debug, Clone)]
pub struct EndpointRules {
    /// The parameters.
    pub parameters: Vec<RuleParameter>,
    /// The rules. The first whose conditions hold determines the result, and the last has no conditions.
    pub rules: Vec<Rule>,
    /// `true` if the rules read the parameters.
    pub reads_parameters: bool,
    /// The test cases of the rules.
    pub cases: Vec<EndpointCase>,
}

/// A parameter of the rules.
#[derive(Debug, Clone)]
pub struct RuleParameter {
    /// The name in the model.
    pub wire_name: String,
    /// The variable, or `None` if no rule reads the parameter.
    pub ident: Option<Ident>,
    /// The type.
    pub ty: ParameterType,
    /// The variant of the runtime's `BuiltIn` that provides the value.
    pub built_in: Option<Ident>,
    /// The default value.
    pub default: Option<ParameterDefault>,
    /// `true` if the parameter must have a value.
    pub required: bool,
    /// `true` if the parameter always has a value: its own or a default.
    pub certain: bool,
}

/// The type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterType {
    /// A string.
    Text,
    /// A boolean.
    Boolean,
    /// A list of strings.
    List,
}

/// The value of a parameter in the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterDefault {
    /// A string.
    Text(String),
    /// A boolean.
    Boolean(bool),
    /// A list of strings.
    List(Vec<String>),
}

/// A rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The conditions, all of which must hold.
    pub conditions: Vec<RuleCondition>,
    /// The outcome if the conditions hold.
    pub outcome: Outcome,
}

/// The outcome of a rule.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// More rules, of which the last has no conditions.
    Rules(Vec<Rule>),
    /// An endpoint.
    Endpoint(Box<EndpointOutcome>),
    /// An error with this message.
    Error(RuleExpr),
}

/// An endpoint.
#[derive(Debug, Clone)]
pub struct EndpointOutcome {
    /// The URL.
    pub url: RuleExpr,
    /// The signing region.
    pub signing_region: Option<RuleExpr>,
    /// The signing name.
    pub signing_name: Option<RuleExpr>,
    /// The signing scheme.
    pub scheme: SigningScheme,
    /// The headers to send.
    pub headers: Vec<(String, RuleExpr)>,
}

/// The scheme of the signatures that an endpoint accepts.
#[derive(Debug, Clone, Default)]
pub enum SigningScheme {
    /// SigV4, or no signature.
    #[default]
    SigV4,
    /// SigV4A, with the set of regions, separated by commas.
    SigV4A(RuleExpr),
    /// SigV4A in builds that support it, and SigV4 in others.
    SigV4AOrSigV4 {
        /// The set of regions of SigV4A, separated by commas.
        regions: RuleExpr,
        /// The signing name of SigV4A. That of the endpoint is for SigV4.
        name: Option<RuleExpr>,
    },
    /// A scheme that is not supported.
    Unsupported(String),
}

/// A condition.
#[derive(Debug, Clone)]
pub enum RuleCondition {
    /// The expression is true.
    Holds(RuleExpr),
    /// The expression has a value, which the variable holds from here on.
    Is(Ident, RuleExpr),
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleExpr {
    /// The kind of the expression and its operands.
    pub step: RuleStep,
    /// `true` if the expression is an `Option`.
    pub optional: bool,
    /// `true` if the expression is a `String` instead of a `&str`, or a `Vec` instead of a slice.
    pub owned: bool,
}

/// The kind of an expression, with its operands.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleStep {
    /// A string.
    Text(String),
    /// A boolean.
    Boolean(bool),
    /// A number.
    Integer(usize),
    /// A variable.
    Variable(Ident),
    /// A field of the result of a function.
    Field(Box<RuleExpr>, Ident),
    /// A part of the resource of an ARN. A negative index counts from the end.
    ArnResource(Box<RuleExpr>, isize),
    /// An element of a list. A negative index counts from the end.
    Element(Box<RuleExpr>, isize),
    /// A method without arguments.
    Method(Box<RuleExpr>, Ident),
    /// A value in an `Option`.
    Some(Box<RuleExpr>),
    /// A string with inserted values.
    Template(Vec<TemplatePart>),
    /// The partition of a region, as the parameters define it.
    Partition(Box<RuleExpr>),
    /// A function of the runtime.
    Call(Ident, Vec<RuleExpr>),
    /// Two values are equal.
    Equal(Box<RuleExpr>, Box<RuleExpr>),
    /// Two values differ.
    NotEqual(Box<RuleExpr>, Box<RuleExpr>),
    /// The negation.
    Not(Box<RuleExpr>),
    /// The value is present.
    IsSome(Box<RuleExpr>),
    /// The value is absent.
    IsNone(Box<RuleExpr>),
    /// The first value that is present. Only the last may be a value that is always present.
    FirstOf(Vec<RuleExpr>),
}

/// A part of a string with inserted values.
#[derive(Debug, Clone, PartialEq)]
pub enum TemplatePart {
    /// Literal text.
    Literal(String),
    /// A value.
    Value(RuleExpr),
}

/// A case of `smithy.rules#endpointTests`.
#[derive(Debug, Clone)]
pub struct EndpointCase {
    /// The description of the case.
    pub documentation: String,
    /// The parameters that have a value.
    pub parameters: Vec<(String, ParameterDefault)>,
    /// The expected result.
    pub expected: CaseExpected,
}

/// The expected result of a case.
#[derive(Debug, Clone)]
pub enum CaseExpected {
    /// An error with this message.
    Error(String),
    /// An endpoint.
    Endpoint {
        /// The URL.
        url: String,
        /// The signing region.
        signing_region: Option<String>,
        /// The signing name.
        signing_name: Option<String>,
        /// The headers to send.
        headers: Vec<(String, String)>,
    },
}

/// The value that an operation gives a parameter of the rules.
#[derive(Debug, Clone)]
pub enum ParameterSource {
    /// A constant.
    Static(ParameterDefault),
    /// An expression over the input.
    Input(Query),
}
