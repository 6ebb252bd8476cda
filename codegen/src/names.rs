//! Names: words of a model in, Rust identifiers out. Case, keywords and clashes are decided here and nowhere else.

mod ident;
mod scope;
mod tables;

pub use ident::Ident;
pub use scope::Scope;
