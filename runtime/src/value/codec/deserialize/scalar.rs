//! Simple values, into their slots: a number or a text and a [`Slot`] in, the slot filled or an error that names no value out.

use crate::value::codec::document::DocumentVisitor;
use crate::value::codec::timestamp;
use crate::value::shape::Slot;
use aws_smithy_types::{Blob, base64};
use serde::de::{Error, Unexpected, Visitor};
use std::borrow::Cow;
use std::str::FromStr;

pub(super) fn integer<E: Error>(
    slot: Slot<'_>,
    value: i128,
    given: Unexpected<'_>,
) -> Result<(), E> {
    fn narrow<T: TryFrom<i128>, E: Error>(
        place: &mut T,
        value: i128,
        given: Unexpected<'_>,
    ) -> Result<(), E> {
        *place = T::try_from(value).map_err(|_| E::invalid_value(given, &"a number that fits"))?;
        Ok(())
    }
    match slot {
        Slot::Byte(place) => narrow(place, value, given)?,
        Slot::Short(place) => narrow(place, value, given)?,
        Slot::Integer(place) => narrow(place, value, given)?,
        Slot::Long(place) => narrow(place, value, given)?,
        Slot::Float(place) => *place = value as f32,
        Slot::Double(place) => *place = value as f64,
        Slot::BigInteger(place) => number_text(place, &value.to_string())?,
        Slot::BigDecimal(place) => number_text(place, &value.to_string())?,
        Slot::Timestamp(place) => {
            let seconds = i64::try_from(value).map_err(|_| E::invalid_value(given, &"a time"))?;
            *place = aws_smithy_types::DateTime::from_secs(seconds);
        }
        Slot::Document(place) => *place = document_integer(value)?,
        slot => return Err(unexpected(given, &slot)),
    }
    Ok(())
}

fn document_integer<E: Error>(value: i128) -> Result<aws_smithy_types::Document, E> {
    match (u64::try_from(value), i64::try_from(value)) {
        (Ok(value), _) => DocumentVisitor.visit_u64(value),
        (_, Ok(value)) => DocumentVisitor.visit_i64(value),
        _ => DocumentVisitor.visit_f64(value as f64),
    }
}

pub(super) fn double<E: Error>(slot: Slot<'_>, value: f64) -> Result<(), E> {
    let given = Unexpected::Float(value);
    match slot {
        Slot::Float(place) => *place = value as f32,
        Slot::Double(place) => *place = value,
        Slot::BigDecimal(place) => number_text(place, &value.to_string())?,
        Slot::Timestamp(place) => {
            *place =
                timestamp::from_seconds(value).ok_or_else(|| E::invalid_value(given, &"a time"))?;
        }
        Slot::Document(place) => *place = DocumentVisitor.visit_f64(value)?,
        // `1e3` and `2.0` are whole numbers too, to JSON.
        slot @ (Slot::Byte(_)
        | Slot::Short(_)
        | Slot::Integer(_)
        | Slot::Long(_)
        | Slot::BigInteger(_))
            if value.fract() == 0.0 && value.abs() < 1e18 =>
        {
            return integer(slot, value as i128, given);
        }
        slot => return Err(unexpected(given, &slot)),
    }
    Ok(())
}

pub(super) fn text<E: Error>(slot: Slot<'_>, value: Cow<'_, str>) -> Result<(), E> {
    let given = Unexpected::Str(&value);
    match slot {
        Slot::String(place) => *place = value.into_owned(),
        Slot::Enum(place) => place.set_wire_value(&value),
        Slot::Blob(place) => {
            let bytes =
                base64::decode(value.as_ref()).map_err(|_| E::invalid_value(given, &"base64"))?;
            *place = Blob::new(bytes);
        }
        Slot::Stream(place) => {
            let bytes =
                base64::decode(value.as_ref()).map_err(|_| E::invalid_value(given, &"base64"))?;
            *place = bytes.into();
        }
        Slot::Timestamp(place) => {
            *place =
                timestamp::from_text(&value).ok_or_else(|| E::invalid_value(given, &"a time"))?;
        }
        Slot::Float(place) => *place = non_finite::<E>(&value)? as f32,
        Slot::Double(place) => *place = non_finite(&value)?,
        Slot::BigInteger(place) => number_text(place, &value)?,
        Slot::BigDecimal(place) => number_text(place, &value)?,
        Slot::Document(place) => *place = DocumentVisitor.visit_str(&value)?,
        slot => return Err(unexpected(given, &slot)),
    }
    Ok(())
}

fn non_finite<E: Error>(text: &str) -> Result<f64, E> {
    match text {
        "NaN" => Ok(f64::NAN),
        "Infinity" => Ok(f64::INFINITY),
        "-Infinity" => Ok(f64::NEG_INFINITY),
        _ => Err(E::invalid_value(
            Unexpected::Str(text),
            &"a number, NaN, Infinity or -Infinity",
        )),
    }
}

fn number_text<T: FromStr, E: Error>(place: &mut T, text: &str) -> Result<(), E> {
    *place = text
        .parse()
        .map_err(|_| E::invalid_value(Unexpected::Str(text), &"a number"))?;
    Ok(())
}

pub(super) fn unexpected<E: Error>(given: Unexpected<'_>, slot: &Slot<'_>) -> E {
    // What was given may be a secret: its kind is enough to find the fault.
    let kind = match given {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "a number",
        Unexpected::Str(_) => "text",
        Unexpected::Seq => "a list",
        _ => "an object",
    };
    E::invalid_type(Unexpected::Other(kind), &expected(slot))
}

pub(super) fn expected(slot: &Slot<'_>) -> &'static str {
    match slot {
        Slot::Boolean(_) => "a boolean",
        Slot::Byte(_) | Slot::Short(_) | Slot::Integer(_) | Slot::Long(_) | Slot::BigInteger(_) => {
            "a whole number"
        }
        Slot::Float(_) | Slot::Double(_) | Slot::BigDecimal(_) => "a number",
        Slot::String(_) | Slot::Enum(_) => "text",
        Slot::Blob(_) | Slot::Stream(_) => "base64 text",
        Slot::Timestamp(_) => "a time",
        Slot::List(_) => "a list",
        Slot::Map(_) | Slot::Structure(_) | Slot::Union(_) => "an object",
        _ => "a value",
    }
}
