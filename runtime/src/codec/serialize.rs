//! Values out, by serde: a [`Value`] and a dialect in, calls of a serializer out.

use crate::codec::document::DocumentView;
use crate::codec::timestamp;
use crate::schema::{Location, MemberSchema, StructureSchema, TargetSchema, TimestampFormat};
use crate::shape::{Shape, Structure, Union, Value};
use aws_smithy_types::{DateTime, base64};
use serde::ser::{Error, Serialize, SerializeMap, Serializer};

/// How values are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dialect {
    /// Whether members go under their names on the wire, and only those of the document body.
    pub(crate) wire: bool,
    /// Whether members that hold their zero default are left out.
    pub(crate) omit_zero_defaults: bool,
    /// How timestamps without a format of their own are written.
    pub(crate) timestamps: TimestampFormat,
}

impl Dialect {
    /// The AWS CLI's: the model's names, all members, timestamps by RFC 3339.
    pub(crate) const MODEL: Self = Self {
        wire: false,
        omit_zero_defaults: false,
        timestamps: TimestampFormat::DateTime,
    };
    /// What a client of a JSON protocol sends.
    pub(crate) const REQUEST: Self = Self {
        wire: true,
        omit_zero_defaults: true,
        timestamps: TimestampFormat::EpochSeconds,
    };
    /// What a server of a JSON protocol answers.
    pub(crate) const RESPONSE: Self = Self {
        wire: true,
        omit_zero_defaults: false,
        timestamps: TimestampFormat::EpochSeconds,
    };
}

/// Serializes any shape in the dialect of the AWS CLI.
pub fn serialize<T: Shape, S: Serializer>(shape: &T, serializer: S) -> Result<S::Ok, S::Error> {
    View {
        value: shape.value(),
        target: None,
        dialect: Dialect::MODEL,
    }
    .serialize(serializer)
}

/// Writes the document body of a structure as JSON.
pub(crate) fn to_json(
    structure: &dyn Structure,
    dialect: Dialect,
) -> Result<Vec<u8>, serde_json::Error> {
    let mut json = Vec::with_capacity(256);
    serde_json::to_writer(&mut json, &StructureView { structure, dialect })?;
    Ok(json)
}

/// Writes one value as JSON.
pub(crate) fn value_to_json(
    value: Value<'_>,
    target: Option<&'static TargetSchema>,
    dialect: Dialect,
) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&View {
        value,
        target,
        dialect,
    })
}

struct View<'a> {
    value: Value<'a>,
    target: Option<&'static TargetSchema>,
    dialect: Dialect,
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            target, dialect, ..
        } = *self;
        let element = target.and_then(|target| target.element);
        match self.value {
            Value::Absent => serializer.serialize_unit(),
            Value::Boolean(value) => serializer.serialize_bool(value),
            Value::Integer(value) => serializer.serialize_i64(value),
            Value::Float(value) if value.is_finite() => serializer.serialize_f32(value),
            Value::Float(value) => serializer.serialize_str(non_finite(value.into())),
            Value::Double(value) if value.is_finite() => serializer.serialize_f64(value),
            Value::Double(value) => serializer.serialize_str(non_finite(value)),
            Value::Number(text) => number(text, serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::Enum(value) => serializer.serialize_str(value.wire_value()),
            Value::Blob(bytes) => serializer.serialize_str(&base64::encode(bytes)),
            Value::Stream(stream) => match stream.bytes() {
                Some(bytes) => serializer.serialize_str(&base64::encode(bytes)),
                None => Err(S::Error::custom(
                    "a stream cannot be serialized unless its bytes are in memory",
                )),
            },
            Value::Timestamp(time) => self.timestamp(time, serializer),
            Value::Document(document) => DocumentView(document).serialize(serializer),
            Value::List(list) => {
                let view = |index| View {
                    value: list.element(index),
                    target: element,
                    dialect,
                };
                serializer.collect_seq((0..list.len()).map(view))
            }
            Value::Map(map) => {
                let entries = map.entries().into_iter();
                serializer.collect_map(entries.map(|(key, value)| {
                    (
                        key,
                        View {
                            value,
                            target: element,
                            dialect,
                        },
                    )
                }))
            }
            Value::Structure(structure) => {
                StructureView { structure, dialect }.serialize(serializer)
            }
            Value::Union(union) => self.union(union, serializer),
        }
    }
}

impl View<'_> {
    fn timestamp<S: Serializer>(&self, time: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
        let own = self
            .target
            .and_then(|target| target.timestamp_format)
            .filter(|_| self.dialect.wire);
        match own.unwrap_or(self.dialect.timestamps) {
            TimestampFormat::EpochSeconds if time.subsec_nanos() == 0 => {
                serializer.serialize_i64(time.secs())
            }
            TimestampFormat::EpochSeconds => {
                serializer.serialize_f64(timestamp::epoch_seconds(time))
            }
            format => match timestamp::to_text(time, format) {
                Some(text) => serializer.serialize_str(&text),
                None => Err(S::Error::custom(
                    "a timestamp lies outside of the years 0 to 9999",
                )),
            },
        }
    }

    fn union<S: Serializer>(&self, union: &dyn Union, serializer: S) -> Result<S::Ok, S::Error> {
        let Some((index, value)) = union.variant() else {
            return Err(S::Error::custom(format_args!(
                "{}: the variant is not known",
                union.schema().name
            )));
        };
        let mut map = serializer.serialize_map(Some(1))?;
        if let Some(member) = union.schema().members.get(index) {
            member_entry(&mut map, member, value, self.dialect)?;
        }
        map.end()
    }
}

struct StructureView<'a> {
    structure: &'a dyn Structure,
    dialect: Dialect,
}

impl Serialize for StructureView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let schema: &'static StructureSchema = self.structure.schema();
        let mut map = serializer.serialize_map(None)?;
        for (index, member) in schema.members.iter().enumerate() {
            if self.dialect.wire && member.location != Location::Body {
                continue;
            }
            let value = self.structure.member(index);
            let default = member.zero_default && self.dialect.omit_zero_defaults && value.is_zero();
            if !default && !value.is_absent() {
                member_entry(&mut map, member, value, self.dialect)?;
            }
        }
        map.end()
    }
}

fn member_entry<M: SerializeMap>(
    map: &mut M,
    member: &'static MemberSchema,
    value: Value<'_>,
    dialect: Dialect,
) -> Result<(), M::Error> {
    let name = if dialect.wire {
        member.wire_name
    } else {
        member.name
    };
    map.serialize_entry(
        name,
        &View {
            value,
            target: member.target,
            dialect,
        },
    )
}

/// The text that Smithy's JSON protocols use where JSON has no number.
pub(crate) fn non_finite(value: f64) -> &'static str {
    match value {
        value if value.is_nan() => "NaN",
        value if value > 0.0 => "Infinity",
        _ => "-Infinity",
    }
}

/// A number of any size: as a number while serde has one that holds it, else as text.
fn number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(number) = text.parse::<i64>() {
        serializer.serialize_i64(number)
    } else if let Ok(number) = text.parse::<u64>() {
        serializer.serialize_u64(number)
    } else if let Some(number) = text
        .parse::<f64>()
        .ok()
        .filter(|number| number.to_string() == text)
    {
        serializer.serialize_f64(number)
    } else {
        serializer.serialize_str(text)
    }
}
