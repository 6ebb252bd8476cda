//! Lowers `smithy.api#default` of a member or its target to the value that replaces a missing one, in responses and, for a
//! service, in inputs.

use crate::error::CodegenError;
use crate::ir::{Default, Presence, Type};
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{DateTime, base64};
use serde_json::{Number, Value};
use smithy_model::known::DefaultValue;
use smithy_model::{Member, Model};

/// Returns the default of a member, or `None` if it has none or removes that of its target.
pub(super) fn of_member(model: &Model, member: &Member) -> Option<Value> {
    let own = member.traits.get::<DefaultValue>();
    let DefaultValue(value) = own.or_else(|| of_target(model, member))?;
    Some(value).filter(|value| !value.is_null())
}

/// Returns the default of all members with the target of this one.
pub(super) fn of_target(model: &Model, member: &Member) -> Option<DefaultValue> {
    model.shape(&member.target)?.traits.get()
}

/// Returns the presence of a field with this type and default.
pub(super) fn presence(
    member: &Member,
    ty: &Type,
    value: &Value,
) -> Result<Presence, CodegenError> {
    lowered(ty, value).ok_or_else(|| {
        CodegenError::unsupported(
            &member.id,
            format!("the default {value} does not fit its type"),
        )
    })
}

fn lowered(ty: &Type, value: &Value) -> Option<Presence> {
    let presence = match (ty, value) {
        (Type::Boolean, Value::Bool(false)) => Presence::Zero,
        (Type::Boolean, Value::Bool(true)) => Presence::Default(Default::True),
        (Type::Float | Type::Double, Value::Number(number)) => float(number.as_f64()?),
        (Type::Byte, Value::Number(number)) => integer(i8::try_from(number.as_i64()?).ok()?),
        (Type::Short, Value::Number(number)) => integer(i16::try_from(number.as_i64()?).ok()?),
        (Type::Integer | Type::IntEnum(_), Value::Number(number)) => {
            integer(i32::try_from(number.as_i64()?).ok()?)
        }
        (Type::Long, Value::Number(number)) => integer(number.as_i64()?),
        (Type::BigInteger | Type::BigDecimal, Value::Number(number)) => big(number),
        (Type::String | Type::Blob | Type::Stream, Value::String(text)) if text.is_empty() => {
            Presence::Zero
        }
        (Type::String | Type::Enum(_), Value::String(text)) => {
            Presence::Default(Default::Text(text.clone()))
        }
        (Type::Blob, Value::String(text)) => {
            Presence::Default(Default::Blob(base64::decode(text).ok()?))
        }
        (Type::Timestamp, value) => timestamp(value)?,
        (Type::Document, value) => Presence::Default(Default::Document(value.clone())),
        (Type::List(..), Value::Array(elements)) if elements.is_empty() => Presence::Zero,
        (Type::Map(..), Value::Object(entries)) if entries.is_empty() => Presence::Zero,
        _ => return None,
    };
    Some(presence)
}

fn integer(number: impl Into<i64>) -> Presence {
    match number.into() {
        0 => Presence::Zero,
        number => Presence::Default(Default::Integer(number)),
    }
}

fn float(number: f64) -> Presence {
    match number {
        0.0 => Presence::Zero,
        number => Presence::Default(Default::Float(number)),
    }
}

/// Returns the default of a number of arbitrary size, by its digits.
fn big(number: &Number) -> Presence {
    match number.as_f64() {
        Some(0.0) => Presence::Zero,
        _ => Presence::Default(Default::Digits(number.to_string())),
    }
}

/// Returns the default of a timestamp, from seconds since 1970 or from a string in one of the timestamp formats.
fn timestamp(value: &Value) -> Option<Presence> {
    let time = match value {
        Value::Number(number) => match number.as_i64() {
            Some(seconds) => DateTime::from_secs(seconds),
            None => DateTime::from_secs_f64(number.as_f64()?),
        },
        Value::String(text) => {
            let parse = |format| DateTime::from_str(text, format).ok();
            parse(Format::DateTimeWithOffset).or_else(|| parse(Format::HttpDate))?
        }
        _ => return None,
    };
    Some(Presence::Default(Default::Timestamp {
        seconds: time.secs(),
        nanoseconds: time.subsec_nanos(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Density;
    use crate::names::Ident;
    use serde_json::json;

    #[test]
    fn a_default_is_the_value_of_its_type_that_the_model_names() {
        let time = |seconds, nanoseconds| {
            Some(Presence::Default(Default::Timestamp {
                seconds,
                nanoseconds,
            }))
        };
        let other = |default| Some(Presence::Default(default));
        let zero = Some(Presence::Zero);
        let strings = Type::List(Box::new(Type::String), Density::Dense);
        let table = [
            (Type::Boolean, json!(false), zero.clone()),
            (Type::Boolean, json!(true), other(Default::True)),
            (Type::Boolean, json!("true"), None),
            (Type::Byte, json!(127), other(Default::Integer(127))),
            (Type::Byte, json!(128), None),
            (Type::Short, json!(40_000), None),
            (Type::Integer, json!(-1), other(Default::Integer(-1))),
            (Type::Integer, json!(5_000_000_000_i64), None),
            (Type::Long, json!(0), zero.clone()),
            (Type::Float, json!(0), zero.clone()),
            (Type::Double, json!(0.5), other(Default::Float(0.5))),
            (Type::BigInteger, json!(0), zero.clone()),
            (
                Type::BigInteger,
                json!(7),
                other(Default::Digits("7".into())),
            ),
            (
                Type::BigDecimal,
                json!(7.5),
                other(Default::Digits("7.5".into())),
            ),
            (Type::String, json!(""), zero.clone()),
            (Type::String, json!("a"), other(Default::Text("a".into()))),
            (
                Type::Enum(Ident::verbatim("E")),
                json!("a"),
                other(Default::Text("a".into())),
            ),
            (Type::Blob, json!(""), zero.clone()),
            (
                Type::Blob,
                json!("aGk="),
                other(Default::Blob(b"hi".to_vec())),
            ),
            (Type::Blob, json!("hi!"), None),
            (Type::Stream, json!(""), zero.clone()),
            (Type::Timestamp, json!(0), time(0, 0)),
            (Type::Timestamp, json!(1.5), time(1, 500_000_000)),
            (
                Type::Timestamp,
                json!("1970-01-01T00:00:01.25Z"),
                time(1, 250_000_000),
            ),
            (
                Type::Timestamp,
                json!("1970-01-01T01:00:00+01:00"),
                time(0, 0),
            ),
            (
                Type::Timestamp,
                json!("Thu, 01 Jan 1970 00:00:02 GMT"),
                time(2, 0),
            ),
            (Type::Timestamp, json!("soon"), None),
            (Type::Timestamp, json!(true), None),
            (
                Type::Document,
                json!(true),
                other(Default::Document(json!(true))),
            ),
            (
                Type::Document,
                json!({}),
                other(Default::Document(json!({}))),
            ),
            (strings.clone(), json!([]), zero),
            (strings, json!(["a"]), None),
        ];
        for (ty, value, expected) in table {
            assert_eq!(lowered(&ty, &value), expected, "{ty:?} {value}");
        }
    }
}
