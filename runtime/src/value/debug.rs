//! Implements `Debug` for all shapes, without secrets and without members that are not set.

use crate::value::schema::{MemberSchema, StructureSchema};
use crate::value::shape::{List, Structure, Union, Value};
use std::fmt;

/// The text that replaces a secret.
pub const REDACTED: &str = "*** Sensitive Data Redacted ***";

/// Formats a structure: its name and the members that are set.
///
/// # Errors
///
/// Returns an error if writing to the formatter fails.
#[doc(hidden)]
pub fn fmt_structure(structure: &dyn Structure, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let schema = structure.schema();
    let values = (0..schema.members.len()).map(|index| structure.member(index));
    fmt_members(schema.name, schema, values, f)
}

/// Formats a builder: its name and the members that are set.
///
/// # Errors
///
/// Returns an error if writing to the formatter fails.
#[doc(hidden)]
pub fn fmt_members<'a>(
    name: &str,
    schema: &StructureSchema,
    values: impl IntoIterator<Item = Value<'a>>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut output = f.debug_struct(name);
    let mut left_out = false;
    for (member, value) in schema.members.iter().zip(values) {
        match value {
            Value::Absent => left_out = true,
            value => {
                output.field(member.field, &MemberView { member, value });
            }
        }
    }
    if left_out {
        output.finish_non_exhaustive()
    } else {
        output.finish()
    }
}

/// Formats a union: the name of the variant and its value.
///
/// # Errors
///
/// Returns an error if writing to the formatter fails.
#[doc(hidden)]
pub fn fmt_union(union: &dyn Union, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let schema = union.schema();
    match union
        .variant()
        .and_then(|(index, value)| Some((schema.members.get(index)?, value)))
    {
        Some((member, value)) => f
            .debug_tuple(member.field)
            .field(&MemberView { member, value })
            .finish(),
        None => f.write_str("Unknown"),
    }
}

struct MemberView<'a> {
    member: &'a MemberSchema,
    value: Value<'a>,
}

impl fmt::Debug for MemberView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.member.sensitive {
            f.write_str(REDACTED)
        } else {
            self.value.fmt(f)
        }
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Absent => f.write_str("None"),
            Value::Boolean(value) => value.fmt(f),
            Value::Integer(value) => value.fmt(f),
            Value::Float(value) => value.fmt(f),
            Value::Double(value) => value.fmt(f),
            Value::Number(text) => f.write_str(text),
            Value::String(text) => text.fmt(f),
            Value::Enum(value) => f.write_str(value.wire_value()),
            Value::Blob(bytes) => write!(f, "{} bytes", bytes.len()),
            Value::Stream(stream) => stream.fmt(f),
            Value::Timestamp(time) => fmt::Display::fmt(time, f),
            Value::Document(document) => document.fmt(f),
            Value::List(list) => f.debug_list().entries(elements(*list)).finish(),
            Value::Map(map) => f.debug_map().entries(map.entries()).finish(),
            Value::Structure(structure) => fmt_structure(*structure, f),
            Value::Union(union) => fmt_union(*union, f),
        }
    }
}

fn elements(list: &dyn List) -> impl Iterator<Item = Value<'_>> {
    (0..list.len()).map(|index| list.element(index))
}
