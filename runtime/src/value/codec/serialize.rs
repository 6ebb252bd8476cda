//! Writes values with serde, in the dialect of the AWS CLI.

use crate::value::codec::document::DocumentView;
use crate::value::codec::timestamp;
use crate::value::schema::TimestampFormat;
use crate::value::shape::{Shape, Structure, Union, Value};
use aws_smithy_types::base64;
use serde::ser::{Error, Serialize, SerializeMap, Serializer};

/// Serializes any shape in the dialect of the AWS CLI: the names of the model, all members, and timestamps by RFC 3339.
///
/// # Errors
///
/// Returns the error of the serializer.
pub fn serialize<T: Shape, S: Serializer>(shape: &T, serializer: S) -> Result<S::Ok, S::Error> {
    View(shape.value()).serialize(serializer)
}

struct View<'a>(Value<'a>);

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Absent => serializer.serialize_unit(),
            Value::Boolean(value) => serializer.serialize_bool(value),
            Value::Integer(value) => serializer.serialize_i64(value),
            Value::Float(value) if value.is_finite() => serializer.serialize_f32(value),
            Value::Float(value) => serializer.serialize_str(non_finite(value.into())),
            Value::Double(value) if value.is_finite() => serializer.serialize_f64(value),
            Value::Double(value) => serializer.serialize_str(non_finite(value)),
            Value::Number(text) => NumberView(text).serialize(serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::Enum(value) => serializer.serialize_str(value.wire_value()),
            Value::Blob(bytes) => serializer.serialize_str(&base64::encode(bytes)),
            Value::Stream(stream) => match stream.bytes() {
                Some(bytes) => serializer.serialize_str(&base64::encode(bytes)),
                None => Err(S::Error::custom(
                    "a stream cannot be serialized unless its bytes are in memory",
                )),
            },
            Value::Timestamp(time) => match timestamp::to_text(time, TimestampFormat::DateTime) {
                Some(text) => serializer.serialize_str(&text),
                None => Err(S::Error::custom(
                    "timestamp out of range: expected the years 0 to 9999",
                )),
            },
            Value::Document(document) => DocumentView(document).serialize(serializer),
            Value::List(list) => {
                serializer.collect_seq((0..list.len()).map(|index| View(list.element(index))))
            }
            Value::Map(map) => {
                let entries = map.entries().into_iter();
                serializer.collect_map(entries.map(|(key, value)| (key, View(value))))
            }
            Value::Structure(structure) => members(structure, serializer),
            Value::Union(union) => variant(union, serializer),
        }
    }
}

fn members<S: Serializer>(structure: &dyn Structure, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for (index, member) in structure.schema().members.iter().enumerate() {
        let value = structure.member(index);
        if !value.is_absent() {
            map.serialize_entry(member.name, &View(value))?;
        }
    }
    map.end()
}

fn variant<S: Serializer>(union: &dyn Union, serializer: S) -> Result<S::Ok, S::Error> {
    let Some((index, value)) = union.variant() else {
        return Err(S::Error::custom(format_args!(
            "{}: unknown variant",
            union.schema().name
        )));
    };
    let mut map = serializer.serialize_map(Some(1))?;
    if let Some(member) = union.schema().members.get(index) {
        map.serialize_entry(member.name, &View(value))?;
    }
    map.end()
}

/// Returns the text that Smithy's JSON protocols use for a value that is not a JSON number.
pub(crate) fn non_finite(value: f64) -> &'static str {
    match value {
        value if value.is_nan() => "NaN",
        value if value > 0.0 => "Infinity",
        _ => "-Infinity",
    }
}

/// A number of any size: serialized as a number if a type of serde can hold it, and as text otherwise.
pub(crate) struct NumberView<'a>(pub(crate) &'a str);

impl Serialize for NumberView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0;
        if let Ok(number) = text.parse::<i64>() {
            return serializer.serialize_i64(number);
        }
        if let Ok(number) = text.parse::<u64>() {
            return serializer.serialize_u64(number);
        }
        let number = text.parse::<f64>().ok();
        match number.filter(|number| number.to_string() == text) {
            Some(number) => serializer.serialize_f64(number),
            None => serializer.serialize_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::codec::json::tests::{Choice, Thing};

    fn written(value: Value<'_>) -> String {
        serde_json::to_string(&View(value)).unwrap()
    }

    #[test]
    fn values_are_written_as_the_aws_cli_writes_them() {
        let time = aws_smithy_types::DateTime::from_secs(1);
        for (value, expected) in [
            (Value::Absent, "null"),
            (Value::Boolean(true), "true"),
            (Value::Integer(-7), "-7"),
            (Value::Float(1.5), "1.5"),
            (Value::Float(f32::NAN), r#""NaN""#),
            (Value::Float(f32::INFINITY), r#""Infinity""#),
            (Value::Double(0.25), "0.25"),
            (Value::Double(f64::NEG_INFINITY), r#""-Infinity""#),
            (Value::Blob(b"ab"), r#""YWI=""#),
            (Value::Timestamp(&time), r#""1970-01-01T00:00:01Z""#),
            // It is a number if a type of serde holds it digit by digit.
            (Value::Number("-5"), "-5"),
            (
                Value::Number("18446744073709551615"),
                "18446744073709551615",
            ),
            (Value::Number("1.5"), "1.5"),
            (Value::Number("1.50"), r#""1.50""#),
            (
                Value::Number("18446744073709551616.5"),
                r#""18446744073709551616.5""#,
            ),
        ] {
            assert_eq!(written(value), expected);
        }
    }

    #[test]
    fn structures_have_all_their_members_by_the_names_of_the_model_and_unions_one() {
        let thing = Thing(None, 0, 1);
        assert_eq!(
            written(Value::Structure(&thing)),
            r#"{"Count":0,"Kept":1,"Head":"head"}"#
        );
        let thing = Thing(Some("x"), 0, 1);
        assert_eq!(
            written(Value::Structure(&thing)),
            r#"{"Text":"x","Count":0,"Kept":1,"Head":"head"}"#
        );
        assert_eq!(written(Value::Union(&Choice(Some(0)))), r#"{"Text":7}"#);
        let unknown = serde_json::to_string(&View(Value::Union(&Choice(None))));
        assert_eq!(unknown.unwrap_err().to_string(), "Thing: unknown variant");
    }
}
