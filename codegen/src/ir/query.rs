//! [`Query`]: a JMESPath expression over typed fields, ready to be emitted as Rust.
//!
//! In Rust, a query evaluates to a reference to a value of the model, or to a `&str`, `bool`, `i64`, `f64` or `Vec`. If
//! the value may be absent, it is an `Option`.

use crate::jmespath::Comparator;
use crate::names::Ident;

/// An expression.
#[derive(Debug, Clone)]
pub struct Query {
    /// The kind of the expression and its operands.
    pub step: Step,
    /// `true` if the expression is an `Option`.
    pub optional: bool,
}

/// The kind of an expression, with its operands.
#[derive(Debug, Clone)]
pub enum Step {
    /// A variable: `output`, `input`, or the `item` of the enclosing projection.
    Variable(&'static str),
    /// A string.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// A boolean.
    Boolean(bool),
    /// A field of a structure.
    Field {
        /// The structure.
        of: Box<Query>,
        /// The field.
        field: Ident,
        /// `true` if the field is an `Option`.
        optional: bool,
        /// `true` if the field is a `Box`.
        boxed: bool,
    },
    /// A variant of a union.
    Variant {
        /// The union.
        of: Box<Query>,
        /// The method that returns the variant's value.
        method: Ident,
    },
    /// An entry of a map.
    Entry {
        /// The map.
        of: Box<Query>,
        /// The key.
        key: String,
    },
    /// An element of a list. A negative index counts from the end.
    Element {
        /// The list.
        of: Box<Query>,
        /// The index.
        index: i64,
        /// The form of the list.
        list: List,
    },
    /// A value of the model, read as a Rust value.
    View(Box<Query>, View),
    /// The keys of a map whose keys are strings.
    Keys(Box<Query>),
    /// The values of a map.
    Values(Box<Query>),
    /// The number of characters, elements or entries.
    Length {
        /// The value that is measured.
        of: Box<Query>,
        /// The things that are counted.
        countable: Countable,
        /// `true` if the length is compared with an `i64`, and not with another length.
        wide: bool,
    },
    /// A list contains an element, or a string a substring.
    Contains(Box<Query>, Box<Query>),
    /// A string starts with another.
    StartsWith(Box<Query>, Box<Query>),
    /// A string ends with another.
    EndsWith(Box<Query>, Box<Query>),
    /// A list of the values of several expressions, without absent ones.
    Several(Vec<Query>),
    /// A list of the values of an expression for each element of a list, without absent ones.
    Project(Box<Projection>),
    /// A comparison.
    Compare(Comparator, Box<Query>, Box<Query>),
    /// The value is absent.
    IsAbsent(Box<Query>),
    /// A conjunction.
    And(Box<Query>, Box<Query>),
    /// A disjunction.
    Or(Box<Query>, Box<Query>),
    /// The negation.
    Not(Box<Query>),
    /// The value counts as true.
    Truth(Box<Query>, Truth),
    /// A list of strings is not empty, and all of them are equal to this one.
    AllAre(Box<Query>, String),
    /// One of a list of strings is equal to this one.
    AnyIs(Box<Query>, String),
}

/// An expression that is evaluated for each element of a list.
#[derive(Debug, Clone)]
pub struct Projection {
    /// The list.
    pub of: Query,
    /// The form of the list.
    pub list: List,
    /// The form of the elements, if they are lists that are flattened.
    pub flatten: Option<List>,
    /// The condition on elements, if they are filtered.
    pub filter: Option<Query>,
    /// The expression for each element. `None` keeps the elements.
    pub each: Option<Query>,
}

/// The form of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// A reference to a list of the model.
    Borrowed,
    /// A reference to a list of the model whose elements may be null.
    Sparse,
    /// A `Vec` that an expression created.
    Collected,
}

/// The way in which a value of the model is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The content of a string.
    String,
    /// The string of an enum.
    Enum,
    /// A boolean, a long or a double, copied.
    Copied,
    /// A byte, a short or an integer, converted to `i64`.
    Widened,
    /// A float, converted to `f64`.
    WidenedFloat,
    /// The number of an enum of integers.
    Number,
}

/// The kind of things that a length counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Countable {
    /// Characters of a string.
    Text,
    /// Elements of a list or entries of a map.
    Collection,
}

/// The rule by which a value counts as true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// A boolean that is true.
    Boolean,
    /// A string, list or map that is not empty.
    NotEmpty,
    /// Any value that is present.
    Present,
}
