//! Bodies of CBOR: the suites have them in base64, the runner as digits.

use anyhow::{Context, Result};
use aws_smithy_types::base64;
use ciborium::Value as Cbor;
use serde_json::{Value, json};

/// Returns a body of the suites as the digits that the runner takes.
pub(super) fn digits(body: &Value) -> Result<String> {
    Ok(hex::encode(decoded(body)?))
}

/// Returns the document that was sent and the one that is expected, in a form that can be compared.
pub(super) fn documents(sent: &Value, expected: &Value) -> Result<(Value, Value)> {
    let sent = hex::decode(sent.as_str().unwrap_or_default())?;
    Ok((document(&sent)?, document(&decoded(expected)?)?))
}

fn decoded(body: &Value) -> Result<Vec<u8>> {
    let body = body.as_str().unwrap_or_default();
    base64::decode(body).context("a body of the suites is base64")
}

fn document(bytes: &[u8]) -> Result<Value> {
    if bytes.is_empty() {
        return Ok(Value::Null);
    }
    Ok(value(&ciborium::from_reader(bytes)?))
}

/// The same numbers have several forms; seconds may be whole numbers or not.
fn value(cbor: &Cbor) -> Value {
    match cbor {
        Cbor::Integer(number) => json!({"integer": i128::from(*number).to_string()}),
        Cbor::Float(number) => json!({"float": number.to_string()}),
        Cbor::Bytes(bytes) => json!({"bytes": hex::encode(bytes)}),
        Cbor::Text(text) => json!(text),
        Cbor::Bool(value) => json!(value),
        Cbor::Tag(tag, inner) => {
            let inner = match **inner {
                Cbor::Integer(number) => json!(i128::from(number) as f64),
                Cbor::Float(number) => json!(number),
                ref other => value(other),
            };
            json!({"tag": tag, "value": inner})
        }
        Cbor::Array(elements) => elements.iter().map(value).collect(),
        Cbor::Map(entries) => {
            let mut entries: Vec<_> = entries
                .iter()
                .map(|(key, element)| (value(key).to_string(), value(element)))
                .collect();
            entries.sort_by(|one, other| one.0.cmp(&other.0));
            json!({ "map": entries })
        }
        _ => Value::Null,
    }
}
