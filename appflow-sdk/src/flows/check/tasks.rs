//! Checks the tasks of a flow, and reports those that AppFlow refuses and those without effect.

use super::Finding;
use super::connectors::is_of;
use crate::flows::definition::FlowDefinition;
use crate::flows::tasks::{is_projection, operators, property};
use crate::types::{ConnectorType, OperatorPropertiesKeys, Task, TaskType};
use std::collections::BTreeSet;

pub(super) fn check(definition: &FlowDefinition) -> Vec<Finding> {
    let tasks = &definition.tasks;
    let mut findings = Vec::from_iter(movement(definition));
    for (index, task) in tasks.iter().enumerate() {
        let path = format!("tasks[{index}]");
        findings.extend(operator(definition, task, &path));
        findings.extend(needs(task).map(|message| Finding::error(&path, message)));
        findings.extend(without_effect(task).map(|message| Finding::warning(&path, message)));
    }
    findings.extend(unread(tasks));
    findings.extend(written_twice(tasks));
    findings
}

fn is(task: &Task, task_type: TaskType) -> bool {
    task.task_type == task_type
}

/// Returns a finding if no task reads fields: without a projection or a `Map_all`, no data is moved.
fn movement(definition: &FlowDefinition) -> Option<Finding> {
    let tasks = &definition.tasks;
    if tasks
        .iter()
        .any(|task| is(task, TaskType::MapAll) || is_projection(task))
    {
        return None;
    }
    let maps = tasks.iter().any(|task| is(task, TaskType::Map));
    if maps && definition.source_flow_config.connector_type == ConnectorType::S3 {
        return Some(Finding::warning(
            "tasks",
            "no field is read: add a Filter task with the operator PROJECTION that lists the fields",
        ));
    }
    Some(Finding::error(
        "tasks",
        "no task moves data: add a Map_all task, or a Filter task with the operator PROJECTION that lists the fields",
    ))
}

fn operator(definition: &FlowDefinition, task: &Task, path: &str) -> Option<Finding> {
    let path = format!("{path}.connectorOperator");
    let set = operators(task);
    let [(connector, _)] = set.as_slice() else {
        return (set.len() > 1).then(|| {
            let names: Vec<&str> = set.iter().map(|(name, _)| *name).collect();
            let message = format!("expected one operator, found {}", names.join(" and "));
            Finding::error(path, message)
        });
    };
    let source = &definition.source_flow_config.connector_type;
    let mut destinations = definition.destination_flow_config_list.iter();
    let belongs = is_of(connector, source)
        || destinations.any(|destination| is_of(connector, &destination.connector_type));
    // Scripts that do so are in use, so AppFlow may accept it.
    (!belongs).then(|| {
        Finding::error(
            path,
            format!("{connector} is neither the source {source} nor the destination of the flow"),
        )
    })
}

/// Returns an error if a task lacks what its type requires.
fn needs(task: &Task) -> Option<String> {
    use OperatorPropertiesKeys as Key;
    let lacks = |key: Key| property(task, &key).is_none();
    let missing = |key: &str| Some(format!("missing: a {} task needs {key}", task.task_type));
    match task.task_type {
        TaskType::Map if task.source_fields.iter().all(String::is_empty) => {
            missing("a field in sourceFields")
        }
        TaskType::Truncate if lacks(Key::TruncateLength) => missing("the property TRUNCATE_LENGTH"),
        TaskType::Validate if lacks(Key::ValidationAction) => {
            missing("the property VALIDATION_ACTION")
        }
        TaskType::Merge if lacks(Key::ConcatFormat) => missing("the property CONCAT_FORMAT"),
        _ => None,
    }
}

/// Returns a warning about a setting that has no effect.
fn without_effect(task: &Task) -> Option<&'static str> {
    let has_fields = task.source_fields.iter().any(|field| !field.is_empty());
    let properties = task.task_properties.iter().flatten();
    let excludes = properties
        .into_iter()
        .any(|(key, _)| *key == OperatorPropertiesKeys::ExcludeSourceFieldsList);
    match task.task_type {
        TaskType::MapAll if has_fields => {
            Some("sourceFields have no effect: a Map_all task maps all fields")
        }
        TaskType::MapAll
            if task
                .destination_field
                .as_ref()
                .is_some_and(|field| !field.is_empty()) =>
        {
            Some("destinationField has no effect: a Map_all task keeps the names of fields")
        }
        TaskType::MapAll => None,
        _ if excludes => {
            Some("EXCLUDE_SOURCE_FIELDS_LIST has no effect: only Map_all tasks use it")
        }
        _ => None,
    }
}

/// Returns a warning for each mapped field that the projection does not read.
fn unread(tasks: &[Task]) -> Vec<Finding> {
    let Some(projection) = tasks.iter().find(|task| is_projection(task)) else {
        return Vec::new();
    };
    // The names of merged and computed fields come from their source fields.
    let made = tasks
        .iter()
        .filter(|task| [TaskType::Merge, TaskType::Arithmetic].contains(&task.task_type));
    let made = made.filter_map(|task| task.destination_field.as_ref());
    let read: BTreeSet<&String> = projection.source_fields.iter().chain(made).collect();
    let maps = tasks
        .iter()
        .enumerate()
        .filter(|(_, task)| is(task, TaskType::Map));
    maps.flat_map(|(index, task)| task.source_fields.iter().map(move |field| (index, field)))
        .filter(|(_, field)| !read.contains(field))
        .map(|(index, field)| {
            Finding::warning(
                format!("tasks[{index}].sourceFields"),
                format!("{field:?} is not read: the projection does not list it"),
            )
        })
        .collect()
}

fn written_twice(tasks: &[Task]) -> Vec<Finding> {
    let mut written: BTreeSet<&String> = BTreeSet::new();
    let mut findings = Vec::new();
    for (index, task) in tasks.iter().enumerate() {
        if let Some(field) = &task.destination_field
            && is(task, TaskType::Map)
            && !field.is_empty()
            && !written.insert(field)
        {
            findings.push(Finding::warning(
                format!("tasks[{index}].destinationField"),
                format!("{field:?} is also written by another task"),
            ));
        }
    }
    findings
}
