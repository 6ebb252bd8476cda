//! Reads credentials from the JSON of a credential process or a metadata service. No error shows the contents, except
//! the code and message of an error response.

use crate::identity::credentials::Credentials;
use crate::value::codec::timestamp;
use crate::value::printable::Printable;
use serde_json::{Map, Value};
use std::time::SystemTime;

/// The format of a source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dialect {
    /// The name of the source, which is stored in the credentials.
    pub(super) provider_name: &'static str,
    /// The field of the session token.
    pub(super) token_field: &'static str,
    /// `true` if `"Version": 1` is required.
    pub(super) is_versioned: bool,
}

/// The error of an invalid response.
#[derive(Debug, thiserror::Error)]
pub(super) enum JsonError {
    #[error("empty response")]
    Empty,
    #[error("invalid JSON: {0}")]
    NotJson(serde_json::Error),
    #[error("expected a JSON object")]
    NotAnObject,
    #[error("`{0}` is missing")]
    Missing(&'static str),
    #[error("`{0}` is not a string")]
    NotText(&'static str),
    #[error("`{0}`: control characters are not allowed")]
    Control(&'static str),
    #[error("unsupported `Version`: expected 1")]
    Version,
    #[error("`Expiration` is not an RFC 3339 timestamp")]
    Expiration,
    #[error("refused: {0}")]
    Refused(String),
}

/// Reads credentials. They belong to the default account unless the response names another. Field names are matched
/// case-insensitively, as in other SDKs.
pub(super) fn read(
    answer: &[u8],
    dialect: Dialect,
    default_account: Option<&str>,
) -> Result<Credentials, JsonError> {
    let fields = object(answer)?;
    if let Some(refusal) = refusal(&fields) {
        return Err(JsonError::Refused(refusal));
    }
    if dialect.is_versioned && field(&fields, "Version") != Some(&Value::from(1)) {
        return Err(match field(&fields, "Version") {
            None => JsonError::Missing("Version"),
            Some(_) => JsonError::Version,
        });
    }
    let required = |name| text(&fields, name)?.ok_or(JsonError::Missing(name));
    let mut builder = Credentials::builder()
        .access_key_id(required("AccessKeyId")?)
        .secret_access_key(required("SecretAccessKey")?)
        .provider_name(dialect.provider_name);
    builder.set_session_token(text(&fields, dialect.token_field)?.map(str::to_owned));
    builder.set_expiry(text(&fields, "Expiration")?.map(time).transpose()?);
    let account = text(&fields, "AccountId")?.or(default_account);
    builder.set_account_id(account.map(Into::into));
    Ok(builder.build())
}

/// Returns the code and message of an error response.
pub(super) fn refusal_in(answer: &[u8]) -> Option<String> {
    refusal(&object(answer).ok()?)
}

pub(super) fn object(answer: &[u8]) -> Result<Map<String, Value>, JsonError> {
    if answer.trim_ascii().is_empty() {
        return Err(JsonError::Empty);
    }
    match serde_json::from_slice(answer).map_err(JsonError::NotJson)? {
        Value::Object(fields) => Ok(fields),
        _ => Err(JsonError::NotAnObject),
    }
}

fn refusal(fields: &Map<String, Value>) -> Option<String> {
    let message_of = |name| match field(fields, name) {
        Some(Value::String(text)) => Some(text.trim()).filter(|text| !text.is_empty()),
        _ => None,
    };
    let code = message_of("Code")?;
    if code.eq_ignore_ascii_case("success") {
        return None;
    }
    let message = message_of("Message").unwrap_or("no message");
    let text = format!("{}: {}", Printable(code), Printable(message));
    Some(text.chars().take(500).collect())
}

fn field<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let in_any_case = || {
        fields
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
    };
    fields
        .get(name)
        .or_else(|| in_any_case().map(|(_, value)| value))
}

/// Returns a string. One that is null or empty counts as missing.
pub(super) fn text<'a>(
    fields: &'a Map<String, Value>,
    name: &'static str,
) -> Result<Option<&'a str>, JsonError> {
    match field(fields, name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => match text.trim() {
            text if text.contains(char::is_control) => Err(JsonError::Control(name)),
            text => Ok(Some(text).filter(|text| !text.is_empty())),
        },
        Some(_) => Err(JsonError::NotText(name)),
    }
}

fn time(text: &str) -> Result<SystemTime, JsonError> {
    let time = timestamp::from_text(text).ok_or(JsonError::Expiration)?;
    SystemTime::try_from(time).map_err(|_| JsonError::Expiration)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_text_is_trimmed_and_one_with_control_characters_is_rejected() {
        for (value, expected) in [
            (json!(" v "), Ok(Some("v"))),
            (json!(""), Ok(None)),
            (json!(" "), Ok(None)),
            (json!(null), Ok(None)),
            (json!("a\nb"), Err("control")),
            (json!("\u{7f}a"), Err("control")),
            (json!(7), Err("kind")),
        ] {
            let Value::Object(fields) = json!({"Name": value.clone()}) else {
                panic!("{value}")
            };
            let found = text(&fields, "Name").map_err(|error| match error {
                JsonError::Control(_) => "control",
                JsonError::NotText(_) => "kind",
                _ => "another",
            });
            assert_eq!(found, expected, "{value}");
        }
    }
}
