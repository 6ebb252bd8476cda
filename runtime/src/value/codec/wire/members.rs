//! Reads the members of structures and unions from JSON objects.

use super::error::WireError;
use super::reader::Reader;
use crate::value::codec::fill::{VariantSlot, second_member};
use crate::value::codec::path::{Path, Step};
use crate::value::schema::{Location, MemberSchema, StructureSchema};
use crate::value::shape::{Slot, Structure, Union};
use serde::de::Error;

impl Reader<'_, '_> {
    pub(super) fn structure(&mut self, structure: &mut dyn Structure) -> Result<(), WireError> {
        let schema = structure.schema();
        // One bit for each member records the values. For a structure with more than 128 members, only the first 128
        // are checked.
        let mut seen = 0_u128;
        let (mut expected, mut is_first) = (0, true);
        while self.json.next_key(is_first)? {
            is_first = false;
            let Some((index, member)) = self.member(schema, expected)? else {
                self.json.colon()?;
                self.json.skip()?;
                continue;
            };
            expected = index + 1;
            let before = self.missing_so_far();
            let read = self.structure_member(structure, index, member);
            let has_value = matches!(read, Ok(true));
            self.within_member(read.map(|_| ()), before, member)?;
            if has_value && self.missing.is_some() {
                seen |= 1_u128.checked_shl(index as u32).unwrap_or(0);
            }
        }
        if let Some(missing) = &mut self.missing {
            note_missing(schema, seen, missing);
        }
        Ok(())
    }

    /// Reads the value of a member, beginning with the colon. Returns `false` for an explicit null, which is not a
    /// value.
    fn structure_member(
        &mut self,
        structure: &mut dyn Structure,
        index: usize,
        member: &'static MemberSchema,
    ) -> Result<bool, WireError> {
        self.json.colon()?;
        let slot = structure.member_slot(index);
        if self.json.peek_solid() != Some(b'n') {
            return self.value(slot, member.target).map(|()| true);
        }
        self.json.word("null")?;
        // Null is a valid value of a document.
        let has_value = matches!(slot, Slot::Document(_));
        slot.fill_null();
        Ok(has_value)
    }

    pub(super) fn union(&mut self, union: &mut dyn Union) -> Result<(), WireError> {
        let (schema, exact) = (union.schema(), self.rules.exact);
        let (mut is_set, mut is_first) = (false, true);
        while self.json.next_key(is_first)? {
            is_first = false;
            let Some((index, member)) = self.member(schema, 0)? else {
                self.json.colon()?;
                let is_null = self.json.peek_solid() == Some(b'n');
                self.json.skip()?;
                if exact && !is_null {
                    return Err(WireError::custom("unknown member of a union"));
                }
                continue;
            };
            let first = union.variant().map(|(index, _)| index);
            let mut slot = VariantSlot {
                union: &mut *union,
                index,
                has_value: false,
            };
            let before = self.missing_so_far();
            let read = match self.json.colon() {
                Ok(()) => self.value(Slot::Optional(&mut slot), member.target),
                Err(error) => Err(error),
            };
            let has_value = slot.has_value;
            self.within_member(read, before, member)?;
            if let Some(first) = first.and_then(|index| schema.members.get(index))
                && exact
                && has_value
            {
                return Err(second_member(first, member));
            }
            is_set |= has_value || union.variant().is_some();
        }
        match is_set {
            false if exact => Err(WireError::custom("union without a member")),
            _ => Ok(()),
        }
    }

    /// Reads the name of a member. Returns `None` if the document body has no such member.
    #[inline]
    fn member(
        &mut self,
        schema: &'static StructureSchema,
        expected: usize,
    ) -> Result<Option<(usize, &'static MemberSchema)>, WireError> {
        // Members in the order of the model are found without searching for the end of the name.
        let in_order = schema.members.get(expected);
        let (index, member) = match in_order {
            Some(member) if self.json.takes_name(member) => (expected, member),
            _ => {
                let name = self.json.text()?;
                let Some(index) = schema.position(&name, expected) else {
                    return Ok(None);
                };
                let Some(member) = schema.members.get(index) else {
                    return Ok(None);
                };
                (index, member)
            }
        };
        Ok((member.location == Location::Body).then_some((index, member)))
    }

    /// Adds the step of a member to the path of an error and to the paths of its missing members.
    #[inline]
    fn within_member(
        &mut self,
        read: Result<(), WireError>,
        before: usize,
        member: &'static MemberSchema,
    ) -> Result<(), WireError> {
        if read.is_ok() && self.missing_so_far() == before {
            return Ok(());
        }
        let read = self.within(read, before, || Step::Member(member.name));
        if !member.sensitive {
            return read;
        }
        if let Some(missing) = &mut self.missing {
            missing.iter_mut().skip(before).for_each(Path::hide_keys);
        }
        read.map_err(WireError::hide_keys)
    }
}

fn note_missing(schema: &StructureSchema, seen: u128, missing: &mut Vec<Path>) {
    for (index, member) in schema.members.iter().enumerate().take(128) {
        let counts = member.required && member.location == Location::Body;
        if counts && seen & (1 << index) == 0 {
            missing.push(Path::of(Step::Member(member.name)));
        }
    }
}
