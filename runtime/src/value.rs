//! Values of shapes: static schemas from the model, reflection over values, and what is built on both: JSON, `Debug`
//! and serde.

pub mod build;
pub mod codec;
pub mod debug;
mod macros;
pub(crate) mod printable;
pub(crate) mod schema;
pub mod shape;
