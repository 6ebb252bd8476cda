//! Tests of the JSON that is written.

use super::*;
use crate::value::schema::{MemberSchema, StructureSchema};
use crate::value::shape::{Shape, Slot};
use proptest::prelude::*;
use std::collections::HashMap;

static SCHEMA: StructureSchema = StructureSchema::new(
    "test#Thing",
    "Thing",
    &[
        MemberSchema::new("Text", "text").wire_name("t"),
        MemberSchema::new("Count", "count").zero_default(),
        MemberSchema::new("Kept", "kept"),
        MemberSchema::new("Head", "head").at(Location::Header("x-head")),
    ],
);

/// A structure of a text, two numbers of which one may be left out, and a header.
pub(in crate::value::codec) struct Thing(
    pub(in crate::value::codec) Option<&'static str>,
    pub(in crate::value::codec) i64,
    pub(in crate::value::codec) i64,
);

impl Structure for Thing {
    fn schema(&self) -> &'static StructureSchema {
        &SCHEMA
    }

    fn member(&self, index: usize) -> Value<'_> {
        match index {
            0 => self.0.map_or(Value::Absent, Value::String),
            1 => Value::Integer(self.1),
            2 => Value::Integer(self.2),
            _ => Value::String("head"),
        }
    }

    fn member_slot(&mut self, _: usize) -> Slot<'_> {
        Slot::Ignored
    }
}

/// The index of the variant that is set.
pub(in crate::value::codec) struct Choice(pub(in crate::value::codec) Option<usize>);

impl Union for Choice {
    fn schema(&self) -> &'static StructureSchema {
        &SCHEMA
    }

    fn variant(&self) -> Option<(usize, Value<'_>)> {
        Some((self.0?, Value::Integer(7)))
    }

    fn set_variant(&mut self, _: usize) -> Slot<'_> {
        Slot::Ignored
    }
}

fn written(value: Value<'_>, target: Option<&'static TargetSchema>) -> String {
    let json = value_to_json(value, target, Dialect::REQUEST).unwrap();
    String::from_utf8(json).unwrap()
}

#[test]
fn simple_values_have_one_form_each() {
    for (value, expected) in [
        (Value::Absent, "null"),
        (Value::Boolean(true), "true"),
        (Value::Integer(-7), "-7"),
        (Value::Float(1.5), "1.5"),
        (Value::Float(f32::NAN), r#""NaN""#),
        (Value::Double(0.25), "0.25"),
        (Value::Double(f64::INFINITY), r#""Infinity""#),
        (Value::Double(f64::NEG_INFINITY), r#""-Infinity""#),
        (Value::String("a\"b"), r#""a\"b""#),
        (Value::Blob(b"ab"), r#""YWI=""#),
        // Numbers of any size keep their digits; a number that JSON cannot represent is a string.
        (
            Value::Number("-12345678901234567890.50"),
            "-12345678901234567890.50",
        ),
        (Value::Number("1e400"), "1e400"),
        (Value::Number("0"), "0"),
        (Value::Number("+1"), "1"),
        (Value::Number("null"), r#""null""#),
        (Value::Number("0x1"), r#""0x1""#),
    ] {
        assert_eq!(written(value, None), expected);
    }
}

#[test]
fn timestamps_have_the_format_of_their_target() {
    static EPOCH: TargetSchema =
        TargetSchema::new().timestamp_format(TimestampFormat::EpochSeconds);
    static TEXT: TargetSchema = TargetSchema::new().timestamp_format(TimestampFormat::DateTime);
    static HTTP: TargetSchema = TargetSchema::new().timestamp_format(TimestampFormat::HttpDate);
    let (whole, half) = (DateTime::from_secs(1), DateTime::from_secs_f64(1.5));
    for (time, target, expected) in [
        (&whole, None, "1"),
        (&half, None, "1.5"),
        (&whole, Some(&EPOCH), "1"),
        (&half, Some(&EPOCH), "1.5"),
        (&half, Some(&TEXT), r#""1970-01-01T00:00:01.5Z""#),
        (&whole, Some(&HTTP), r#""Thu, 01 Jan 1970 00:00:01 GMT""#),
    ] {
        assert_eq!(written(Value::Timestamp(time), target), expected);
    }
    let far = DateTime::from_secs(400_000_000_000);
    let error = value_to_json(Value::Timestamp(&far), Some(&TEXT), Dialect::REQUEST);
    assert!(matches!(error, Err(JsonError::Timestamp)), "{error:?}");
}

#[test]
fn only_requests_omit_zero_values_and_absent_or_bound_members_are_never_written() {
    for (thing, request, response) in [
        (
            Thing(None, 0, 0),
            r#"{"Kept":0}"#,
            r#"{"Count":0,"Kept":0}"#,
        ),
        (
            Thing(Some(""), 2, 3),
            r#"{"t":"","Count":2,"Kept":3}"#,
            r#"{"t":"","Count":2,"Kept":3}"#,
        ),
    ] {
        for (dialect, expected) in [(Dialect::REQUEST, request), (Dialect::RESPONSE, response)] {
            let json = to_json(&thing, dialect).unwrap();
            assert_eq!(String::from_utf8(json).unwrap(), expected);
        }
    }
}

#[test]
fn a_union_is_an_object_of_the_member_that_is_set_and_an_unknown_one_is_an_error() {
    assert_eq!(written(Value::Union(&Choice(Some(0))), None), r#"{"t":7}"#);
    assert_eq!(
        written(Value::Union(&Choice(Some(2))), None),
        r#"{"Kept":7}"#
    );
    let unknown = value_to_json(Value::Union(&Choice(None)), None, Dialect::REQUEST);
    assert_eq!(unknown.unwrap_err().to_string(), "Thing: unknown variant");
}

#[test]
fn a_map_is_an_object_whose_values_have_the_format_of_their_target() {
    static TIME: TargetSchema = TargetSchema::new().timestamp_format(TimestampFormat::DateTime);
    static TIMES: TargetSchema = TargetSchema::new().element(&TIME);
    let epoch = DateTime::from_secs(0);
    let times = HashMap::from([("a\"b".to_owned(), epoch), ("c".to_owned(), epoch)]);
    let object: serde_json::Value =
        serde_json::from_str(&written(Shape::value(&times), Some(&TIMES))).unwrap();
    let expected = "1970-01-01T00:00:00Z";
    assert_eq!(object, serde_json::json!({"a\"b": expected, "c": expected}));
    let empty: HashMap<String, DateTime> = HashMap::new();
    assert_eq!(written(Shape::value(&empty), None), "{}");
}

proptest! {
    #[test]
    fn texts_are_written_as_serde_json_writes_them(text in "\\PC*|[\"\\\\\u{0}-\u{21}\u{7f}-\u{a0}é]*") {
        let json = value_to_json(Value::String(&text), None, Dialect::REQUEST).unwrap();
        prop_assert_eq!(json, serde_json::to_vec(&text).unwrap());
    }
}
