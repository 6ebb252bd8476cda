//! Assigns Rust identifiers to the names of a model. Only this module decides on case, keywords and conflicts.

mod ident;
mod scope;
mod tables;
mod words;

pub use ident::Ident;
pub use scope::Scope;
