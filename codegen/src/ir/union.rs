//! [`Union`]: one of several values, each a field.

use crate::ir::{CarriedTrait, Docs, Field};
use crate::names::Ident;

/// A union.
#[derive(Debug, Clone)]
pub struct Union {
    /// The shape id.
    pub id: String,
    /// The name in Rust.
    pub ident: Ident,
    /// The module.
    pub module: Ident,
    /// The documentation.
    pub docs: Docs,
    /// The variants.
    pub variants: Vec<UnionVariant>,
    /// `true` if no input contains the union, so that only services serialize it.
    pub output: bool,
    /// The traits of the union that only the protocol reads.
    pub carried: Vec<CarriedTrait>,
}

/// A variant of a union.
#[derive(Debug, Clone)]
pub struct UnionVariant {
    /// The name of the variant.
    pub ident: Ident,
    /// The method that returns whether a value is this variant.
    pub question: Ident,
    /// The method that returns the value of this variant.
    pub accessor: Ident,
    /// The member, as a field. Its `ident` is not unique in the union, unlike those above.
    pub field: Field,
}
