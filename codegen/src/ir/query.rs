//! [`Query`]: a JMESPath expression over typed fields, ready to be laid out as Rust.
//!
//! What a query gives is, in Rust, a reference to a value of the model, or a `&str`, `bool`, `i64`, `f64` or `Vec`;
//! within `Option` where it may be absent.

use crate::jmespath::Comparator;
use crate::names::Ident;

/// An expression.
#[derive(Debug, Clone)]
pub struct Query {
    /// What it does.
    pub step: Step,
    /// Whether it gives an `Option`.
    pub optional: bool,
}

/// What an expression does.
#[derive(Debug, Clone)]
pub enum Step {
    /// `output`, `input`, or the `item` of the projection around it.
    Variable(&'static str),
    /// Text.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A number.
    Float(f64),
    /// A boolean.
    Boolean(bool),
    /// A field of a structure.
    Field {
        /// The structure.
        of: Box<Query>,
        /// The field.
        field: Ident,
        /// Whether the field is an `Option`.
        optional: bool,
        /// Whether the field holds a `Box`.
        boxed: bool,
    },
    /// A variant of a union.
    Variant {
        /// The union.
        of: Box<Query>,
        /// The method that gives the variant's value.
        method: Ident,
    },
    /// An entry of a map.
    Entry {
        /// The map.
        of: Box<Query>,
        /// The key.
        key: String,
    },
    /// An element of a list, from its end if negative.
    Element {
        /// The list.
        of: Box<Query>,
        /// Its place.
        index: i64,
        /// How the list is held.
        list: List,
    },
    /// A value of the model as one of Rust's.
    View(Box<Query>, View),
    /// The keys of a map whose keys are strings.
    Keys(Box<Query>),
    /// How many characters, elements or entries there are.
    Length {
        /// Of what.
        of: Box<Query>,
        /// What is counted.
        countable: Countable,
        /// Whether it is compared with an `i64`, and not with another count.
        wide: bool,
    },
    /// Whether a list has an element, or a text a part.
    Contains(Box<Query>, Box<Query>),
    /// Whether a text begins with another.
    StartsWith(Box<Query>, Box<Query>),
    /// Whether a text ends with another.
    EndsWith(Box<Query>, Box<Query>),
    /// What several expressions give, without what is absent.
    Several(Vec<Query>),
    /// An expression for each element of a list, without what is absent.
    Project(Box<Projection>),
    /// A comparison.
    Compare(Comparator, Box<Query>, Box<Query>),
    /// Whether something is absent.
    IsAbsent(Box<Query>),
    /// Both.
    And(Box<Query>, Box<Query>),
    /// Either.
    Or(Box<Query>, Box<Query>),
    /// The opposite.
    Not(Box<Query>),
    /// Whether something counts as true.
    Truth(Box<Query>, Truth),
    /// Whether a list of texts is not empty and all of them are this one.
    AllAre(Box<Query>, String),
    /// Whether one of a list of texts is this one.
    AnyIs(Box<Query>, String),
}

/// An expression for each element of a list.
#[derive(Debug, Clone)]
pub struct Projection {
    /// The list.
    pub of: Query,
    /// How it is held.
    pub list: List,
    /// How its elements are held, where they are lists that are replaced by their elements.
    pub flatten: Option<List>,
    /// Which elements are kept.
    pub filter: Option<Query>,
    /// What becomes of each; `None` when it stays what it is.
    pub each: Option<Query>,
}

/// How a list is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// By reference, in the model's own value.
    Borrowed,
    /// The same, and elements may be null.
    Sparse,
    /// As a `Vec` that an expression made.
    Collected,
}

/// How a value of the model is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The text of a string.
    String,
    /// The text of an enum.
    Enum,
    /// A boolean, long or double.
    Copied,
    /// A byte, short or integer.
    Widened,
    /// A float.
    WidenedFloat,
    /// The number of an enum of integers.
    Number,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Countable {
    /// Characters.
    Text,
    /// Elements or entries.
    Collection,
}

/// What counts as true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// A boolean that is.
    Boolean,
    /// A text, list or map that is not empty.
    NotEmpty,
    /// Anything that is there.
    Present,
}
