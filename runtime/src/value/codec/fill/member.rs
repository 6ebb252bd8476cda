//! Slots of members, which record whether a value was read: an explicit null is not a value.

use crate::value::schema::MemberSchema;
use crate::value::shape::{OptionalSlot, Slot, Structure, Union};
use serde::de::Error;

/// A member of a structure.
pub(crate) struct MemberSlot<'a> {
    pub(crate) structure: &'a mut dyn Structure,
    pub(crate) index: usize,
    pub(crate) has_value: bool,
}

impl OptionalSlot for MemberSlot<'_> {
    fn clear(&mut self) {
        let slot = self.structure.member_slot(self.index);
        // Null is a valid value of a document.
        self.has_value = matches!(slot, Slot::Document(_));
        slot.fill_null();
    }

    fn fill(&mut self) -> Slot<'_> {
        self.has_value = true;
        self.structure.member_slot(self.index)
    }
}

/// A member of a union. Null does not set it unless it is a document.
pub(crate) struct VariantSlot<'a> {
    pub(crate) union: &'a mut dyn Union,
    pub(crate) index: usize,
    pub(crate) has_value: bool,
}

impl OptionalSlot for VariantSlot<'_> {
    fn clear(&mut self) {
        if self.union.variant().is_some() {
            return;
        }
        // Null is a valid value of a document; for any other member it is ignored.
        if !matches!(self.union.set_variant(self.index), Slot::Document(_)) {
            self.union.set_variant(usize::MAX);
        }
    }

    fn fill(&mut self) -> Slot<'_> {
        self.has_value = true;
        self.union.set_variant(self.index)
    }
}

/// Returns the error of a union with two values, which is ambiguous.
#[cold]
pub(crate) fn second_member<E: Error>(first: &MemberSchema, second: &MemberSchema) -> E {
    E::custom(format_args!(
        "`{}` cannot be combined with `{}`: a union has one member",
        second.name, first.name
    ))
}
