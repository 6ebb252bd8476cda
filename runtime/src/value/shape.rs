//! Reflection over generated types: reads any value as a [`Value`], and fills it as a [`Slot`].
//!
//! Generated code implements only access to the members of each structure by index. Writing and reading JSON, headers
//! and labels, validation, and printing without secrets are implemented once in this crate, for all shapes of all
//! services. This keeps generated crates small and quick to compile.

mod collections;
mod enumeration;
mod simple;
mod slot;
mod structure;
mod unit;
mod value;

pub use enumeration::{Enumeration, UnknownVariantError, UnknownVariantValue};
pub use slot::{ListSlot, MapSlot, OptionalSlot, Slot};
#[cfg(any(feature = "checksums", feature = "compression", feature = "presigning"))]
pub(crate) use structure::has_stream;
pub use structure::{Structure, Union};
pub use unit::Unit;
pub use value::{List, Map, Value};

/// A type that a member of a shape can have.
pub trait Shape: Sized + Send + Sync {
    /// Returns the value, for reading.
    fn value(&self) -> Value<'_>;

    /// Returns the slot of the value, for filling.
    fn slot(&mut self) -> Slot<'_>;

    /// Returns the value of a missing member: zero, empty, unknown or `None`.
    fn empty() -> Self;

    /// Returns the meaning of an explicit null in a collection: `None`, except in sparse collections.
    fn null() -> Option<Self> {
        None
    }
}
