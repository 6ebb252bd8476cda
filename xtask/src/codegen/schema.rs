//! Generates the JSON Schemas of the definitions that `appflow` reads: one for flows and one for connector profiles.

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use smithy_model::known::{Length, Pattern, Range};
use smithy_model::{Member, Model, Shape, ShapeId, ShapeKind, Traits};
use std::collections::BTreeMap;
use std::path::Path;

/// The folder of the schemas.
pub(super) const FOLDER: &str = "appflow-cli/schema";

/// A definition, and the structure that it is parsed into.
struct Definition {
    file: &'static str,
    title: &'static str,
    input: &'static str,
    /// The members of the definition that the input does not have, with their documentation.
    more: &'static [(&'static str, &'static str)],
    /// `true` if strings may contain placeholders, which are replaced when the definition is applied.
    placeholders: bool,
}

const DEFINITIONS: [Definition; 2] = [
    Definition {
        file: "flow.json",
        title: "Definition of an AppFlow flow",
        input: "CreateFlowRequest",
        more: &[(
            "active",
            "Activates a scheduled or event-triggered flow, so that it runs when it is due. An on-demand flow is always active.",
        )],
        placeholders: false,
    },
    Definition {
        file: "profile.json",
        title: "Definition of an AppFlow connector profile",
        input: "CreateConnectorProfileRequest",
        more: &[],
        placeholders: true,
    },
];

/// The structures with one member for each connector, of which one may be set. The model has no unions.
const BLOCKS: [&str; 5] = [
    "SourceConnectorProperties",
    "DestinationConnectorProperties",
    "ConnectorProfileProperties",
    "ConnectorProfileCredentials",
    "ConnectorOperator",
];

/// The pattern of a string with a placeholder: `${env:NAME}` or `${file:PATH}`.
const PLACEHOLDER: &str = r"\$\{(env|file):";

/// Returns the schemas, by their file names.
pub(super) fn generate(model: &Model) -> Result<BTreeMap<&'static str, String>> {
    let namespace = model.service()?.id.namespace();
    let documents = DEFINITIONS.iter().map(|definition| {
        let id = ShapeId::new(namespace, definition.input)?;
        let mut writer = Writer {
            model,
            placeholders: definition.placeholders,
            definitions: Map::new(),
        };
        let mut root = writer.structure(model.expect(&id)?, definition.more)?;
        root.remove("description");
        root.insert(
            "$schema".to_owned(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        root.insert("title".to_owned(), json!(definition.title));
        root.insert("$defs".to_owned(), Value::Object(writer.definitions));
        let mut root = Value::Object(root);
        // The order of a map depends on the features of serde_json that other crates enable.
        root.sort_all_objects();
        Ok((
            definition.file,
            format!("{}\n", serde_json::to_string_pretty(&root)?),
        ))
    });
    documents.collect()
}

/// Returns the files whose content differs from the schemas.
pub(super) fn stale(root: &Path, model: &Model) -> Result<Vec<(std::path::PathBuf, String)>> {
    let files = generate(model)?.into_iter();
    let files = files.map(|(name, text)| (Path::new(FOLDER).join(name), text));
    Ok(files
        .filter(|(path, text)| std::fs::read_to_string(root.join(path)).ok().as_ref() != Some(text))
        .collect())
}

struct Writer<'a> {
    model: &'a Model,
    placeholders: bool,
    definitions: Map<String, Value>,
}

impl Writer<'_> {
    fn structure(&mut self, shape: &Shape, more: &[(&str, &str)]) -> Result<Map<String, Value>> {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for member in shape.members.values() {
            if member.traits.has("smithy.api#idempotencyToken") {
                continue;
            }
            if member.traits.has("smithy.api#required") {
                required.push(json!(member.name));
            }
            properties.insert(member.name.clone(), self.member(member)?);
        }
        for (name, description) in more {
            let schema = json!({"type": "boolean", "default": false, "description": description});
            properties.insert((*name).to_owned(), schema);
        }
        let mut schema = described("object", &shape.traits);
        schema.insert("properties".to_owned(), Value::Object(properties));
        schema.insert("additionalProperties".to_owned(), json!(false));
        if BLOCKS.contains(&shape.id.name()) {
            schema.insert("maxProperties".to_owned(), json!(1));
        }
        if !required.is_empty() {
            schema.insert("required".to_owned(), Value::Array(required));
        }
        Ok(schema)
    }

    /// Returns the schema of a member. Its own documentation takes precedence over that of its target.
    fn member(&mut self, member: &Member) -> Result<Value> {
        let mut schema = self.target(&member.target)?;
        if let Some(text) = documentation(&member.traits) {
            schema.insert("description".to_owned(), json!(text));
        }
        Ok(Value::Object(schema))
    }

    fn target(&mut self, id: &ShapeId) -> Result<Map<String, Value>> {
        let shape = self
            .model
            .shape(id)
            .with_context(|| format!("{id}: shape not found in the model"));
        let Ok(shape) = shape else {
            return Ok(prelude(id));
        };
        let mut schema = match &shape.kind {
            ShapeKind::Structure | ShapeKind::Enum => return self.reference(shape),
            ShapeKind::List => {
                let mut schema = described("array", &shape.traits);
                for member in shape.members.values() {
                    schema.insert("items".to_owned(), self.member(member)?);
                }
                schema
            }
            ShapeKind::Map => {
                let mut schema = described("object", &shape.traits);
                if let Some(value) = shape.members.get("value") {
                    schema.insert("additionalProperties".to_owned(), self.member(value)?);
                }
                if let Some(key) = shape.members.get("key") {
                    schema.insert("propertyNames".to_owned(), self.member(key)?);
                }
                schema
            }
            ShapeKind::Timestamp => {
                let mut schema = described("string", &shape.traits);
                schema.insert("type".to_owned(), json!(["string", "number"]));
                schema
            }
            ShapeKind::Boolean => described("boolean", &shape.traits),
            kind if kind.is_number() => described("integer", &shape.traits),
            _ => {
                let mut schema = described("string", &shape.traits);
                schema.extend(self.text(shape));
                return Ok(schema);
            }
        };
        schema.extend(constraints(shape));
        Ok(schema)
    }

    /// Returns the schema of a string, which either matches the constraints or contains a placeholder.
    fn text(&self, shape: &Shape) -> Map<String, Value> {
        let constraints = constraints(shape);
        if !self.placeholders || constraints.is_empty() {
            return constraints;
        }
        let either = json!([{ "pattern": PLACEHOLDER }, constraints]);
        Map::from_iter([("anyOf".to_owned(), either)])
    }

    /// Returns a reference to a structure or enum, whose schema is written once.
    fn reference(&mut self, shape: &Shape) -> Result<Map<String, Value>> {
        let name = shape.id.name().to_owned();
        if !self.definitions.contains_key(&name) {
            self.definitions.insert(name.clone(), Value::Null);
            let schema = match shape.kind {
                ShapeKind::Enum => enumeration(shape),
                _ => self.structure(shape, &[])?,
            };
            self.definitions.insert(name.clone(), Value::Object(schema));
        }
        let reference = json!(format!("#/$defs/{name}"));
        Ok(Map::from_iter([("$ref".to_owned(), reference)]))
    }
}

fn enumeration(shape: &Shape) -> Map<String, Value> {
    let values = shape.members.values();
    let values = values.filter_map(|member| member.traits.raw("smithy.api#enumValue").cloned());
    let mut schema = described("string", &shape.traits);
    schema.insert("enum".to_owned(), Value::Array(values.collect()));
    schema
}

fn prelude(id: &ShapeId) -> Map<String, Value> {
    let kind = match id.name() {
        "Boolean" | "PrimitiveBoolean" => "boolean",
        "String" => "string",
        "Timestamp" => "string",
        _ => "integer",
    };
    Map::from_iter([("type".to_owned(), json!(kind))])
}

fn constraints(shape: &Shape) -> Map<String, Value> {
    let mut schema = Map::new();
    let names = match shape.kind {
        ShapeKind::List => ["minItems", "maxItems"],
        ShapeKind::Map => ["minProperties", "maxProperties"],
        _ => ["minLength", "maxLength"],
    };
    let length = shape.traits.get::<Length>();
    let bounds = length
        .map(|length| [length.min, length.max])
        .unwrap_or_default();
    for (name, bound) in names.into_iter().zip(bounds) {
        if let Some(bound) = bound.filter(|bound| *bound > 0) {
            schema.insert(name.to_owned(), json!(bound));
        }
    }
    if let Some(range) = shape.traits.get::<Range>() {
        for (name, bound) in [("minimum", range.min), ("maximum", range.max)] {
            if let Some(bound) = bound {
                schema.insert(name.to_owned(), json!(bound));
            }
        }
    }
    if let Some(Pattern(pattern)) = shape.traits.get::<Pattern>()
        && is_portable(&pattern)
    {
        // The service matches the whole string.
        schema.insert("pattern".to_owned(), json!(format!("^(?:{pattern})$")));
    }
    schema
}

/// Returns whether all validators interpret a pattern alike. Halves of surrogate pairs are valid only in JavaScript and
/// Java, and Python refuses them. The checks of the command use the whole pattern.
fn is_portable(pattern: &str) -> bool {
    !pattern.to_ascii_lowercase().contains("\\ud8")
}

fn described(kind: &str, traits: &Traits) -> Map<String, Value> {
    let mut schema = Map::from_iter([("type".to_owned(), json!(kind))]);
    if let Some(text) = documentation(traits) {
        schema.insert("description".to_owned(), json!(text));
    }
    schema
}

/// Returns the documentation as plain text, without examples in Rust.
fn documentation(traits: &Traits) -> Option<String> {
    let text = traits.raw("smithy.api#documentation")?.as_str()?;
    let prose = text.split("```").next().unwrap_or_default();
    let paragraphs = prose
        .split("\n\n")
        .filter(|paragraph| !paragraph.contains("](crate::"));
    let text = paragraphs.collect::<Vec<_>>().join("\n\n");
    let text = text.trim();
    (!text.is_empty()).then(|| without_links(text))
}

/// Replaces `[text](target)` by `text`.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        let link = after.split_once("](").and_then(|(name, target)| {
            let (_, rest) = target.split_once(')')?;
            Some((name, rest)).filter(|(name, _)| !name.contains(['[', ']', '\n']))
        });
        match link {
            Some((name, after)) => {
                plain.push_str(name);
                rest = after;
            }
            None => {
                plain.push('[');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::{is_portable, without_links};

    #[test]
    fn patterns_with_halves_of_surrogate_pairs_are_left_out() {
        let table = [
            (r"[\w/!@#+=.-]+", true),
            (r"[\u0020-\uD7FF\t]*", true),
            (r"[\u0020-\uD7FF\uD800\uDC00-\uDBFF\uDFFF]*", false),
        ];
        for (pattern, portable) in table {
            assert_eq!(is_portable(pattern), portable, "{pattern}");
        }
    }

    #[test]
    fn links_become_their_text() {
        let table = [
            ("plain [1] text", "plain [1] text"),
            (
                "see [`Task`](crate::types::Task), then [this](https://x.example)",
                "see `Task`, then this",
            ),
            ("", ""),
        ];
        for (text, expected) in table {
            assert_eq!(without_links(text), expected);
        }
    }
}
