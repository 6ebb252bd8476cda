//! Normalizes requests of both sides to the parts with a meaning for the service.

use super::body;
use serde_json::{Map, Value, json};

/// Headers that differ between calls, belong to the transport, or identify the client.
const IGNORED: &[&str] = &[
    "amz-sdk-invocation-id",
    "amz-sdk-request",
    "authorization",
    "content-length",
    "expect",
    "host",
    "user-agent",
    "x-amz-date",
    "x-amz-user-agent",
];

/// Our request.
pub(super) fn ours(sent: &Value) -> Value {
    let target = sent["target"].as_str().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers = sent["headers"].as_array().into_iter().flatten();
    let headers = headers.map(|header| (header[0].clone(), header[1].clone()));
    let headers =
        headers.map(|(name, value)| (name.as_str().unwrap_or_default().to_owned(), value));
    form(sent, path, query, headers.collect(), &sent["body_hex"])
}

/// botocore's.
pub(super) fn theirs(sent: &Value) -> Value {
    let path = sent["path"].as_str().unwrap_or_default();
    let query = sent["query"].as_str().unwrap_or_default();
    let headers = sent["headers"].as_object().cloned().unwrap_or_default();
    form(sent, path, query, headers, &sent["body"])
}

fn form(
    sent: &Value,
    path: &str,
    query: &str,
    mut headers: Map<String, Value>,
    body: &Value,
) -> Value {
    // Smithy's own defaults for bytes and XML, which botocore does not send.
    let defaults = ["application/octet-stream", "application/xml"];
    let default = |name: &str, value: &Value| {
        name == "content-type" && defaults.iter().any(|default| value == default)
    };
    headers.retain(|name, value| !IGNORED.contains(&name.as_str()) && !default(name, value));
    let media_type = headers.get("content-type").and_then(Value::as_str);
    let media_type = media_type.unwrap_or_default().to_owned();
    // A form has no other encoding.
    let media_type = media_type.trim_end_matches("; charset=utf-8").to_owned();
    if !media_type.is_empty() {
        headers.insert("content-type".to_owned(), json!(media_type));
    }
    // The order of parameters has no meaning.
    let query = query.split('&').filter(|part| !part.is_empty());
    let mut query: Vec<String> = query.map(without_zeros).collect();
    query.sort_unstable();
    json!({
        "method": sent["method"],
        "host": sent["host"],
        "path": path,
        "query": query,
        "headers": headers,
        "body": body::content(&media_type, body.as_str().unwrap_or_default()),
    })
}

/// Shortens fractions of a second: botocore always writes six digits.
pub(super) fn without_zeros(part: &str) -> String {
    match part.strip_suffix('Z').filter(|part| part.contains('.')) {
        Some(time) => format!("{}Z", time.trim_end_matches('0')),
        None => part.to_owned(),
    }
}
