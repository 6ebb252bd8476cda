//! [`Place`]: a slot with the schema of its target, which is filled with simple values by the rules of their source.

mod convert;
mod member;
mod scalar;

use crate::value::codec::timestamp;
use crate::value::schema::{TargetSchema, TimestampFormat};
use crate::value::shape::Slot;
use aws_smithy_types::Blob;
pub(super) use member::{MemberSlot, VariantSlot, second_member};
pub(super) use scalar::{expected, out_of_range, unexpected};
use serde::de::{Error, Unexpected};
use std::borrow::Cow;

/// The rules by which values are read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Rules {
    /// `true` for a request that a service reads, which is rejected unless it matches the protocol exactly.
    pub(super) exact: bool,
    /// `true` for a response, in which the type of a simple value may differ from the model.
    pub(super) converts: bool,
    /// `true` if blobs are plain text, as in the parameters of Smithy's protocol tests, instead of base64.
    pub(super) plain_blobs: bool,
}

impl Rules {
    /// The rules for the requests that a service reads.
    #[cfg(any(feature = "server", feature = "test-util"))]
    pub(super) const REQUEST: Self = Self {
        exact: true,
        converts: false,
        plain_blobs: false,
    };
    /// The rules for the responses that a client reads.
    pub(super) const RESPONSE: Self = Self {
        exact: false,
        converts: true,
        plain_blobs: false,
    };
}

/// A slot for the next value.
pub(super) struct Place<'a> {
    pub(super) slot: Slot<'a>,
    /// The schema of the target, if it has constraints or formats.
    pub(super) target: Option<&'static TargetSchema>,
    pub(super) rules: Rules,
}

impl<'a> Place<'a> {
    /// Returns the schema of the elements of a list or the values of a map.
    pub(super) fn element(&self) -> Option<&'static TargetSchema> {
        self.target.and_then(|target| target.element)
    }

    /// Fills the slot with null.
    pub(super) fn null<E: Error>(self) -> Result<(), E> {
        match self.slot.fill_null() {
            false if self.rules.exact => Err(E::custom("null in a list or map that is not sparse")),
            _ => Ok(()),
        }
    }

    /// Fills the slot with a boolean.
    pub(super) fn boolean<E: Error>(self, value: bool) -> Result<(), E> {
        match self.slot.fill() {
            Slot::Boolean(place) => *place = value,
            Slot::Document(place) => *place = value.into(),
            slot if self.rules.converts => return convert::from_boolean(slot, value),
            slot => return Err(unexpected(Unexpected::Bool(value), &slot)),
        }
        Ok(())
    }

    /// Fills the slot with a whole number.
    pub(super) fn integer<E: Error>(self, value: i128, given: Unexpected<'_>) -> Result<(), E> {
        match self.rules.converts {
            true => convert::from_integer(self.number_slot()?, value, given),
            false => scalar::integer(self.number_slot()?, value, given),
        }
    }

    /// Fills the slot with a number that has a fraction, or exceeds the range of whole numbers.
    pub(super) fn double<E: Error>(self, value: f64) -> Result<(), E> {
        match self.rules.converts {
            true => convert::from_double(self.number_slot()?, value),
            false => scalar::double(self.number_slot()?, value),
        }
    }

    /// Fills the slot with text.
    pub(super) fn text<E: Error>(self, value: Cow<'_, str>) -> Result<(), E> {
        let format = self.timestamp_format();
        match self.slot.fill() {
            Slot::Timestamp(place) if format.is_some() => {
                let time = format
                    .filter(|format| *format != TimestampFormat::EpochSeconds)
                    .and_then(|format| timestamp::from_text_of(&value, format));
                *place = time
                    .ok_or_else(|| unexpected(Unexpected::Str(&value), &Slot::Timestamp(place)))?;
                Ok(())
            }
            Slot::Blob(place) if self.rules.plain_blobs => {
                *place = Blob::new(value.into_owned().into_bytes());
                Ok(())
            }
            Slot::Stream(place) if self.rules.plain_blobs => {
                *place = value.into_owned().into_bytes().into();
                Ok(())
            }
            slot if self.rules.converts => convert::from_text(slot, value),
            slot => scalar::text(slot, value),
        }
    }

    /// Returns the slot for a number, unless it is a timestamp that must be text.
    fn number_slot<E: Error>(self) -> Result<Slot<'a>, E> {
        let format = self.timestamp_format();
        match self.slot.fill() {
            slot @ Slot::Timestamp(_)
                if format.is_some_and(|format| format != TimestampFormat::EpochSeconds) =>
            {
                Err(unexpected(Unexpected::Float(0.0), &slot))
            }
            slot => Ok(slot),
        }
    }

    /// Returns the required format of a timestamp, or `None` if any format is accepted.
    fn timestamp_format(&self) -> Option<TimestampFormat> {
        let format = self.target.and_then(|target| target.timestamp_format);
        let format = format.unwrap_or(TimestampFormat::EpochSeconds);
        self.rules.exact.then_some(format)
    }
}
