//! [`Reader`]: reads a CBOR document and fills slots with its values.

mod collections;

use super::Member;
use super::big_number::to_digits;
use super::error::CborError;
use super::parts::{half, next_entry};
use crate::value::codec::fill::{Place, Rules, unexpected};
use crate::value::codec::path::Path;
use crate::value::schema::TargetSchema;
use crate::value::shape::{Slot, Structure};
use aws_smithy_types::{Blob, DateTime};
use minicbor::Decoder;
use minicbor::data::{IanaTag, Type};
use serde::de::Unexpected;
use std::borrow::Cow;

/// The maximum nesting depth of lists and maps, as in JSON.
const DEPTH: u8 = 127;

/// A document that is being read.
pub(super) struct Reader<'b, 'm> {
    cbor: Decoder<'b>,
    rules: Rules,
    depth: u8,
    /// The required members that are missing so far, if they are requested.
    missing: Option<&'m mut Vec<Path>>,
}

/// Methods for whole documents.
impl<'b, 'm> Reader<'b, 'm> {
    pub(super) fn new(cbor: &'b [u8], rules: Rules, missing: Option<&'m mut Vec<Path>>) -> Self {
        Self {
            cbor: Decoder::new(cbor),
            rules,
            depth: DEPTH,
            missing,
        }
    }

    /// Reads a structure that is the whole document.
    pub(super) fn whole(&mut self, structure: &mut dyn Structure) -> Result<(), CborError> {
        self.slot(Slot::Structure(structure), None)
    }

    /// Reads a value that is the whole document.
    pub(super) fn slot(
        &mut self,
        slot: Slot<'_>,
        target: Option<&'static TargetSchema>,
    ) -> Result<(), CborError> {
        let place = self.place(slot, target);
        self.value(place)?;
        match self.cbor.position() == self.cbor.input().len() {
            true => Ok(()),
            false => Err(CborError::syntax(format!(
                "trailing bytes from byte {}",
                self.cbor.position()
            ))),
        }
    }

    /// Reads a member of a structure whose value is the whole document.
    pub(super) fn member(
        &mut self,
        structure: &mut dyn Structure,
        index: usize,
    ) -> Result<(), CborError> {
        let member = structure.schema().members.get(index);
        let target = member.and_then(|member| member.target);
        let place = self.place(structure.member_slot(index), target);
        self.value(place)
    }

    /// Passes the entries of a map that is the whole document to `member`.
    pub(super) fn each_member(
        &mut self,
        member: &mut dyn FnMut(&str, Member<'b>),
    ) -> Result<(), CborError> {
        let input = self.cbor.input();
        let mut entries = self.enter_map()?;
        while next_entry(&mut self.cbor, &mut entries)? {
            let key = self.text()?;
            let start = self.cbor.position();
            self.cbor.skip()?;
            let cbor = input.get(start..self.cbor.position()).unwrap_or_default();
            member(&key, Member { cbor });
        }
        Ok(())
    }

    fn place<'s>(&self, slot: Slot<'s>, target: Option<&'static TargetSchema>) -> Place<'s> {
        Place {
            slot,
            target,
            rules: self.rules,
        }
    }
}

/// Methods for values of any kind.
impl<'b> Reader<'b, '_> {
    fn value(&mut self, place: Place<'_>) -> Result<(), CborError> {
        if matches!(place.slot, Slot::Ignored) {
            return Ok(self.cbor.skip()?);
        }
        match self.cbor.datatype()? {
            Type::Array | Type::ArrayIndef => return self.list(place),
            Type::Map | Type::MapIndef => return self.object(place),
            Type::Tag => return self.tagged(place),
            _ => {}
        }
        // Timestamp formats apply to text, which CBOR does not use for timestamps.
        self.simple(Place {
            target: None,
            ..place
        })
    }

    /// Reads a simple value.
    fn simple(&mut self, place: Place<'_>) -> Result<(), CborError> {
        match self.cbor.datatype()? {
            Type::Null | Type::Undefined => {
                self.cbor.skip()?;
                place.null()
            }
            Type::Bool => place.boolean(self.cbor.bool()?),
            Type::U8 | Type::U16 | Type::U32 | Type::U64 => {
                let value = self.cbor.u64()?;
                place.integer(value.into(), Unexpected::Unsigned(value))
            }
            Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Int => {
                let value = i128::from(self.cbor.int()?);
                place.integer(value, Unexpected::Signed(0))
            }
            Type::F16 => place.double(half(&mut self.cbor)?),
            Type::F32 => place.double(self.cbor.f32()?.into()),
            Type::F64 => place.double(self.cbor.f64()?),
            Type::String | Type::StringIndef => {
                let text = self.text()?;
                match place.slot.fill() {
                    // Base64 is for text formats.
                    Slot::Blob(_) | Slot::Stream(_) => {
                        Err(CborError::data("invalid type: text, expected bytes"))
                    }
                    slot => self.place(slot, None).text(text),
                }
            }
            Type::Bytes | Type::BytesIndef => {
                let bytes = self.bytes()?;
                match place.slot.fill() {
                    Slot::Blob(place) => *place = Blob::new(bytes),
                    Slot::Stream(place) => *place = bytes.into_owned().into(),
                    slot => return Err(unexpected(Unexpected::Bytes(b""), &slot)),
                }
                Ok(())
            }
            _ => Err(CborError::syntax(format!(
                "invalid CBOR at byte {}",
                self.cbor.position()
            ))),
        }
    }

    /// Reads a value with a tag. Tags with other meanings are ignored.
    fn tagged(&mut self, place: Place<'_>) -> Result<(), CborError> {
        let tag = self.cbor.tag()?;
        self.enter()?;
        let read = match IanaTag::try_from(tag) {
            Ok(IanaTag::Timestamp) => self.timestamp(place),
            Ok(IanaTag::PosBignum) => self.big_integer(place, false),
            Ok(IanaTag::NegBignum) => self.big_integer(place, true),
            Ok(IanaTag::Decimal) => self.big_decimal(place),
            _ => self.value(place),
        };
        self.depth += 1;
        read
    }

    fn timestamp(&mut self, place: Place<'_>) -> Result<(), CborError> {
        let Place { slot, rules, .. } = place;
        match slot.fill() {
            Slot::Timestamp(place) => {
                let mut time = DateTime::from_secs(0);
                self.simple(Place {
                    slot: Slot::Timestamp(&mut time),
                    target: None,
                    rules,
                })?;
                *place = time;
                Ok(())
            }
            slot => self.simple(Place {
                slot,
                target: None,
                rules,
            }),
        }
    }

    fn big_integer(&mut self, place: Place<'_>, is_negative: bool) -> Result<(), CborError> {
        let digits = to_digits(&self.bytes()?, is_negative);
        let digits = digits.ok_or_else(|| CborError::data("number too long"))?;
        place.text(Cow::Owned(digits))
    }

    /// Reads a decimal fraction: a list of the exponent and the digits.
    fn big_decimal(&mut self, place: Place<'_>) -> Result<(), CborError> {
        let mut elements = self.enter_list()?;
        let mut parts = Vec::new();
        while next_entry(&mut self.cbor, &mut elements)? {
            parts.push(self.whole_number()?);
        }
        match &parts[..] {
            [exponent, digits] if exponent.len() < 20 => {
                place.text(Cow::Owned(format!("{digits}e{exponent}")))
            }
            _ => Err(CborError::data("invalid number")),
        }
    }

    fn whole_number(&mut self) -> Result<String, CborError> {
        if self.cbor.datatype()? != Type::Tag {
            return Ok(i128::from(self.cbor.int()?).to_string());
        }
        let is_negative = match IanaTag::try_from(self.cbor.tag()?) {
            Ok(IanaTag::PosBignum) => false,
            Ok(IanaTag::NegBignum) => true,
            _ => return Err(CborError::data("invalid number")),
        };
        let digits = to_digits(&self.bytes()?, is_negative);
        digits.ok_or_else(|| CborError::data("number too long"))
    }

    /// Reads text, which may be in chunks.
    pub(super) fn text(&mut self) -> Result<Cow<'b, str>, CborError> {
        match self.cbor.datatype()? {
            Type::StringIndef => {
                let chunks: Result<String, _> = self.cbor.str_iter()?.collect();
                Ok(Cow::Owned(chunks?))
            }
            Type::String => Ok(Cow::Borrowed(self.cbor.str()?)),
            _ => Err(CborError::data("the key of a map is not text")),
        }
    }

    /// Reads bytes, which may be in chunks.
    fn bytes(&mut self) -> Result<Cow<'b, [u8]>, CborError> {
        match self.cbor.datatype()? {
            Type::BytesIndef => {
                let chunks: Result<Vec<&[u8]>, _> = self.cbor.bytes_iter()?.collect();
                Ok(Cow::Owned(chunks?.concat()))
            }
            _ => Ok(Cow::Borrowed(self.cbor.bytes()?)),
        }
    }
}
