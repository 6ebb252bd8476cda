//! The steps of a plan, with one file for each task type.

pub(crate) mod arithmetic;
pub(crate) mod filter;
pub(crate) mod map;
pub(crate) mod mask;
pub(crate) mod merge;
pub(crate) mod partition;
pub(crate) mod truncate;
pub(crate) mod validate;

use appflow_sdk::types::{OperatorPropertiesKeys, Task};
use serde_json::Value;
use std::sync::Arc;

/// Returns a property of a task, if it is set.
pub(super) fn property(task: &Task, key: OperatorPropertiesKeys) -> Option<&str> {
    let properties = task.task_properties.as_ref()?;
    properties.get(&key).map(String::as_str)
}

/// Returns the name of the field that a task computes.
pub(super) fn result(task: &Task) -> Arc<str> {
    let given = task.destination_field.as_deref();
    let given = given.filter(|name| !name.is_empty());
    given.map_or_else(|| task.source_fields.join(",").into(), Arc::from)
}

/// Returns the names in a property: a JSON list, or separated by commas.
fn names(text: &str) -> Vec<String> {
    if let Ok(Value::Array(values)) = serde_json::from_str(text) {
        let names = values.iter().filter_map(Value::as_str);
        return names.map(str::to_owned).collect();
    }
    let names = text.split(',').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Returns a property that is a number of characters.
fn length(task: &Task, key: OperatorPropertiesKeys) -> Result<usize, String> {
    let name = key.as_str().to_owned();
    let text = property(task, key).ok_or_else(|| format!("{name} must be given"))?;
    let number = text.trim().parse();
    number.map_err(|_| format!("{name} must be a number of characters"))
}
