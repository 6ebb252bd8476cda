//! [`Structure`] and [`Union`]: the traits of generated types, so that one reader and one writer serve all of them.

use crate::value::schema::StructureSchema;
use crate::value::shape::{Slot, Value};

/// A structure, or an error.
pub trait Structure: Send + Sync {
    /// Returns the schema.
    fn schema(&self) -> &'static StructureSchema;

    /// Returns the member at `index`, or [`Value::Absent`] past the end.
    fn member(&self, index: usize) -> Value<'_>;

    /// Returns the slot of the member at `index`, or [`Slot::Ignored`] past the end.
    fn member_slot(&mut self, index: usize) -> Slot<'_>;
}

/// A union: exactly one member is set, or one that the model does not declare.
pub trait Union: Send + Sync {
    /// Returns the schema.
    fn schema(&self) -> &'static StructureSchema;

    /// Returns the member that is set, with its index, or `None` if the model does not declare it.
    fn variant(&self) -> Option<(usize, Value<'_>)>;

    /// Sets the member at `index` and returns its slot.
    fn set_variant(&mut self, index: usize) -> Slot<'_>;
}

/// Returns whether a member that is set is a stream.
#[cfg(any(feature = "checksums", feature = "compression", feature = "presigning"))]
pub(crate) fn has_stream(structure: &dyn Structure) -> bool {
    let mut members = 0..structure.schema().members.len();
    members.any(|index| matches!(structure.member(index), Value::Stream(_)))
}
