//! [`Union`]: one of several values, each a field.

use crate::ir::{CarriedTrait, Docs, Field};
use crate::names::Ident;

/// A union.
#[derive(Debug, Clone)]
pub struct Union {
    /// Its shape id.
    pub id: String,
    /// Its name in Rust.
    pub ident: Ident,
    /// Its module.
    pub module: Ident,
    /// Documentation.
    pub docs: Docs,
    /// Its variants: fields whose `ident` is the variant's.
    pub variants: Vec<UnionVariant>,
    /// Whether no input reaches it: only services write it.
    pub output: bool,
    /// What only the protocol reads of it.
    pub carried: Vec<CarriedTrait>,
}

/// A variant of a union.
#[derive(Debug, Clone)]
pub struct UnionVariant {
    /// The variant.
    pub ident: Ident,
    /// The method that tells whether a value is this variant.
    pub question: Ident,
    /// The method that gives the value of this variant.
    pub accessor: Ident,
    /// The member.
    pub field: Field,
}
