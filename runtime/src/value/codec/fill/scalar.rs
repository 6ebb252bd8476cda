//! Fills slots with simple values. Errors do not show the value, because it may be a secret.

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
    fn narrow<T: TryFrom<i128>, E: Error>(place: &mut T, value: i128) -> Result<(), E> {
        *place = T::try_from(value).map_err(|_| out_of_range())?;
        Ok(())
    }
    match slot {
        Slot::Byte(place) => narrow(place, value)?,
        Slot::Short(place) => narrow(place, value)?,
        Slot::Integer(place) => narrow(place, value)?,
        Slot::Long(place) => narrow(place, value)?,
        Slot::Float(place) => *place = value as f32,
        Slot::Double(place) => *place = value as f64,
        Slot::BigInteger(place) => number_text(place, &value.to_string())?,
        Slot::BigDecimal(place) => number_text(place, &value.to_string())?,
        Slot::Timestamp(place) => {
            let seconds = i64::try_from(value).map_err(|_| invalid("timestamp"))?;
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
            *place = timestamp::from_seconds(value).ok_or_else(|| invalid("timestamp"))?;
        }
        Slot::Document(place) => *place = DocumentVisitor.visit_f64(value)?,
        // In JSON, `1e3` and `2.0` are whole numbers too.
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
            let bytes = base64::decode(value.as_ref()).map_err(|_| invalid("base64"))?;
            *place = Blob::new(bytes);
        }
        Slot::Stream(place) => {
            let bytes = base64::decode(value.as_ref()).map_err(|_| invalid("base64"))?;
            *place = bytes.into();
        }
        Slot::Timestamp(place) => {
            *place = timestamp::from_text(&value).ok_or_else(|| invalid("timestamp"))?;
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
        _ => Err(invalid("number")),
    }
}

fn number_text<T: FromStr, E: Error>(place: &mut T, text: &str) -> Result<(), E> {
    *place = text.parse().map_err(|_| invalid("number"))?;
    Ok(())
}

/// Returns the error of a value of the right type in an invalid format.
fn invalid<E: Error>(what: &str) -> E {
    E::custom(format_args!("invalid {what}"))
}

pub(crate) fn out_of_range<E: Error>() -> E {
    E::custom("number out of range")
}

/// Returns the error of a value of the wrong type.
pub(crate) fn unexpected<E: Error>(given: Unexpected<'_>, slot: &Slot<'_>) -> E {
    // The value may be a secret, so the error only contains its kind.
    let kind = match given {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "a number",
        Unexpected::Str(_) => "text",
        Unexpected::Bytes(_) => "bytes",
        Unexpected::Seq => "a list",
        Unexpected::Map => "an object",
        _ => "something else",
    };
    E::invalid_type(Unexpected::Other(kind), &expected(slot))
}

pub(crate) fn expected(slot: &Slot<'_>) -> &'static str {
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

#[cfg(test)]
mod tests {
    use crate::value::codec::from_json_leniently;
    use crate::value::shape::Shape;
    use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime};
    use std::collections::HashMap;

    /// Returns the error of reading this document as a value of this type, or `None` if it can be read.
    fn error<T: Shape>(json: &str) -> Option<String> {
        let mut value = T::empty();
        let read = from_json_leniently(json.as_bytes(), value.slot());
        read.err().map(|error| format!("{error:?}"))
    }

    #[test]
    fn no_error_shows_the_value_that_cannot_be_read() {
        type Read = fn(&str) -> Option<String>;
        let types: [(&str, Read); 15] = [
            ("boolean", error::<bool>),
            ("byte", error::<i8>),
            ("short", error::<i16>),
            ("integer", error::<i32>),
            ("long", error::<i64>),
            ("float", error::<f32>),
            ("double", error::<f64>),
            ("bigInteger", error::<BigInteger>),
            ("bigDecimal", error::<BigDecimal>),
            ("string", error::<String>),
            ("blob", error::<Blob>),
            ("timestamp", error::<DateTime>),
            ("list", error::<Vec<i32>>),
            ("map", error::<HashMap<String, i32>>),
            ("list of maps", error::<Vec<HashMap<String, Blob>>>),
        ];
        let values = [
            "\"hush!\"",
            "7777777",
            "-7777777",
            "7777.777",
            "7777e7777",
            "77777777777777777777777777777777777777777777",
            "[\"hush!\"]",
            "{\"key\": \"hush!\"}",
            "[{\"key\": \"hush!\"}]",
            "[7777.777]",
            "[\"hush",
            "{\"key\": 7777",
            "hush",
        ];
        let mut errors = 0;
        for (name, read) in types {
            for value in values {
                let Some(error) = read(value) else { continue };
                errors += 1;
                let shown = error.contains("hush") || error.contains("777");
                assert!(!shown, "{name} {value}: {error}");
            }
        }
        assert!(errors > 100, "{errors}");
    }

    #[test]
    fn an_error_names_the_fault_of_a_value() {
        let table = [
            (error::<Blob>("\"*\""), "invalid base64"),
            (error::<DateTime>("\"x\""), "invalid timestamp"),
            (error::<f64>("\"x\""), "invalid number"),
            (error::<BigDecimal>("\"x\""), "invalid number"),
            (error::<i8>("128"), "number out of range"),
            (
                error::<i32>("\"x\""),
                "invalid type: text, expected a whole number",
            ),
            (
                error::<String>("{}"),
                "invalid type: an object, expected text",
            ),
        ];
        for (error, expected) in table {
            let error = error.unwrap_or_default();
            assert!(error.contains(expected), "{expected}: {error}");
        }
    }
}
