//! [`Tree`]: a value of a definition without defaults, which any format of serde can write.

use crate::primitives::DateTimeFormat;
use crate::read::ReadOptions;
use smithy_reqwest::serde::de::value::{self, MapDeserializer, SeqDeserializer};
use smithy_reqwest::serde::de::{Deserializer, IntoDeserializer, Visitor};
use smithy_reqwest::serde::forward_to_deserialize_any;
use smithy_reqwest::serde::ser::{Serialize, SerializeMap, Serializer};
use smithy_reqwest::shape::{Shape, Structure, Value};
use std::fmt;

/// Structures with one member for each connector, of which one is set. An empty member identifies the connector.
const BLOCKS: [&str; 4] = [
    "SourceConnectorProperties",
    "DestinationConnectorProperties",
    "ConnectorProfileProperties",
    "ConnectorProfileCredentials",
];

/// The members that the service sets by default, and their default values.
const DEFAULTS: [(&str, &str); 4] = [
    ("fileType", "JSON"),
    ("aggregationType", "None"),
    ("dataTransferApi", "AUTOMATIC"),
    ("writeOperationType", "INSERT"),
];

/// The optional members whose empty string means the same as no value: the whole bucket, or no profile.
const EMPTY_TEXTS: [&str; 2] = ["bucketPrefix", "connectorProfileName"];

/// The members of a task, in the order in which they are written.
const TASK: [&str; 5] = [
    "taskType",
    "connectorOperator",
    "sourceFields",
    "destinationField",
    "taskProperties",
];

/// A function from the name of a member and its text to the new text, or to `None` to leave the member out.
type Change<'a, E> = &'a mut dyn FnMut(&str, &str) -> Result<Option<String>, E>;

/// A value of a definition, as in JSON or YAML. Members are in the order of the model; those of a task begin with its
/// type.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Tree {
    /// No value.
    Null,
    /// A boolean.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// A floating-point number.
    Double(f64),
    /// A string. Timestamps are strings in the format of RFC 3339.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// An object.
    Object(Vec<(String, Tree)>),
}

/// Returns whether the value of a member is a default of the service. The keys of maps are the user's own.
fn is_service_default(name: &str, value: &Value<'_>) -> bool {
    match value {
        Value::String(text) => text.is_empty() && EMPTY_TEXTS.contains(&name),
        Value::Enum(value) => DEFAULTS.contains(&(name, value.wire_value())),
        _ => false,
    }
}

impl Tree {
    /// Converts a structure. Optional members that are absent, empty, `false` or a default are left out.
    pub(super) fn of(structure: &dyn Structure) -> Self {
        Self::of_structure(structure, false)
    }

    /// Converts a structure with all of its members, including defaults.
    pub(super) fn whole(structure: &dyn Structure) -> Self {
        Self::of_structure(structure, true)
    }

    fn of_structure(structure: &dyn Structure, whole: bool) -> Self {
        let schema = structure.schema();
        let keeps_empty = whole || BLOCKS.contains(&schema.name);
        let members = schema.members.iter().enumerate();
        let set = members.filter_map(|(index, member)| {
            let value = structure.member(index);
            let tree = Self::of_value(&value, whole);
            let kept = match keeps_empty {
                true => !value.is_absent(),
                false => {
                    member.required
                        || !(tree.is_default() || is_service_default(member.name, &value))
                }
            };
            kept.then(|| (member.name.to_owned(), tree))
        });
        let mut members: Vec<(String, Self)> = set.collect();
        if schema.name == "Task" {
            let place = |name: &str| TASK.iter().position(|member| *member == name);
            members.sort_by_key(|(name, _)| place(name).unwrap_or(TASK.len()));
        }
        Self::Object(members)
    }

    fn of_value(value: &Value<'_>, whole: bool) -> Self {
        match value {
            Value::Boolean(value) => Self::Boolean(*value),
            Value::Integer(value) => Self::Integer(*value),
            Value::Float(value) => Self::Double(f64::from(*value)),
            Value::Double(value) => Self::Double(*value),
            Value::Number(text) | Value::String(text) => Self::Text((*text).to_owned()),
            Value::Enum(value) => Self::Text(value.wire_value().to_owned()),
            Value::Timestamp(time) => time
                .fmt(DateTimeFormat::DateTime)
                .map_or(Self::Null, Self::Text),
            Value::List(list) => {
                let elements =
                    (0..list.len()).map(|index| Self::of_value(&list.element(index), whole));
                Self::List(elements.collect())
            }
            Value::Map(map) => {
                let entries = map.entries().into_iter();
                let entries =
                    entries.map(|(key, value)| (key.to_owned(), Self::of_value(&value, whole)));
                Self::Object(entries.collect())
            }
            Value::Structure(structure) => Self::of_structure(*structure, whole),
            // Definitions contain no blobs, streams, documents or unions.
            _ => Self::Null,
        }
    }

    /// Returns whether the value equals its absence.
    fn is_default(&self) -> bool {
        match self {
            Self::Null | Self::Boolean(false) => true,
            Self::List(elements) => elements.is_empty(),
            Self::Object(members) => members.is_empty(),
            _ => false,
        }
    }

    /// Replaces strings at any depth. `change` receives the name of the member that contains a string, and returns
    /// `None` to leave it out.
    pub(super) fn change_texts<E>(&mut self, change: Change<'_, E>) -> Result<(), E> {
        self.change_within("", change)
    }

    fn change_within<E>(&mut self, name: &str, change: Change<'_, E>) -> Result<(), E> {
        match self {
            Self::Text(text) => *self = change(name, text)?.map_or(Self::Null, Self::Text),
            Self::List(elements) => {
                for element in elements.iter_mut() {
                    element.change_within(name, change)?;
                }
            }
            Self::Object(members) => {
                for (name, tree) in members.iter_mut() {
                    tree.change_within(name, change)?;
                }
                members.retain(|(_, tree)| *tree != Self::Null);
            }
            _ => {}
        }
        Ok(())
    }

    /// Converts the tree to a shape.
    pub(super) fn read<T: Shape>(self) -> Result<T, value::Error> {
        ReadOptions::strict().deserialize(self)
    }

    /// Returns the member with a name.
    pub(super) fn get(&self, name: &str) -> Option<&Tree> {
        match self {
            Self::Object(members) => {
                let mut members = members.iter();
                members
                    .find(|(found, _)| found == name)
                    .map(|(_, tree)| tree)
            }
            _ => None,
        }
    }

    /// Returns the value at a path of member names.
    pub(super) fn at(&self, path: &str) -> Option<&Tree> {
        path.split('.').try_fold(self, |tree, name| tree.get(name))
    }

    /// Returns the string, or `None` for any other value.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Serializes the value as JSON on several lines, with two spaces for each level and a final line feed.
    pub fn to_json(&self) -> String {
        let mut json = String::new();
        self.write(&mut json, Some(0));
        json.push('\n');
        json
    }

    /// Writes JSON: on one line, or indented by a number of levels.
    fn write(&self, json: &mut String, level: Option<usize>) {
        match self {
            Self::Null => json.push_str("null"),
            Self::Boolean(value) => json.push_str(if *value { "true" } else { "false" }),
            Self::Integer(value) => json.push_str(&value.to_string()),
            Self::Double(value) if value.is_finite() => json.push_str(&format!("{value:?}")),
            Self::Double(_) => json.push_str("null"),
            Self::Text(text) => write_text(json, text),
            Self::List(elements) => {
                let simple = elements
                    .iter()
                    .all(|element| !matches!(element, Self::List(_) | Self::Object(_)));
                let level = level.filter(|_| !simple);
                write_group(json, ['[', ']'], elements, level, |json, element, level| {
                    element.write(json, level);
                });
            }
            Self::Object(members) => {
                write_group(
                    json,
                    ['{', '}'],
                    members,
                    level,
                    |json, (name, tree), level| {
                        write_text(json, name);
                        json.push_str(": ");
                        tree.write(json, level);
                    },
                );
            }
        }
    }
}

fn write_group<T>(
    json: &mut String,
    [open, close]: [char; 2],
    parts: &[T],
    level: Option<usize>,
    write: impl Fn(&mut String, &T, Option<usize>),
) {
    let new_line = |json: &mut String, level: Option<usize>| {
        if let Some(level) = level {
            json.push('\n');
            json.push_str(&"  ".repeat(level));
        }
    };
    json.push(open);
    for (position, part) in parts.iter().enumerate() {
        match (position, level) {
            (0, _) => {}
            (_, Some(_)) => json.push(','),
            (_, None) => json.push_str(", "),
        }
        let inner = level.map(|level| level + 1);
        new_line(json, inner);
        write(json, part, inner);
    }
    if !parts.is_empty() {
        new_line(json, level);
    }
    json.push(close);
}

fn write_text(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            control if control.is_control() => {
                json.push_str(&format!("\\u{:04x}", u32::from(control)));
            }
            other => json.push(other),
        }
    }
    json.push('"');
}

/// Writes JSON on one line.
impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut json = String::new();
        self.write(&mut json, None);
        f.write_str(&json)
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Double(value) => serializer.serialize_f64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(elements) => serializer.collect_seq(elements),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, tree) in members {
                    map.serialize_entry(name, tree)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> IntoDeserializer<'de, value::Error> for Tree {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Tree {
    type Error = value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, value::Error> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Boolean(value) => visitor.visit_bool(value),
            Self::Integer(value) => visitor.visit_i64(value),
            Self::Double(value) => visitor.visit_f64(value),
            Self::Text(text) => visitor.visit_string(text),
            Self::List(elements) => visitor.visit_seq(SeqDeserializer::new(elements.into_iter())),
            Self::Object(members) => visitor.visit_map(MapDeserializer::new(members.into_iter())),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
