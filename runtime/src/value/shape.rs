//! Reflection over generated types: any value in, a [`Value`] to read or a [`Slot`] to fill out.
//!
//! Generated code says for each structure only how to reach its members by index. Writing and reading JSON, headers
//! and labels, validating, and printing without secrets are done once, here in the runtime, for all shapes of all
//! services. That keeps a generated crate small and quick to compile.

mod collections;
mod enumeration;
mod simple;
mod slot;
mod structure;
mod unit;
mod value;

pub use enumeration::{Enumeration, UnknownVariantError, UnknownVariantValue};
pub use slot::{ListSlot, MapSlot, OptionalSlot, Slot};
#[cfg(any(feature = "checksums", feature = "compression"))]
pub(crate) use structure::has_stream;
pub use structure::{Structure, Union};
pub use unit::Unit;
pub use value::{List, Map, Value};

/// A type that a member of a shape can have.
pub trait Shape: Sized + Send + Sync {
    /// The value, to be read.
    fn value(&self) -> Value<'_>;

    /// The place of the value, to be filled.
    fn slot(&mut self) -> Slot<'_>;

    /// What stands where nothing came: zero, empty, unknown, none.
    fn empty() -> Self;

    /// What an explicit null means in a collection: nothing, except where elements may be absent.
    fn null() -> Option<Self> {
        None
    }
}
