//! Reads numbers that exceed every Rust type: all digits of a bigInteger or bigDecimal.

use super::context::Names;
use super::seed::Seed;
use crate::value::codec::fill::unexpected;
use crate::value::shape::Slot;
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;

impl Seed<'_, '_> {
    /// Returns whether all digits of the number must be kept.
    pub(super) fn keeps_digits(&self) -> bool {
        let keeps_digits = self.place.target.is_some_and(|target| target.keeps_digits);
        keeps_digits && self.context.names == Names::Wire
    }

    /// Fills the slot of a number from its text in JSON.
    pub(super) fn fill_digits<'de, D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<(), D::Error> {
        let json = <&RawValue>::deserialize(deserializer)?.get();
        match json.as_bytes() {
            [b'n', ..] => self.visit_unit(),
            [b'"', ..] => {
                let text: Cow<'_, str> = serde_json::from_str(json).map_err(Error::custom)?;
                self.place.text(text)
            }
            [b'-' | b'0'..=b'9', ..] => number(self.place.slot.fill(), json),
            _ => Err(unexpected(
                Unexpected::Other("no number"),
                &self.place.slot.fill(),
            )),
        }
    }
}

fn number<E: Error>(slot: Slot<'_>, digits: &str) -> Result<(), E> {
    let parsed = match slot {
        Slot::BigInteger(place) => digits.parse().map(|number| *place = number).is_ok(),
        Slot::BigDecimal(place) => digits.parse().map(|number| *place = number).is_ok(),
        slot => return Err(unexpected(Unexpected::Float(0.0), &slot)),
    };
    match parsed {
        true => Ok(()),
        false => Err(Error::custom("expected a whole number")),
    }
}
