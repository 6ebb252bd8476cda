//! Selects traits and metadata that state facts, without documentation text.

use crate::Traits;
use serde_json::Value;
use std::collections::BTreeMap;

/// The traits that contain prose, or that Smithy 2.0 does not have.
const DROPPED: &[&str] = &[
    "smithy.api#documentation",
    "smithy.api#externalDocumentation",
    "smithy.api#examples",
    "smithy.api#box",
    "smithy.api#mixin",
];

/// The namespaces of traits with documentation inside their values.
const DOCUMENTED_WITHIN: &[&str] = &["smithy.rules#", "smithy.waiters#", "smithy.test#"];

/// The metadata of Smithy's linter.
const LINTER_METADATA: &[&str] = &["suppressions", "severityOverrides", "validators"];

/// Returns the traits to write.
pub(crate) fn traits(traits: &Traits) -> Vec<(String, Value)> {
    let kept = traits.iter().filter(|(id, _)| !DROPPED.contains(id));
    kept.map(|(id, value)| {
        let mut value = value.clone();
        if DOCUMENTED_WITHIN
            .iter()
            .any(|prefix| id.starts_with(prefix))
        {
            strip_documentation(&mut value);
        }
        (id.to_owned(), value)
    })
    .collect()
}

/// Returns the metadata to write.
pub(crate) fn metadata(metadata: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    let mut kept = metadata.clone();
    kept.retain(|key, _| !LINTER_METADATA.contains(&key.as_str()));
    kept
}

/// Removes documentation strings. An object under the key `documentation` is kept, since it is an entry of that name.
fn strip_documentation(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|key, value| key != "documentation" || !value.is_string());
            fields.values_mut().for_each(strip_documentation);
        }
        Value::Array(items) => items.iter_mut().for_each(strip_documentation),
        _ => {}
    }
}
