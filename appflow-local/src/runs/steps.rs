//! The steps between a source and a destination, one file a task type: a record in, a record or its fate out.

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

/// A property of a task, if it is given.
fn property(task: &Task, key: OperatorPropertiesKeys) -> Option<&str> {
    let properties = task.task_properties.as_ref()?;
    properties.get(&key).map(String::as_str)
}

/// The names that stand in a property: a JSON list, or names between commas.
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

/// A number of characters in a property.
fn length(task: &Task, key: OperatorPropertiesKeys) -> Result<usize, String> {
    let name = key.as_str().to_owned();
    let text = property(task, key).ok_or_else(|| format!("{name} must be given"))?;
    let number = text.trim().parse();
    number.map_err(|_| format!("{name} must be a number of characters"))
}
