//! Examples of calls, as data: which setters are called with what, and what is done with the output.

use crate::names::Ident;

/// A call that shows how an operation is used.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it shows; `None` for one that was made up from the model.
    pub title: Option<String>,
    /// More about it, in Markdown.
    pub docs: Vec<String>,
    /// The generated crate, as users write it in paths.
    pub crate_ident: Ident,
    /// Lines before the call that readers do not see.
    pub before: Vec<String>,
    /// Lines behind it that readers do not see.
    pub after: Vec<String>,
    /// Values that have names of their own, so that the call stays readable.
    pub bindings: Vec<(Ident, Expression)>,
    /// The setters of the call.
    pub arguments: Vec<Argument>,
    /// What they bring into scope.
    pub uses: Uses,
    /// What is done with the output.
    pub outcome: ExampleOutcome,
}

/// What an example brings into scope.
#[derive(Debug, Clone, PartialEq)]
pub struct Uses {
    /// Structures, unions and enums, by name.
    pub types: Vec<Ident>,
    /// Types of simple values that the standard library does not have, by name.
    pub primitives: Vec<Ident>,
    /// Whether `HashMap` is among it.
    pub hash_map: bool,
}

/// A call of a setter.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// The setter.
    pub setter: Ident,
    /// What it is given: two values for an entry of a map, otherwise one.
    pub values: Vec<Expression>,
}

/// What an example does with the output.
#[derive(Debug, Clone, PartialEq)]
pub enum ExampleOutcome {
    /// It prints the items of all pages.
    Items,
    /// It prints the elements of a list.
    Elements(Ident),
    /// It prints fields.
    Fields(Vec<Ident>),
    /// The output is empty.
    Nothing,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A value that has a name.
    Local(Ident),
    /// Text.
    Text(String),
    /// A truth value.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// A float or double.
    Float(f64),
    /// A point in time, in seconds since 1970.
    Timestamp(i64),
    /// Bytes that are text.
    Blob(String),
    /// A variant of an enum, or a constant of an enum of integers.
    Variant(Ident, Ident),
    /// A value that an enum does not know.
    Unknown(Ident, String),
    /// A variant of a union with its value.
    Union(Ident, Ident, Box<Expression>),
    /// A structure, by its builder; whether building it can fail.
    Structure(Ident, Vec<Argument>, bool),
    /// `Vec`.
    List(Vec<Expression>),
    /// `HashMap`.
    Map(Vec<(Expression, Expression)>),
    /// A value where there may be none.
    Some(Box<Expression>),
    /// No value where there may be one.
    None,
}
