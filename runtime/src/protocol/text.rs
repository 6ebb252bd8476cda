//! Converts simple values to and from text, for labels, query parameters, headers and XML elements.

use crate::value::codec::timestamp;
use crate::value::schema::{TargetSchema, TimestampFormat};
use crate::value::shape::{Slot, Value};
use aws_smithy_types::{Blob, base64};
use std::borrow::Cow;

/// Returns the text of a simple value, or `None` for a value without text: a collection, a structure or an absent
/// value.
///
/// `timestamps` is the format if neither the member nor its target has one.
pub fn to_text<'a>(
    value: &Value<'a>,
    target: Option<&TargetSchema>,
    timestamps: TimestampFormat,
) -> Option<Cow<'a, str>> {
    Some(match *value {
        Value::Boolean(value) => Cow::Borrowed(if value { "true" } else { "false" }),
        Value::Integer(value) => Cow::Owned(value.to_string()),
        Value::Float(value) if value.is_finite() => Cow::Owned(value.to_string()),
        Value::Float(value) => Cow::Borrowed(crate::value::codec::non_finite(value.into())),
        Value::Double(value) if value.is_finite() => Cow::Owned(value.to_string()),
        Value::Double(value) => Cow::Borrowed(crate::value::codec::non_finite(value)),
        Value::Number(text) | Value::String(text) => Cow::Borrowed(text),
        Value::Enum(value) => Cow::Borrowed(value.wire_value()),
        Value::Blob(bytes) => Cow::Owned(base64::encode(bytes)),
        Value::Timestamp(time) => {
            let format = target
                .and_then(|target| target.timestamp_format)
                .unwrap_or(timestamps);
            Cow::Owned(timestamp::to_text(time, format)?)
        }
        _ => return None,
    })
}

/// A function that reads a text into a slot, with the schema of the target and the default format of timestamps.
pub(crate) type ReadText = fn(Slot<'_>, &str, Option<&TargetSchema>, TimestampFormat) -> bool;

/// Reads a simple value as clients do, which accept timestamps in any format.
pub(crate) fn read_leniently(
    slot: Slot<'_>,
    text: &str,
    _: Option<&TargetSchema>,
    _: TimestampFormat,
) -> bool {
    from_text(slot, text)
}

/// Reads a simple value from its text into its slot. Returns `false` if the text is not valid for the type.
pub fn from_text(slot: Slot<'_>, text: &str) -> bool {
    fn parse<T: std::str::FromStr>(place: &mut T, text: &str) -> bool {
        text.parse().map(|value| *place = value).is_ok()
    }
    match slot.fill() {
        Slot::Boolean(place) => parse(place, text),
        Slot::Byte(place) => parse(place, text),
        Slot::Short(place) => parse(place, text),
        Slot::Integer(place) => parse(place, text),
        Slot::Long(place) => parse(place, text),
        Slot::Float(place) => parse(place, text),
        Slot::Double(place) => parse(place, text),
        Slot::BigInteger(place) => parse(place, text),
        Slot::BigDecimal(place) => parse(place, text),
        Slot::String(place) => {
            *place = text.to_owned();
            true
        }
        Slot::Enum(place) => {
            place.set_wire_value(text);
            true
        }
        Slot::Blob(place) => base64::decode(text)
            .map(|bytes| *place = Blob::new(bytes))
            .is_ok(),
        Slot::Timestamp(place) => timestamp::from_text(text)
            .map(|time| *place = time)
            .is_some(),
        _ => false,
    }
}
