//! [`Reader`]: reads a JSON text and fills slots with its values.

use super::cursor::{Cursor, NOT_A_VALUE};
use super::error::WireError;
use super::number::Number;
use crate::value::codec::fill::{Place, Rules, unexpected};
use crate::value::codec::path::{Path, Step};
use crate::value::schema::TargetSchema;
use crate::value::shape::{ListSlot, MapSlot, Slot};
use serde::de::{Error, Unexpected};
use std::borrow::Cow;

/// The schema of a target, if it has constraints or formats.
pub(super) type Target = Option<&'static TargetSchema>;

/// A JSON text that is being read.
pub(super) struct Reader<'j, 'm> {
    pub(super) json: Cursor<'j>,
    pub(super) rules: Rules,
    /// The required members that are missing so far, if they are requested.
    pub(super) missing: Option<&'m mut Vec<Path>>,
}

impl<'j, 'm> Reader<'j, 'm> {
    pub(super) fn new(json: &'j str, rules: Rules, missing: Option<&'m mut Vec<Path>>) -> Self {
        Self {
            json: Cursor::new(json),
            rules,
            missing,
        }
    }

    /// Reads a value that is the whole text.
    pub(super) fn whole(&mut self, slot: Slot<'_>, target: Target) -> Result<(), WireError> {
        match slot {
            Slot::Ignored => self.json.skip()?,
            slot => self.value(slot, target)?,
        }
        self.json.end()
    }

    #[inline]
    fn place<'s>(&self, slot: Slot<'s>, target: Target) -> Place<'s> {
        Place {
            slot,
            target,
            rules: self.rules,
        }
    }

    /// Reads the next value.
    pub(super) fn value(&mut self, slot: Slot<'_>, target: Target) -> Result<(), WireError> {
        if target.is_some_and(|target| target.keeps_digits) {
            return self.digits(slot, target);
        }
        let filled = match self.json.start()? {
            b'"' => return self.text(slot, target),
            b'{' => return self.object(slot, target),
            b'[' => return self.list(slot, target),
            b't' => return self.boolean(slot, target, true),
            b'f' => return self.boolean(slot, target, false),
            b'-' | b'0'..=b'9' => number(self.json.number()?, self.place(slot, target)),
            b'n' => {
                self.json.word("null")?;
                self.place(slot, target).null()
            }
            _ => return Err(self.json.wrong_next(NOT_A_VALUE)),
        };
        filled.map_err(|error: WireError| error.at(self.json.at))
    }

    /// Reads text. Nearly all slots are strings and enums, which accept any text.
    fn text(&mut self, slot: Slot<'_>, target: Target) -> Result<(), WireError> {
        self.json.at += 1;
        let text = self.json.text()?;
        let filled = match (slot.fill(), text) {
            (Slot::String(place), Cow::Borrowed(text)) => {
                *place = text.to_owned();
                return Ok(());
            }
            (Slot::Enum(place), text) => {
                place.set_wire_value(&text);
                return Ok(());
            }
            (slot, text) => self.place(slot, target).text(text),
        };
        filled.map_err(|error: WireError| error.at(self.json.at))
    }

    fn boolean(&mut self, slot: Slot<'_>, target: Target, value: bool) -> Result<(), WireError> {
        self.json.word(if value { "true" } else { "false" })?;
        match slot.fill() {
            Slot::Boolean(place) => *place = value,
            slot => {
                let filled = self.place(slot, target).boolean(value);
                return filled.map_err(|error: WireError| error.at(self.json.at));
            }
        }
        Ok(())
    }

    /// Reads a bigInteger or bigDecimal, whose digits exceed every Rust type.
    fn digits(&mut self, slot: Slot<'_>, target: Target) -> Result<(), WireError> {
        let place = self.place(slot, target);
        self.json.peek_solid();
        let start = self.json.at;
        self.json.skip()?;
        let end = self.json.at;
        let json = self.json.text.get(start..end).unwrap_or_default();
        match json.as_bytes() {
            [b'n', ..] => place.null(),
            [b'"', ..] => {
                self.json.at = start + 1;
                place.text(self.json.text()?)
            }
            [b'-' | b'0'..=b'9', ..] => big_number(place.slot.fill(), json),
            _ => Err(unexpected(
                Unexpected::Other("no number"),
                &place.slot.fill(),
            )),
        }
    }

    fn list(&mut self, slot: Slot<'_>, target: Target) -> Result<(), WireError> {
        let element = target.and_then(|target| target.element);
        self.json.enter()?;
        let read = match slot.fill() {
            Slot::List(list) => self.elements(list, element),
            Slot::Document(place) => self.document_list().map(|list| *place = list),
            slot => Err(unexpected(Unexpected::Seq, &slot)),
        };
        self.json.leave_list(read)
    }

    fn object(&mut self, slot: Slot<'_>, target: Target) -> Result<(), WireError> {
        let element = target.and_then(|target| target.element);
        self.json.enter()?;
        let read = match slot.fill() {
            Slot::Structure(structure) => self.structure(structure),
            Slot::Map(map) => self.entries(map, element),
            Slot::Union(union) => self.union(union),
            // The unit variant of a union is an object whose contents are ignored.
            Slot::Ignored => self.skip_entries(),
            Slot::Document(place) => self.document_object().map(|object| *place = object),
            slot => Err(unexpected(Unexpected::Map, &slot)),
        };
        self.json.leave_object(read)
    }

    fn elements(&mut self, list: &mut dyn ListSlot, target: Target) -> Result<(), WireError> {
        list.clear();
        let mut index = 0;
        loop {
            let missing = self.missing_so_far();
            let read = match self.json.next_element(index == 0) {
                Ok(false) => return Ok(()),
                Ok(true) => self.value(Slot::Element(&mut *list), target),
                Err(error) => Err(error),
            };
            self.within(read, missing, || Step::Index(index))?;
            index += 1;
        }
    }

    fn entries(&mut self, map: &mut dyn MapSlot, target: Target) -> Result<(), WireError> {
        map.clear();
        let mut is_first = true;
        while self.json.next_key(is_first)? {
            is_first = false;
            let key = self.json.text()?;
            let missing = self.missing_so_far();
            let read = match self.json.colon() {
                Ok(()) => self.value(Slot::Entry(&mut *map, &key), target),
                Err(error) => Err(error),
            };
            self.within(read, missing, || Step::Key(key.to_string()))?;
        }
        Ok(())
    }

    fn skip_entries(&mut self) -> Result<(), WireError> {
        let mut is_first = true;
        while self.json.next_key(is_first)? {
            is_first = false;
            self.json.text()?;
            self.json.colon()?;
            self.json.skip()?;
        }
        Ok(())
    }

    #[inline]
    pub(super) fn missing_so_far(&self) -> usize {
        self.missing.as_ref().map_or(0, |missing| missing.len())
    }

    /// Adds the step of a part to the path of an error, and to the paths of its missing members, which are those after
    /// the first `before`.
    #[inline]
    pub(super) fn within(
        &mut self,
        read: Result<(), WireError>,
        before: usize,
        step: impl Fn() -> Step,
    ) -> Result<(), WireError> {
        match read {
            Ok(()) if self.missing_so_far() == before => Ok(()),
            read => self.noted(read, before, step),
        }
    }

    #[cold]
    fn noted(
        &mut self,
        read: Result<(), WireError>,
        before: usize,
        step: impl Fn() -> Step,
    ) -> Result<(), WireError> {
        if let Some(missing) = &mut self.missing {
            let here = missing.iter_mut().skip(before);
            here.for_each(|path| path.outward(step()));
        }
        read.map_err(|error| error.within(step()))
    }
}

fn number(number: Number, place: Place<'_>) -> Result<(), WireError> {
    match number {
        Number::Unsigned(value) => place.integer(value.into(), Unexpected::Unsigned(value)),
        Number::Negative(value) => place.integer(value.into(), Unexpected::Signed(value)),
        Number::Double(value) => place.double(value),
    }
}

fn big_number(slot: Slot<'_>, digits: &str) -> Result<(), WireError> {
    let parsed = match slot {
        Slot::BigInteger(place) => digits.parse().map(|number| *place = number).is_ok(),
        Slot::BigDecimal(place) => digits.parse().map(|number| *place = number).is_ok(),
        slot => return Err(unexpected(Unexpected::Float(0.0), &slot)),
    };
    match parsed {
        true => Ok(()),
        false => Err(WireError::custom("expected a whole number")),
    }
}
