//! Converts the `Debug` text of an output of aws-sdk-appflow to JSON in the format of the AWS CLI.
//!
//! The official types cannot be serialized; only `Debug` shows all of their members.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};
use smithy_model::known::EnumValue;
use smithy_model::{Model, Shape, ShapeId, ShapeKind};

/// Parses an output. A member that the model does not have is an error.
pub(crate) fn to_cli(model: &Model, target: &ShapeId, debug: &str) -> Result<Value> {
    let mut parser = Parser { rest: debug };
    let node = parser.node().with_context(|| debug.to_owned())?;
    if !parser.rest.is_empty() {
        bail!("after the end of {debug}: {}", parser.rest);
    }
    Ok(value(model, target, &node)?.unwrap_or(Value::Null))
}

/// A value in `Debug` text.
#[derive(Debug, PartialEq)]
enum Node {
    /// A name, a number or a time.
    Word(String),
    Text(String),
    /// `Name(…)`
    Around(String, Box<Node>),
    Fields(Vec<(String, Node)>),
    List(Vec<Node>),
    Entries(Vec<(Node, Node)>),
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn node(&mut self) -> Result<Node> {
        if self.rest.starts_with('"') {
            return Ok(Node::Text(self.text()?));
        }
        if self.eat("[") {
            return Ok(Node::List(self.until("]", Self::node)?));
        }
        if self.eat("{") {
            let entry = |parser: &mut Self| Ok((parser.node()?, parser.after(": ")?));
            return Ok(Node::Entries(self.until("}", entry)?));
        }
        let word = self.word(&[',', '(', ')', '}', ']', '{', ' '])?;
        if self.eat(" {") {
            let field = |parser: &mut Self| {
                parser.eat(" ");
                Ok((parser.word(&[':'])?, parser.after(": ")?))
            };
            return Ok(Node::Fields(self.until(" }", field)?));
        }
        if self.eat("(") {
            let within = self.node()?;
            self.expect(")")?;
            return Ok(Node::Around(word, Box::new(within)));
        }
        Ok(Node::Word(word))
    }

    fn until<T>(
        &mut self,
        end: &str,
        mut one: impl FnMut(&mut Self) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut all = Vec::new();
        while !self.eat(end) {
            if !all.is_empty() {
                self.expect(", ")?;
            }
            all.push(one(self)?);
        }
        Ok(all)
    }

    fn after(&mut self, mark: &str) -> Result<Node> {
        self.expect(mark)?;
        self.node()
    }

    fn eat(&mut self, mark: &str) -> bool {
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, mark: &str) -> Result<()> {
        match self.eat(mark) {
            true => Ok(()),
            false => bail!("no {mark:?} before {:?}", self.rest),
        }
    }

    fn word(&mut self, ends: &[char]) -> Result<String> {
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        // A colon ends a word only where it ends a key: moments have some within.
        let key = self.rest.find(": ").unwrap_or(end);
        let (word, rest) = self.rest.split_at(end.min(key));
        if word.is_empty() {
            bail!("no word before {rest:?}");
        }
        self.rest = rest;
        Ok(word.to_owned())
    }

    fn text(&mut self) -> Result<String> {
        self.expect("\"")?;
        let mut text = String::new();
        let mut characters = self.rest.char_indices();
        while let Some((index, character)) = characters.next() {
            match character {
                '"' => {
                    self.rest = &self.rest[index + 1..];
                    return Ok(text);
                }
                '\\' => {
                    let (_, escape) = characters.next().context("an escape")?;
                    text.push(match escape {
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        '0' => '\0',
                        'u' => {
                            let digits = characters.by_ref().map(|(_, digit)| digit);
                            let digits: String =
                                digits.skip(1).take_while(|digit| *digit != '}').collect();
                            let code = u32::from_str_radix(&digits, 16)?;
                            char::from_u32(code).context("a character")?
                        }
                        plain => plain,
                    });
                }
                plain => text.push(plain),
            }
        }
        bail!("a text without an end")
    }
}

/// Returns `None` for an absent value.
fn value(model: &Model, target: &ShapeId, node: &Node) -> Result<Option<Value>> {
    match node {
        Node::Around(name, within) if name == "Some" => return value(model, target, within),
        Node::Word(name) if name == "None" => return Ok(None),
        _ => {}
    }
    let shape = model.expect(target)?;
    let member = |name: &str| {
        shape
            .member(name)
            .with_context(|| format!("{target} has no {name}"))
    };
    Ok(Some(match (&shape.kind, node) {
        (ShapeKind::Structure, Node::Fields(fields)) => structure(model, shape, fields)?,
        // A structure without members.
        (ShapeKind::Structure, Node::Word(_)) => Value::Object(Map::new()),
        (ShapeKind::List, Node::List(elements)) => {
            let element = member("member")?;
            let elements = elements
                .iter()
                .map(|node| present(model, &element.target, node));
            Value::Array(elements.collect::<Result<_>>()?)
        }
        (ShapeKind::Map, Node::Entries(entries)) => {
            let (of_key, of_value) = (member("key")?, member("value")?);
            let entries = entries.iter().map(|(key, node)| {
                let key = present(model, &of_key.target, key)?;
                let key = key.as_str().context("a key is text")?.to_owned();
                Ok((key, present(model, &of_value.target, node)?))
            });
            Value::Object(entries.collect::<Result<_>>()?)
        }
        (ShapeKind::Enum, Node::Word(variant)) => variant_value(shape, variant)?,
        (ShapeKind::Timestamp, Node::Word(text)) | (_, Node::Text(text)) => text.as_str().into(),
        (_, Node::Word(word)) => {
            serde_json::from_str(word).with_context(|| format!("{target}: {word}"))?
        }
        (kind, node) => bail!("{target} is of kind {}, not {node:?}", kind.name()),
    }))
}

fn present(model: &Model, target: &ShapeId, node: &Node) -> Result<Value> {
    value(model, target, node)?.with_context(|| format!("{target} in a list or map is absent"))
}

fn structure(model: &Model, shape: &Shape, fields: &[(String, Node)]) -> Result<Value> {
    let mut members = Map::new();
    // The request's id is of no shape.
    for (field, node) in fields.iter().filter(|(field, _)| !field.starts_with('_')) {
        let mut found = shape.members.values();
        let member = found
            .find(|member| squashed(&member.name) == squashed(field))
            .with_context(|| format!("{} has no {field}", shape.id))?;
        if let Some(value) = value(model, &member.target, node)? {
            members.insert(member.name.clone(), value);
        }
    }
    Ok(Value::Object(members))
}

fn variant_value(shape: &Shape, variant: &str) -> Result<Value> {
    let values = shape.members.values();
    let mut values = values.filter_map(|member| Some(member.traits.get::<EnumValue>()?.0));
    values
        .find(|value| {
            value
                .as_str()
                .is_some_and(|value| squashed(value) == squashed(variant))
        })
        .with_context(|| format!("{} has no {variant}", shape.id))
}

/// Compares a Rust name with a wire name, ignoring case and word separators.
fn squashed(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(operation_output: &str, debug: &str) -> Result<Value> {
        let model = crate::model().unwrap();
        let target = format!("com.amazonaws.appflow#{operation_output}")
            .parse()
            .unwrap();
        to_cli(&model, &target, debug)
    }

    #[test]
    fn every_kind_of_member_is_read_by_its_shape() {
        let debug = "DescribeFlowOutput { flow_name: Some(\"a \\\"b\\\" \\u{1f}\\n{, }\"), description: None, \
            created_at: Some(2026-01-02T03:04:05Z), schema_version: Some(-3), \
            trigger_config: Some(TriggerConfig { trigger_type: Ondemand, trigger_properties: Some(TriggerProperties { scheduled: None }) }), \
            tasks: Some([Task { source_fields: [], connector_operator: Some(ConnectorOperator { s3: Some(NoOp) }), \
            task_type: MapAll, task_properties: Some({DataType: \"x\", SourceDataType: \"\"}) }]), \
            tags: Some({}), _request_id: Some(\"7\") }";
        let expected = json!({
            "flowName": "a \"b\" \u{1f}\n{, }",
            "createdAt": "2026-01-02T03:04:05Z",
            "schemaVersion": -3,
            "triggerConfig": {"triggerType": "OnDemand", "triggerProperties": {}},
            "tasks": [{
                "sourceFields": [],
                "connectorOperator": {"S3": "NO_OP"},
                "taskType": "Map_all",
                "taskProperties": {"DATA_TYPE": "x", "SOURCE_DATA_TYPE": ""},
            }],
            "tags": {},
        });
        assert_eq!(read("DescribeFlowResponse", debug).unwrap(), expected);
    }

    #[test]
    fn values_outside_of_the_model_are_errors() {
        for (debug, said) in [
            ("DescribeFlowOutput { flow_nom: None }", "flow_nom"),
            ("DescribeFlowOutput { flow_status: Some(Asleep) }", "Asleep"),
            (
                "DescribeFlowOutput { flow_name: Some(\"a) }",
                "without an end",
            ),
            ("DescribeFlowOutput { tags: Some({}) } and", "after the end"),
        ] {
            let error = format!("{:#}", read("DescribeFlowResponse", debug).unwrap_err());
            assert!(error.contains(said), "{error}");
        }
    }
}
