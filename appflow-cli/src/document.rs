//! [`Document`]: parses YAML and JSON into values with line and column, which serde can deserialize.

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use std::fmt;

/// A position in a text; line and column start at 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A value and its position.
#[derive(Debug)]
pub(crate) struct Document {
    place: Place,
    value: Value,
}

#[derive(Debug)]
enum Value {
    Null,
    Boolean(bool),
    Integer(i64),
    Double(f64),
    Text(String),
    List(Vec<Document>),
    /// Members: name, position of the name, and value.
    Object(Vec<(String, Place, Document)>),
}

/// A fault of a text, and its position.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) message: String,
    pub(crate) place: Option<Place>,
}

impl Problem {
    fn at(place: Place, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            place: Some(place),
        }
    }

    fn or_at(mut self, place: Place) -> Self {
        self.place.get_or_insert(place);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match self.place {
            Some(Place { line, column }) => write!(f, " at line {line} column {column}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}

impl serde::de::Error for Problem {
    /// Keeps the position of a message that already has one. An error that gets a path is created again from its text.
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        let place = message
            .rsplit_once(" at line ")
            .and_then(|(before, place)| {
                let (line, column) = place.split_once(" column ")?;
                let place = Place {
                    line: line.parse().ok()?,
                    column: column.parse().ok()?,
                };
                Some((before.to_owned(), place))
            });
        match place {
            Some((message, place)) => Self::at(place, message),
            None => Self {
                message,
                place: None,
            },
        }
    }
}

impl Document {
    /// Parses a text with one document. JSON is a subset of YAML.
    pub(crate) fn parse(text: &str) -> Result<Self, Problem> {
        // Editors on Windows add a byte order mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let documents = MarkedYaml::load_from_str(text).map_err(|error| {
            let marker = error.marker();
            let place = Place {
                line: marker.line(),
                column: marker.col() + 1,
            };
            Problem::at(place, format!("invalid YAML: {}", error.info()))
        })?;
        match documents.as_slice() {
            [document] => Self::of(document),
            [] => Err(Problem {
                message: "empty document".to_owned(),
                place: None,
            }),
            [_, second, ..] => Err(Problem::at(
                place(second),
                "expected one definition in a file, found a second document",
            )),
        }
    }

    fn of(node: &MarkedYaml<'_>) -> Result<Self, Problem> {
        let place = place(node);
        let value = match &node.data {
            YamlData::Value(Scalar::Null) => Value::Null,
            YamlData::Value(Scalar::Boolean(value)) => Value::Boolean(*value),
            YamlData::Value(Scalar::Integer(value)) => Value::Integer(*value),
            YamlData::Value(Scalar::FloatingPoint(value)) => Value::Double(value.into_inner()),
            YamlData::Value(Scalar::String(text)) => Value::Text(text.clone().into_owned()),
            YamlData::Sequence(elements) => {
                let elements = elements.iter().map(Self::of);
                Value::List(elements.collect::<Result<_, _>>()?)
            }
            YamlData::Mapping(members) => {
                let members = members.iter().map(|(name, value)| {
                    let value = Self::of(value)?;
                    Ok((text_of(name)?, self::place(name), value))
                });
                Value::Object(members.collect::<Result<_, _>>()?)
            }
            _ => {
                return Err(Problem::at(
                    place,
                    "unsupported value: expected a string, number, list or object",
                ));
            }
        };
        Ok(Self { place, value })
    }

    /// Returns whether the document is an object with this member.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.member(name).is_some()
    }

    fn member(&self, name: &str) -> Option<&(String, Place, Document)> {
        match &self.value {
            Value::Object(members) => members.iter().find(|(found, ..)| found == name),
            _ => None,
        }
    }

    /// Returns the position of a path such as `tasks[2].taskType`, or of its longest existing prefix.
    pub(crate) fn place_of(&self, path: &str) -> Place {
        let mut found = (self, self.place);
        for step in steps(path) {
            let next = match step {
                Step::Name(name) => found
                    .0
                    .member(&name)
                    .map(|(_, place, document)| (document, *place)),
                Step::Index(index) => match &found.0.value {
                    Value::List(elements) => {
                        elements.get(index).map(|element| (element, element.place))
                    }
                    _ => None,
                },
            };
            match next {
                Some(next) => found = next,
                None => break,
            }
        }
        found.1
    }
}

enum Step {
    Name(String),
    Index(usize),
}

/// Splits a path into names, indices and quoted keys.
fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        rest = rest.strip_prefix('.').unwrap_or(rest);
        if let Some(inner) = rest.strip_prefix('[') {
            let (key, after) = inner.split_once(']').unwrap_or((inner, ""));
            steps.push(match key.parse() {
                Ok(index) => Step::Index(index),
                Err(_) => Step::Name(key.trim_matches('"').to_owned()),
            });
            rest = after;
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            steps.push(Step::Name(name.to_owned()));
            rest = after;
        }
    }
    steps
}

fn place(node: &MarkedYaml<'_>) -> Place {
    Place {
        line: node.span.start.line(),
        column: node.span.start.col() + 1,
    }
}

fn text_of(name: &MarkedYaml<'_>) -> Result<String, Problem> {
    match &name.data {
        YamlData::Value(Scalar::String(text)) => Ok(text.clone().into_owned()),
        YamlData::Value(Scalar::Integer(value)) => Ok(value.to_string()),
        YamlData::Value(Scalar::Boolean(value)) => Ok(value.to_string()),
        _ => Err(Problem::at(
            place(name),
            "invalid member name: expected a string",
        )),
    }
}

impl<'de> Deserializer<'de> for &'de Document {
    type Error = Problem;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        let read = match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Boolean(value) => visitor.visit_bool(*value),
            Value::Integer(value) => visitor.visit_i64(*value),
            Value::Double(value) => visitor.visit_f64(*value),
            Value::Text(text) => visitor.visit_borrowed_str(text),
            Value::List(elements) => visitor.visit_seq(Elements(elements.iter())),
            Value::Object(members) => visitor.visit_map(Members {
                members: members.iter(),
                value: None,
            }),
        };
        read.map_err(|problem| problem.or_at(self.place))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Elements<'de>(std::slice::Iter<'de, Document>);

impl<'de> SeqAccess<'de> for Elements<'de> {
    type Error = Problem;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Problem> {
        self.0
            .next()
            .map(|element| seed.deserialize(element))
            .transpose()
    }
}

struct Members<'de> {
    members: std::slice::Iter<'de, (String, Place, Document)>,
    value: Option<&'de Document>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Problem> {
        let Some((name, place, value)) = self.members.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        let name: StrDeserializer<'_, Problem> = name.as_str().into_deserializer();
        let key = seed.deserialize(name);
        key.map(Some).map_err(|problem| problem.or_at(*place))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Problem> {
        match self.value.take() {
            Some(value) => seed.deserialize(value),
            None => Err(Problem::custom("value requested before its name")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use appflow_sdk::read::ReadOptions;
    use appflow_sdk::types::Task;

    fn read(text: &str) -> Result<Task, Problem> {
        ReadOptions::strict().deserialize(&Document::parse(text)?)
    }

    #[test]
    fn faults_are_reported_with_their_position() {
        let table = [
            ("", "empty document"),
            (
                "taskType: Map_all\nsourceFeilds: []\n",
                "unknown member `sourceFeilds`, did you mean `sourceFields`? at line 2 column 1",
            ),
            (
                "taskType: Map_all\nsourceFields:\n  - a\n  - 5\n",
                "sourceFields[1]: invalid type: a number, expected text at line 4 column 5",
            ),
            ("taskType: [\n", "invalid YAML: "),
            (
                "taskType: Map\ntaskType: Map\n",
                "invalid YAML: duplicated key in mapping",
            ),
            (
                "{}\n---\n{}\n",
                "expected one definition in a file, found a second document at line 3 column 1",
            ),
            ("taskType: Map\n", "missing required: sourceFields"),
            (
                "- 1\n",
                "invalid type: a list, expected an object at line 1 column 1",
            ),
        ];
        for (text, expected) in table {
            let problem = read(text).unwrap_err().to_string();
            assert!(problem.starts_with(expected), "{problem}");
            assert_eq!(problem.lines().count(), 1);
        }
    }

    #[test]
    fn paths_lead_to_the_places_of_names_and_elements() {
        let text = "tasks:\n  - taskType: Map\n    taskProperties:\n      \"a.b\": c\n  - x: 1\n";
        let document = Document::parse(text).unwrap();
        let table = [
            ("tasks", (1, 1)),
            ("tasks[0].taskType", (2, 5)),
            ("tasks[0].taskProperties[\"a.b\"]", (4, 7)),
            ("tasks[1].y", (5, 5)),
            ("tasks[7]", (1, 1)),
            ("", (1, 1)),
        ];
        for (path, (line, column)) in table {
            assert_eq!(document.place_of(path), Place { line, column }, "{path}");
        }
    }

    #[test]
    fn json_is_read_like_yaml() {
        let task = read(
            "{\"taskType\": \"Map\", \"sourceFields\": [\"\\u00e9\"],\n\t\"destinationField\": \"x\"}",
        );
        assert_eq!(task.unwrap().source_fields(), ["é"]);
    }
}
