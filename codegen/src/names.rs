//! Rust identifiers for the names of a model. Only this module decides about case, keywords and clashes.

mod ident;
mod scope;
mod tables;
mod words;

pub use ident::Ident;
pub use scope::Scope;
