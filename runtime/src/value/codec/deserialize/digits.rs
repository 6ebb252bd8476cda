//! Numbers that no type of Rust holds: a bigInteger or bigDecimal on the wire in, all of its digits out.

use super::Seed;
use super::scalar::unexpected;
use crate::value::codec::deserialize::Names;
use crate::value::shape::Slot;
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;

impl Seed<'_, '_> {
    /// Whether a number must be read as it is written. Only the wire's reader can give it like that.
    pub(super) fn keeps_digits(&self) -> bool {
        self.context.names == Names::Wire && self.target.is_some_and(|target| target.keeps_digits)
    }

    /// Fills the slot of a number with the text that JSON has for it.
    pub(super) fn fill_digits<'de, D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<(), D::Error> {
        let json = <&RawValue>::deserialize(deserializer)?.get();
        match json.as_bytes() {
            [b'n', ..] => self.visit_unit(),
            [b'"', ..] => {
                let text: Cow<'_, str> = serde_json::from_str(json).map_err(Error::custom)?;
                self.fill_text(text)
            }
            [b'-' | b'0'..=b'9', ..] => number(self.slot.fill(), json),
            _ => Err(unexpected(
                Unexpected::Other("no number"),
                &self.slot.fill(),
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
    if parsed {
        return Ok(());
    }
    Err(Error::custom("a whole number was expected"))
}
