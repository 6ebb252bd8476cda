//! [`Structure`] and [`Union`]: what generated code implements, so that one reader and one writer serve all types.

use crate::value::schema::StructureSchema;
use crate::value::shape::{Slot, Value};

/// A structure, or an error.
pub trait Structure: Send + Sync {
    /// What the model says of it.
    fn schema(&self) -> &'static StructureSchema;

    /// The member at `index`; absent past the end.
    fn member(&self, index: usize) -> Value<'_>;

    /// The place of the member at `index`; nowhere past the end.
    fn member_slot(&mut self, index: usize) -> Slot<'_>;
}

/// A union: exactly one member is set, or one that the model does not know.
pub trait Union: Send + Sync {
    /// What the model says of it.
    fn schema(&self) -> &'static StructureSchema;

    /// The member that is set, with its index; `None` when it is one that the model does not know.
    fn variant(&self) -> Option<(usize, Value<'_>)>;

    /// Sets the member at `index` and gives its place.
    fn set_variant(&mut self, index: usize) -> Slot<'_>;
}

/// Whether a member that is set streams.
#[cfg(any(feature = "checksums", feature = "compression"))]
pub(crate) fn has_stream(structure: &dyn Structure) -> bool {
    let mut members = 0..structure.schema().members.len();
    members.any(|index| matches!(structure.member(index), Value::Stream(_)))
}
