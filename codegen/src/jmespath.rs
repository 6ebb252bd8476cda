//! JMESPath: the text of an expression in, its tree out. Only the syntax is known here, nothing of any model.
//!
//! The subset is what waiters and endpoint parameters use: fields, indices, projections, filters, multi-select lists,
//! comparisons, `&&`, `||`, `!`, pipes, literals and function calls. Slices, object projections, multi-select hashes
//! and expression references are errors that say so.

mod lexer;
mod parser;

use serde_json::Value;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// `@`, and what an expression begins with when nothing else stands there.
    Current,
    /// `name`: a member of the current value.
    Field(String),
    /// A number between backquotes, text between quotes, `true` and so on.
    Literal(Value),
    /// `left.right` or `left | right`: the right one of what the left one gives.
    Then(Box<Expr>, Box<Expr>),
    /// `[3]`, `[-1]`: an element of the current value.
    Index(i64),
    /// `[a, b]`: a list of what several expressions give.
    Several(Vec<Expr>),
    /// `list[*].each`, `list[].each`, `list[?filter].each`.
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

/// An expression that is applied to each element of a list; what gives null falls out.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// The list.
    pub source: Expr,
    /// Whether elements that are lists are replaced by their elements.
    pub flatten: bool,
    /// Which elements are kept.
    pub filter: Option<Expr>,
    /// What becomes of each.
    pub each: Expr,
}

/// How two values are compared.
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

/// An expression that is no JMESPath, or goes beyond the subset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{expression}`, at character {at}: {reason}")]
pub struct SyntaxError {
    /// The expression.
    pub expression: String,
    /// Where in it, counted from 1.
    pub at: usize,
    /// What is wrong there.
    pub reason: String,
}

/// Parses an expression.
pub fn parse(expression: &str) -> Result<Expr, SyntaxError> {
    let tokens = lexer::tokens(expression)?;
    parser::Parser::new(expression, tokens).parse()
}
