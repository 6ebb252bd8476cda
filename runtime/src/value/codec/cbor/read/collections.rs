//! Fills lists, maps, structures and unions.

use super::Reader;
use crate::value::codec::cbor::error::CborError;
use crate::value::codec::cbor::parts::next_entry;
use crate::value::codec::fill::{MemberSlot, Place, VariantSlot, second_member, unexpected};
use crate::value::codec::path::{Path, Step};
use crate::value::schema::{Location, MemberSchema, StructureSchema, TargetSchema};
use crate::value::shape::{ListSlot, MapSlot, Slot, Structure, Union};
use minicbor::data::Type;
use serde::de::Unexpected;

impl Reader<'_, '_> {
    pub(super) fn list(&mut self, place: Place<'_>) -> Result<(), CborError> {
        let element = place.element();
        match place.slot.fill() {
            Slot::List(list) => self.elements(list, element),
            slot => Err(unexpected(Unexpected::Seq, &slot)),
        }
    }

    fn elements(
        &mut self,
        list: &mut dyn ListSlot,
        target: Option<&'static TargetSchema>,
    ) -> Result<(), CborError> {
        list.clear();
        let mut elements = self.enter_list()?;
        let mut index = 0;
        while next_entry(&mut self.cbor, &mut elements)? {
            self.within(
                || Step::Index(index),
                |reader| reader.value(reader.place(Slot::Element(&mut *list), target)),
            )?;
            index += 1;
        }
        Ok(())
    }

    pub(super) fn object(&mut self, place: Place<'_>) -> Result<(), CborError> {
        let element = place.element();
        match place.slot.fill() {
            Slot::Structure(structure) => self.structure(structure),
            Slot::Map(map) => self.entries(map, element),
            Slot::Union(union) => self.union(union),
            Slot::Ignored => Ok(self.cbor.skip()?),
            slot => Err(unexpected(Unexpected::Map, &slot)),
        }
    }

    fn entries(
        &mut self,
        map: &mut dyn MapSlot,
        target: Option<&'static TargetSchema>,
    ) -> Result<(), CborError> {
        map.clear();
        let mut entries = self.enter_map()?;
        while next_entry(&mut self.cbor, &mut entries)? {
            let key = self.text()?;
            self.within(
                || Step::Key(key.to_string()),
                |reader| reader.value(reader.place(Slot::Entry(&mut *map, &key), target)),
            )?;
        }
        Ok(())
    }

    fn structure(&mut self, structure: &mut dyn Structure) -> Result<(), CborError> {
        let schema = structure.schema();
        let mut seen = vec![false; schema.members.len()];
        let mut entries = self.enter_map()?;
        let mut expected = 0;
        while next_entry(&mut self.cbor, &mut entries)? {
            let Some((index, member)) = self.known_member(schema, expected)? else {
                self.cbor.skip()?;
                continue;
            };
            expected = index + 1;
            let mut slot = MemberSlot {
                structure: &mut *structure,
                index,
                has_value: false,
            };
            self.member_value(member, Slot::Optional(&mut slot))?;
            if slot.has_value
                && let Some(seen) = seen.get_mut(index)
            {
                *seen = true;
            }
        }
        if let Some(missing) = &mut self.missing {
            let members = schema.members.iter().zip(seen);
            let absent = members.filter(|(member, seen)| {
                member.required && member.location == Location::Body && !seen
            });
            missing.extend(absent.map(|(member, _)| Path::of(Step::Member(member.name))));
        }
        Ok(())
    }

    fn union(&mut self, union: &mut dyn Union) -> Result<(), CborError> {
        let (schema, exact) = (union.schema(), self.rules.exact);
        let mut entries = self.enter_map()?;
        let mut is_set = false;
        while next_entry(&mut self.cbor, &mut entries)? {
            let Some((index, member)) = self.known_member(schema, 0)? else {
                let is_null = matches!(self.cbor.datatype()?, Type::Null | Type::Undefined);
                self.cbor.skip()?;
                if exact && !is_null {
                    return Err(CborError::data("unknown member of a union"));
                }
                continue;
            };
            let first = union.variant().map(|(index, _)| index);
            let mut slot = VariantSlot {
                union: &mut *union,
                index,
                has_value: false,
            };
            self.member_value(member, Slot::Optional(&mut slot))?;
            let has_value = slot.has_value;
            if let Some(first) = first.and_then(|index| schema.members.get(index))
                && exact
                && has_value
            {
                return Err(second_member(first, member));
            }
            is_set |= has_value || union.variant().is_some();
        }
        match is_set {
            false if exact => Err(CborError::data("union without a member")),
            _ => Ok(()),
        }
    }

    /// Reads the name of a member. Returns `None` if the document body has no such member.
    fn known_member(
        &mut self,
        schema: &'static StructureSchema,
        expected: usize,
    ) -> Result<Option<(usize, &'static MemberSchema)>, CborError> {
        let name = self.text()?;
        let index = schema.position(&name, expected);
        let member = index.and_then(|index| Some((index, schema.members.get(index)?)));
        Ok(member.filter(|(_, member)| member.location == Location::Body))
    }

    fn member_value(
        &mut self,
        member: &'static MemberSchema,
        slot: Slot<'_>,
    ) -> Result<(), CborError> {
        let before = self.missing_so_far();
        let read = self.within(
            || Step::Member(member.name),
            |reader| reader.value(reader.place(slot, member.target)),
        );
        if !member.sensitive {
            return read;
        }
        if let Some(missing) = &mut self.missing {
            missing.iter_mut().skip(before).for_each(Path::hide_keys);
        }
        read.map_err(CborError::hide_keys)
    }

    fn missing_so_far(&self) -> usize {
        self.missing.as_ref().map_or(0, |missing| missing.len())
    }

    /// Reads a part, and adds its step to the path of an error and to the paths of its missing members.
    fn within(
        &mut self,
        step: impl Fn() -> Step,
        read: impl FnOnce(&mut Self) -> Result<(), CborError>,
    ) -> Result<(), CborError> {
        let before = self.missing_so_far();
        self.enter()?;
        let read = read(self);
        self.depth += 1;
        if let Some(missing) = &mut self.missing {
            let here = missing.iter_mut().skip(before);
            here.for_each(|path| path.outward(step()));
        }
        read.map_err(|error| error.within(step()))
    }

    pub(super) fn enter(&mut self) -> Result<(), CborError> {
        let depth = self.depth.checked_sub(1);
        self.depth = depth.ok_or_else(|| CborError::syntax("recursion limit exceeded"))?;
        Ok(())
    }

    /// Returns the number of elements of a list, or `None` if its length is indefinite.
    pub(super) fn enter_list(&mut self) -> Result<Option<u64>, CborError> {
        Ok(self.cbor.array()?)
    }

    /// Returns the number of entries of a map, or `None` if its length is indefinite.
    pub(super) fn enter_map(&mut self) -> Result<Option<u64>, CborError> {
        Ok(self.cbor.map()?)
    }
}
