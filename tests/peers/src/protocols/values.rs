//! Converts values from the format of the suites to that of the AWS CLI, which our types read.

use anyhow::{Context, Result};
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{DateTime, base64};
use serde_json::{Value, json};
use smithy_model::{Model, ShapeId, ShapeKind};

/// Converts a value: the suites have blobs as plain text and timestamps as seconds, our types as base64 and RFC 3339.
pub(super) fn to_cli(model: &Model, target: &ShapeId, value: &Value) -> Result<Value> {
    let Some(shape) = model.shape(target) else {
        return Ok(value.clone());
    };
    let inner = |name: &str, value: &Value| match shape.member(name) {
        Some(member) => to_cli(model, &member.target, value),
        None => Ok(value.clone()),
    };
    Ok(match (&shape.kind, value) {
        (ShapeKind::Blob, Value::String(text)) => json!(base64::encode(text)),
        (ShapeKind::Timestamp, Value::Number(seconds)) => {
            let seconds = seconds.as_f64().context("a number of seconds")?;
            json!(DateTime::from_secs_f64(seconds).fmt(Format::DateTime)?)
        }
        (ShapeKind::Structure | ShapeKind::Union, Value::Object(members)) => {
            let members = members
                .iter()
                .map(|(name, value)| Ok((name.clone(), inner(name, value)?)));
            Value::Object(members.collect::<Result<_>>()?)
        }
        (ShapeKind::Map, Value::Object(entries)) => {
            let entries = entries
                .iter()
                .map(|(key, value)| Ok((key.clone(), inner("value", value)?)));
            Value::Object(entries.collect::<Result<_>>()?)
        }
        (ShapeKind::List, Value::Array(elements)) => {
            let elements = elements.iter().map(|value| inner("member", value));
            Value::Array(elements.collect::<Result<_>>()?)
        }
        _ => value.clone(),
    })
}
