//! Input validation: finds all violations of the model in a structure, each with its path.
//!
//! Only the constraints of the model are checked: `required`, `length` and `range` by default, and `pattern` if it is
//! enabled. Enum values are not checked, because the service may know more values than the model.

mod check;
pub(crate) mod place;
mod problem;
pub(crate) mod walk;

pub use check::{Validation, validate};
pub use problem::{InvalidInput, Problem};
