//! Values of shapes: tables of what the model says of them, reflection over them, and what is done with any of them by
//! it: texts of JSON, `Debug`, serde.

pub mod build;
pub mod codec;
pub mod debug;
mod macros;
pub(crate) mod printable;
pub(crate) mod schema;
pub mod shape;
