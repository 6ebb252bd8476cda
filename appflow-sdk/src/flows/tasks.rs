//! Properties of tasks: operator, label, rank, and the expansion of a `Map_all`.

use crate::types::{OperatorPropertiesKeys, Task, TaskType};
use smithy_reqwest::shape::{Structure, Value};

/// Returns the connectors and values of a task's operator; a valid task has exactly one.
pub(super) fn operators(task: &Task) -> Vec<(&'static str, String)> {
    let Some(operator) = &task.connector_operator else {
        return Vec::new();
    };
    let members = operator.schema().members.iter().enumerate();
    members
        .filter_map(|(index, member)| match operator.member(index) {
            Value::Enum(value) => Some((member.name, value.wire_value().to_owned())),
            _ => None,
        })
        .collect()
}

/// Returns the value of a task's operator, or an empty string if it has none.
pub(super) fn operator(task: &Task) -> String {
    let mut operators = operators(task).into_iter();
    operators.next().map(|(_, value)| value).unwrap_or_default()
}

/// Returns whether a task lists the fields that other tasks read.
pub(super) fn is_projection(task: &Task) -> bool {
    task.task_type == TaskType::Filter && operator(task) == "PROJECTION"
}

/// Returns the value of a property.
pub(super) fn property<'a>(task: &'a Task, key: &OperatorPropertiesKeys) -> Option<&'a str> {
    let properties = task.task_properties.as_ref()?;
    properties.get(key).map(String::as_str)
}

/// Returns the rank of a task in the canonical order: projections, filters, computations, then mappings.
pub(super) fn rank(task: &Task) -> u8 {
    match task.task_type {
        TaskType::Filter if is_projection(task) => 0,
        TaskType::Filter => 1,
        TaskType::Validate => 2,
        TaskType::Merge => 3,
        TaskType::Arithmetic => 4,
        TaskType::Mask => 5,
        TaskType::Truncate => 6,
        TaskType::Map => 7,
        TaskType::MapAll => 8,
        TaskType::Partition => 9,
        _ => 10,
    }
}

/// Returns the label of a task in a change, such as `Map Name`.
pub(super) fn label(task: &Task) -> String {
    if is_projection(task) {
        return "projection".to_owned();
    }
    let mut label = task.task_type.to_string();
    let operator = operator(task);
    if !operator.is_empty() && operator != "NO_OP" {
        label = format!("{label} {operator}");
    }
    let fields = task.source_fields.join(",");
    match fields.is_empty() {
        true => label,
        false => format!("{label} {fields}"),
    }
}

/// Returns the fields that a `Map_all` excludes, or `None` for any other task.
fn excluded(task: &Task) -> Option<Vec<String>> {
    if task.task_type != TaskType::MapAll {
        return None;
    }
    let list = property(task, &OperatorPropertiesKeys::ExcludeSourceFieldsList)?;
    let inner = list.trim().strip_prefix('[')?.strip_suffix(']')?;
    let fields = inner
        .split(',')
        .map(|field| field.trim().trim_matches('"').to_owned());
    Some(fields.filter(|field| !field.is_empty()).collect())
}

/// Returns whether `current` is the expansion by the service of a `Map_all` in `desired` that excludes fields: a
/// projection, a mapping of each field to its own name, none of the excluded fields, and all other tasks unchanged.
pub(super) fn is_expansion(current: &[Task], desired: &[Task]) -> bool {
    let Some(excluded) = desired.iter().find_map(excluded) else {
        return false;
    };
    if excluded.is_empty() {
        return false;
    }
    let (made, kept): (Vec<&Task>, Vec<&Task>) = current
        .iter()
        .partition(|task| is_projection(task) || task.task_type == TaskType::Map);
    let own = made.iter().all(|task| {
        is_projection(task)
            || matches!(task.source_fields.as_slice(), [field]
                if task.destination_field.as_ref() == Some(field) && !excluded.contains(field))
    });
    let others: Vec<&Task> = desired
        .iter()
        .filter(|task| task.task_type != TaskType::MapAll && !is_projection(task))
        .collect();
    let has = |task_type| made.iter().any(|task| task.task_type == task_type);
    own && has(TaskType::Map) && has(TaskType::Filter) && kept == others
}
