//! Input validation: a structure in, every way in which it breaks its model out, each with its path.
//!
//! What is checked is what the model says and nothing more: `required`, `length` and `range` by default, `pattern` where
//! asked for. Enum values are not checked: a service may know more of them than the model.

mod check;
pub(crate) mod place;
mod problem;
pub(crate) mod walk;

pub use check::{Validation, validate};
pub use problem::{InvalidInput, Problem};
