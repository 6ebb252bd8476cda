//! Converts simple values of a response whose type differs from the model, as services send them occasionally. The
//! conversions are those of botocore in restJson1; requests and files are not converted.

use super::scalar::{double, integer, out_of_range, text, unexpected};
use crate::value::shape::Slot;
use serde::de::{Error, Unexpected};
use std::borrow::Cow;

/// The lower bound of numbers whose digits cannot be recovered from a double.
const EXACT: f64 = 18_446_744_073_709_551_616.0;

/// Reads a boolean. As a number, it is 1 or 0; as text, it is its name.
pub(super) fn from_boolean<E: Error>(slot: Slot<'_>, value: bool) -> Result<(), E> {
    let given = Unexpected::Bool(value);
    match slot {
        Slot::String(_) | Slot::Enum(_) => text(slot, Cow::Owned(value.to_string())),
        Slot::Byte(_)
        | Slot::Short(_)
        | Slot::Integer(_)
        | Slot::Long(_)
        | Slot::Float(_)
        | Slot::Double(_) => integer(slot, value.into(), given),
        slot => Err(unexpected(given, &slot)),
    }
}

/// Reads a whole number. As text, it is its digits; as a boolean, it is `true` unless it is zero.
pub(super) fn from_integer<E: Error>(
    slot: Slot<'_>,
    value: i128,
    given: Unexpected<'_>,
) -> Result<(), E> {
    match slot {
        Slot::Boolean(place) => *place = value != 0,
        Slot::String(_) | Slot::Enum(_) => return text(slot, Cow::Owned(value.to_string())),
        slot => return integer(slot, value, given),
    }
    Ok(())
}

/// Reads a number with a fraction. As a whole number, it is truncated, as Python's `int` does.
pub(super) fn from_double<E: Error>(slot: Slot<'_>, value: f64) -> Result<(), E> {
    match slot {
        Slot::Boolean(place) => *place = value != 0.0,
        Slot::String(_) | Slot::Enum(_) if value.abs() >= EXACT => return Err(out_of_range()),
        Slot::String(_) | Slot::Enum(_) => {
            let digits = serde_json::Number::from_f64(value).ok_or_else(out_of_range)?;
            return text(slot, Cow::Owned(digits.to_string()));
        }
        Slot::Byte(_) | Slot::Short(_) | Slot::Integer(_) | Slot::Long(_) => {
            return double(slot, value.trunc());
        }
        slot => return double(slot, value),
    }
    Ok(())
}

/// Reads text. As a number, it is parsed; as a boolean, it is `true` or `false`.
pub(super) fn from_text<E: Error>(slot: Slot<'_>, value: Cow<'_, str>) -> Result<(), E> {
    let given = Unexpected::Str(&value);
    match slot {
        Slot::Boolean(place) if value.eq_ignore_ascii_case("true") => *place = true,
        Slot::Boolean(place) if value.eq_ignore_ascii_case("false") => *place = false,
        Slot::Byte(_) | Slot::Short(_) | Slot::Integer(_) | Slot::Long(_) => {
            match value.trim().parse::<i128>() {
                Ok(number) => return integer(slot, number, given),
                Err(_) => return Err(unexpected(given, &slot)),
            }
        }
        Slot::Float(_) | Slot::Double(_) => match value.trim().parse::<f64>() {
            Ok(number) => return double(slot, number),
            Err(_) => return text(slot, value),
        },
        slot => return text(slot, value),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::value::codec::from_json_leniently;
    use crate::value::shape::Shape;
    use std::collections::HashMap;
    use std::fmt::Debug;

    fn read<T: Shape>(json: &str) -> Result<T, String> {
        let mut value = T::empty();
        match from_json_leniently(json.as_bytes(), value.slot()) {
            Ok(()) => Ok(value),
            Err(error) => Err(format!("{error:?}")),
        }
    }

    #[track_caller]
    fn reads<T: Shape + PartialEq + Debug>(table: &[(&str, T)]) {
        for (json, expected) in table {
            assert_eq!(read::<T>(json).as_ref(), Ok(expected), "{json}");
        }
    }

    #[test]
    fn a_simple_value_of_another_type_is_read_as_what_it_says() {
        reads(&[
            ("12", "12".to_owned()),
            ("-3", "-3".to_owned()),
            ("18446744073709551615", "18446744073709551615".to_owned()),
            ("1.5", "1.5".to_owned()),
            ("true", "true".to_owned()),
        ]);
        reads(&[
            ("\"12\"", 12_i32),
            ("\" -12 \"", -12),
            ("12.9", 12),
            ("-12.9", -12),
            ("true", 1),
            ("false", 0),
        ]);
        reads(&[("\"9007199254740993\"", 9_007_199_254_740_993_i64)]);
        reads(&[("\"1.5\"", 1.5_f64), ("\" 1e3 \"", 1000.0), ("true", 1.0)]);
        reads(&[
            ("\"true\"", true),
            ("\"True\"", true),
            ("\"FALSE\"", false),
            ("0", false),
            ("1", true),
            ("7", true),
            ("0.0", false),
        ]);
        reads(
            &[("[\"a\", 1, null, true]", vec!["a", "1", "true"])].map(|(json, texts)| {
                (
                    json,
                    texts.into_iter().map(str::to_owned).collect::<Vec<_>>(),
                )
            }),
        );
    }

    #[test]
    fn values_that_no_type_can_represent_are_errors_with_their_path() {
        type Read = fn(&str) -> Option<String>;
        fn error<T: Shape>(json: &str) -> Option<String> {
            read::<HashMap<String, Vec<T>>>(json).err()
        }
        let table: [(Read, &str); 15] = [
            (error::<i32>, "\"soon\""),
            (error::<i32>, "\"1.5\""),
            (error::<i32>, "\"\""),
            (error::<i32>, "3000000000"),
            (error::<i32>, "\"3000000000\""),
            (error::<i8>, "128.5"),
            (error::<f64>, "\"soon\""),
            (error::<f64>, "1e999"),
            (error::<bool>, "\"yes\""),
            (error::<bool>, "\"1\""),
            (error::<String>, "100000000000000000000"),
            (error::<String>, "[\"x\"]"),
            (error::<String>, "{}"),
            (error::<Vec<i32>>, "1"),
            (error::<HashMap<String, i32>>, "[1]"),
        ];
        for (read, json) in table {
            let error = read(&format!(r#"{{"a": [null, {json}]}}"#));
            let error = error.unwrap_or_else(|| panic!("{json} is read"));
            assert!(error.starts_with("[\"a\"][1]: "), "{json}: {error}");
        }
    }

    #[test]
    fn files_and_requests_are_not_read_so() {
        for json in ["12", "true", "1.5"] {
            let mut json = serde_json::Deserializer::from_str(json);
            assert!(crate::value::codec::deserialize::<String, _>(&mut json).is_err());
        }
        for json in ["\"1\"", "true", "1.5"] {
            let mut json = serde_json::Deserializer::from_str(json);
            assert!(crate::value::codec::deserialize::<i32, _>(&mut json).is_err());
        }
    }
}
