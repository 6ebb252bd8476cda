//! [`Enum`] and [`IntEnum`]: strings and integers with names for the values that the model defines.

use crate::ir::Docs;
use crate::names::Ident;

/// An enum.
#[derive(Debug, Clone)]
pub struct Enum {
    /// The shape id.
    pub id: String,
    /// The name in Rust.
    pub ident: Ident,
    /// The module.
    pub module: Ident,
    /// The documentation.
    pub docs: Docs,
    /// `true` if the values must not be printed.
    pub sensitive: bool,
    /// The variants.
    pub variants: Vec<Variant>,
}

/// A variant of an enum.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The value on the wire.
    pub wire_value: String,
    /// `true` if the model tags the variant `internal`, so that messages do not name it.
    pub internal: bool,
    /// The name in Rust.
    pub ident: Ident,
    /// The documentation.
    pub docs: Docs,
}

/// An enum of integers.
#[derive(Debug, Clone)]
pub struct IntEnum {
    /// The shape id.
    pub id: String,
    /// The name in Rust.
    pub ident: Ident,
    /// The module.
    pub module: Ident,
    /// The documentation.
    pub docs: Docs,
    /// The values that the model defines.
    pub values: Vec<IntVariant>,
}

/// A value of an enum of integers.
#[derive(Debug, Clone)]
pub struct IntVariant {
    /// The value.
    pub value: i32,
    /// The name of the constant.
    pub ident: Ident,
    /// The documentation.
    pub docs: Docs,
}
