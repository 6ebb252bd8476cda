//! [`Enum`] and [`IntEnum`]: texts and integers of which the model names some.

use crate::ir::Docs;
use crate::names::Ident;

/// An enum.
#[derive(Debug, Clone)]
pub struct Enum {
    /// Its shape id.
    pub id: String,
    /// Its name in Rust.
    pub ident: Ident,
    /// Its module.
    pub module: Ident,
    /// Documentation.
    pub docs: Docs,
    /// Whether its values must not be printed.
    pub sensitive: bool,
    /// Its variants.
    pub variants: Vec<Variant>,
}

/// A variant of an enum.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its value on the wire.
    pub wire_value: String,
    /// Whether the model tags it `internal`, so that messages do not name it.
    pub internal: bool,
    /// Its name in Rust.
    pub ident: Ident,
    /// Documentation.
    pub docs: Docs,
}

/// An enum of integers.
#[derive(Debug, Clone)]
pub struct IntEnum {
    /// Its shape id.
    pub id: String,
    /// Its name in Rust.
    pub ident: Ident,
    /// Its module.
    pub module: Ident,
    /// Documentation.
    pub docs: Docs,
    /// Its values.
    pub values: Vec<IntVariant>,
}

/// A value of an enum of integers.
#[derive(Debug, Clone)]
pub struct IntVariant {
    /// The value.
    pub value: i32,
    /// The constant.
    pub ident: Ident,
    /// Documentation.
    pub docs: Docs,
}
