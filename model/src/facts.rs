//! In: traits and metadata of any model. Out: those that state facts, without documentation text.

use crate::Traits;
use serde_json::Value;
use std::collections::BTreeMap;

/// Traits that are prose, or that Smithy 2.0 no longer has.
const DROPPED: &[&str] = &[
    "smithy.api#documentation",
    "smithy.api#externalDocumentation",
    "smithy.api#examples",
    "smithy.api#box",
    "smithy.api#mixin",
];

/// Namespaces whose traits carry documentation inside their values.
const DOCUMENTED_WITHIN: &[&str] = &["smithy.rules#", "smithy.waiters#", "smithy.test#"];

/// Metadata for Smithy's own linter.
const LINTER_METADATA: &[&str] = &["suppressions", "severityOverrides", "validators"];

/// The traits to write.
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

/// The metadata to write.
pub(crate) fn metadata(metadata: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    let mut kept = metadata.clone();
    kept.retain(|key, _| !LINTER_METADATA.contains(&key.as_str()));
    kept
}

/// Only texts go: an object under this key would be a thing that is called so.
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
