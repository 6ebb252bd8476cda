//! Reads documents in CBOR as JSON that can be compared.

use anyhow::Result;
use ciborium::Value as Cbor;
use serde_json::{Value, json};

/// Reads a document. No bytes are null.
pub(crate) fn read(bytes: &[u8]) -> Result<Value> {
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
