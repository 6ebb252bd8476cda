//! Converts botocore's tables of retried codes and statuses to JSON for the runtime's tests.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// The lists of `retries/standard.py`, by their names in the table.
const LISTS: [(&str, &str); 4] = [
    ("throttling_codes", "_THROTTLED_ERROR_CODES"),
    ("throttling_statuses", "_THROTTLING_STATUS_CODES"),
    ("transient_codes", "_TRANSIENT_ERROR_CODES"),
    ("transient_statuses", "_TRANSIENT_STATUS_CODES"),
];

/// Returns the table: the lists of the standard mode, and code and status of each definition of `_retry.json`.
pub(super) fn table(definitions: &str, standard: &str) -> Result<String> {
    let mut table = json!({ "source": "botocore: data/_retry.json, retries/standard.py" });
    for (name, list) in LISTS {
        table[name] = list_of(standard, list).with_context(|| format!("standard.py: {list}"))?;
    }
    let file: Value = serde_json::from_str(definitions).context("_retry.json")?;
    let definitions = file["definitions"]
        .as_object()
        .context("_retry.json: definitions")?;
    let responses = definitions
        .values()
        .map(|one| &one["applies_when"]["response"]);
    let responses = responses.filter(|response| response.is_object());
    table["definitions"] = responses
        .map(|response| {
            json!({ "code": response["service_error_code"], "status": response["http_status_code"] })
        })
        .collect();
    Ok(format!("{table:#}\n"))
}

/// Returns a list of strings or numbers that Python source assigns to a name.
fn list_of(source: &str, name: &str) -> Result<Value> {
    let (_, rest) = source
        .split_once(&format!("{name} = ["))
        .context("not found")?;
    let (inner, _) = rest.split_once(']').context("unterminated list")?;
    let items = inner
        .split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty());
    let items: Vec<Value> = items
        .map(|item| {
            serde_json::from_str(&item.replace('\'', "\"")).with_context(|| item.to_owned())
        })
        .collect::<Result<_>>()?;
    ensure!(!items.is_empty(), "empty list");
    Ok(items.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_definitions_are_taken() {
        let standard = "\
            _TRANSIENT_ERROR_CODES = [\n    'A',\n    'B',\n]\n_TRANSIENT_STATUS_CODES = [500, 502]\n\
            _THROTTLED_ERROR_CODES = ['C']\n_THROTTLING_STATUS_CODES = [429]\n";
        let definitions = r#"{"definitions": {
            "c": {"applies_when": {"response": {"service_error_code": "C", "http_status_code": 400}}},
            "sockets": {"applies_when": {"socket_errors": ["X"]}}}}"#;
        let table: Value = serde_json::from_str(&table(definitions, standard).unwrap()).unwrap();
        assert_eq!(table["transient_codes"], json!(["A", "B"]));
        assert_eq!(table["transient_statuses"], json!([500, 502]));
        assert_eq!(
            table["definitions"],
            json!([{ "code": "C", "status": 400 }])
        );
        assert!(super::table(definitions, "").is_err());
    }
}
