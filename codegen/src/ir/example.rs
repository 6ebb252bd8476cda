//! Examples of calls as data: the setters with their arguments, and the use of the output.

use crate::names::Ident;

/// A call that shows how to use an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The title, or `None` for an example that was derived from the model.
    pub title: Option<String>,
    /// A longer description, in Markdown.
    pub docs: Vec<String>,
    /// The name of the generated crate in Rust paths.
    pub crate_ident: Ident,
    /// The hidden lines before the call.
    pub before: Vec<String>,
    /// The hidden lines after the call.
    pub after: Vec<String>,
    /// The values that have variables of their own, so that the call is readable.
    pub bindings: Vec<(Ident, Expression)>,
    /// The setters of the call.
    pub arguments: Vec<Argument>,
    /// The names that the example imports.
    pub uses: Uses,
    /// The use of the output.
    pub outcome: ExampleOutcome,
}

/// The names that an example imports.
#[derive(Debug, Clone, PartialEq)]
pub struct Uses {
    /// Structures, unions and enums, by name.
    pub types: Vec<Ident>,
    /// Types of simple values that are not in the standard library, by name.
    pub primitives: Vec<Ident>,
    /// `true` if `HashMap` is imported.
    pub hash_map: bool,
}

/// A call of a setter.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// The setter.
    pub setter: Ident,
    /// The arguments: two values for an entry of a map, otherwise one.
    pub values: Vec<Expression>,
}

/// The use of an example's output.
#[derive(Debug, Clone, PartialEq)]
pub enum ExampleOutcome {
    /// Prints the items of all pages.
    Items,
    /// Prints the events of a stream.
    Events(Ident),
    /// Prints the elements of a list.
    Elements(Ident),
    /// Prints fields.
    Fields(Vec<Ident>),
    /// Ignores the output, which is empty.
    Nothing,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A variable.
    Local(Ident),
    /// A string.
    Text(String),
    /// A boolean.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// A float or a double.
    Float(f64),
    /// A timestamp, in seconds since 1970.
    Timestamp(i64),
    /// A blob that is valid text.
    Blob(String),
    /// A variant of an enum, or a constant of an enum of integers.
    Variant(Ident, Ident),
    /// A value that the enum does not define.
    Unknown(Ident, String),
    /// A variant of a union with its value.
    Union(Ident, Ident, Box<Expression>),
    /// A structure with the calls of its builder, and whether building it can fail.
    Structure(Ident, Vec<Argument>, bool),
    /// A `Vec`.
    List(Vec<Expression>),
    /// A `HashMap`.
    Map(Vec<(Expression, Expression)>),
    /// A value of type `Option`.
    Some(Box<Expression>),
    /// The absent value of type `Option`.
    None,
}
