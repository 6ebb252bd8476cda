//! [`Seed`]: fills a slot with the next value of a deserializer.

use super::collections::{fill_list, fill_map};
use super::context::Context;
use super::members::{fill_structure, fill_union};
use crate::value::codec::document::DocumentVisitor;
use crate::value::codec::fill::{Place, expected, out_of_range, unexpected};
use crate::value::schema::TargetSchema;
use crate::value::shape::Slot;
use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use std::borrow::Cow;
use std::fmt;

/// A seed that fills a slot with the next value.
pub(super) struct Seed<'slot, 'context> {
    pub(super) place: Place<'slot>,
    pub(super) context: &'context Context,
}

impl<'slot, 'context> Seed<'slot, 'context> {
    pub(super) fn new(
        slot: Slot<'slot>,
        target: Option<&'static TargetSchema>,
        context: &'context Context,
    ) -> Self {
        let rules = context.rules;
        let place = Place {
            slot,
            target,
            rules,
        };
        Self { place, context }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.place.slot {
            Slot::Ignored => deserializer.deserialize_ignored_any(IgnoredAny).map(drop),
            #[cfg(any(test, fuzzing))]
            _ if self.keeps_digits() => self.fill_digits(deserializer),
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(expected(&self.place.slot))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.place.null()
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.place.null()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.place.boolean(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.place.integer(value.into(), Unexpected::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.place
            .integer(value.into(), Unexpected::Unsigned(value))
    }

    // Without these two methods, the errors of serde would show the number.
    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.place.integer(value, Unexpected::Other("number"))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        self.visit_i128(i128::try_from(value).map_err(|_| out_of_range())?)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.place.double(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.place.text(Cow::Borrowed(value))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<(), E> {
        self.place.text(Cow::Owned(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<(), A::Error> {
        let element = self.place.element();
        match self.place.slot.fill() {
            Slot::List(list) => fill_list(list, element, self.context, elements),
            Slot::Document(place) => {
                *place = DocumentVisitor.visit_seq(elements)?;
                Ok(())
            }
            slot => Err(unexpected(Unexpected::Seq, &slot)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<(), A::Error> {
        let element = self.place.element();
        match self.place.slot.fill() {
            Slot::Structure(structure) => fill_structure(structure, self.context, entries),
            Slot::Map(map) => fill_map(map, element, self.context, entries),
            Slot::Union(union) => fill_union(union, self.context, entries),
            // The unit variant of a union is an object whose contents are ignored.
            Slot::Ignored => IgnoredAny.visit_map(entries).map(drop),
            Slot::Document(place) => {
                *place = DocumentVisitor.visit_map(entries)?;
                Ok(())
            }
            slot => Err(unexpected(Unexpected::Map, &slot)),
        }
    }
}
