//! Parses JMESPath expressions. The parser knows only the syntax, and nothing of models.
//!
//! The supported subset is that of waiters and endpoint parameters: fields, indices, projections, filters, multi-select
//! lists, values of objects, comparisons, `&&`, `||`, `!`, pipes, literals and function calls. Slices, multi-select hashes and
//! expression references are reported as unsupported.

mod lexer;
mod parser;

use serde_json::Value;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// `@`, or the implicit start of an expression.
    Current,
    /// `name`: a member of the current value.
    Field(String),
    /// A number between backquotes, a string between quotes, `true` and so on.
    Literal(Value),
    /// `left.right` or `left | right`: the right expression, applied to the value of the left one.
    Then(Box<Expr>, Box<Expr>),
    /// `[3]`, `[-1]`: an element of the current value.
    Index(i64),
    /// `*`: the list of the values of the current object, always the source of a projection.
    Values,
    /// `[a, b]`: a list of the values of several expressions.
    Several(Vec<Expr>),
    /// `list[*].each`, `list[].each`, `list[?filter].each`, `object.*.each`.
    Project(Box<Projection>),
    /// `left == right` and the like.
    Compare(Comparator, Box<Expr>, Box<Expr>),
    /// `left && right`.
    And(Box<Expr>, Box<Expr>),
    /// `left || right`.
    Or(Box<Expr>, Box<Expr>),
    /// `!operand`.
    Not(Box<Expr>),
    /// `name(arguments)`.
    Call(String, Vec<Expr>),
}

/// An expression that is applied to each element of a list. Null results are dropped.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// The list.
    pub source: Expr,
    /// `true` if elements that are lists are replaced by their own elements.
    pub flatten: bool,
    /// The condition on elements, if they are filtered.
    pub filter: Option<Expr>,
    /// The expression that is applied to each element.
    pub each: Expr,
}

/// An operator that compares two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparator {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// The error of an expression that is not valid JMESPath or not in the supported subset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{expression}`, at character {at}: {reason}")]
pub struct SyntaxError {
    /// The expression.
    pub expression: String,
    /// The position in the expression, counted from 1.
    pub at: usize,
    /// The fault at this position.
    pub reason: String,
}

/// Parses an expression.
///
/// # Errors
///
/// Returns an error with the position in the expression if it is not valid JMESPath or not in the supported subset.
pub fn parse(expression: &str) -> Result<Expr, SyntaxError> {
    let tokens = lexer::tokens(expression)?;
    parser::Parser::new(expression, tokens).parse()
}
