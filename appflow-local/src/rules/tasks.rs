//! Tasks: what moves the data must be there, and each task must have what its type needs.

use crate::reflect;
use crate::rules::blocks::is_of;
use appflow_sdk::types::{ConnectorType, OperatorPropertiesKeys, Task, TaskType};
use smithy_reqwest::shape::Value;

/// What is wrong with the tasks of a flow.
pub(super) fn objections(
    tasks: &[Task],
    source: &ConnectorType,
    destination: &ConnectorType,
) -> Vec<String> {
    let mut found = Vec::new();
    let moves_data = tasks.iter().any(|task| {
        task.task_type == TaskType::MapAll
            || operator(task).is_some_and(|(_, operator)| operator == "PROJECTION")
    });
    // S3 sources were seen to do with map tasks alone.
    let maps =
        *source == ConnectorType::S3 && tasks.iter().any(|task| task.task_type == TaskType::Map);
    if !moves_data && !maps {
        found.push(
            "Task Validation Error: You must specify a projection task or a MAP_ALL task"
                .to_owned(),
        );
    }
    for (position, task) in tasks.iter().enumerate() {
        let objection = operator_objection(task, source, destination).or_else(|| needs(task));
        found.extend(objection.map(|objection| {
            format!(
                "Task Validation Error: task {} ({}): {objection}",
                position + 1,
                task.task_type
            )
        }));
    }
    found
}

/// The connector and the value of a task's operator.
pub(crate) fn operator(task: &Task) -> Option<(&'static str, String)> {
    let operator = task.connector_operator.as_ref()?;
    let (connector, value) = reflect::members(operator).into_iter().next()?;
    match value {
        Value::Enum(value) => Some((connector, value.wire_value().to_owned())),
        _ => None,
    }
}

fn operator_objection(
    task: &Task,
    source: &ConnectorType,
    destination: &ConnectorType,
) -> Option<String> {
    let set = reflect::members(task.connector_operator.as_ref()?);
    if set.len() > 1 {
        return Some("only one connector operator may be set".to_owned());
    }
    let (connector, _) = set.first()?;
    let belongs = is_of(connector, source) || is_of(connector, destination);
    (!belongs).then(|| {
        format!("the operator of {connector} belongs neither to the source {source} nor to the destination {destination}")
    })
}

/// What a task of this type cannot do without.
fn needs(task: &Task) -> Option<String> {
    let property = |key: &OperatorPropertiesKeys| {
        task.task_properties
            .as_ref()
            .is_some_and(|properties| properties.contains_key(key))
    };
    let lacks_fields = task.source_fields.is_empty();
    match task.task_type {
        TaskType::Map if lacks_fields => Some("sourceFields must name a field".to_owned()),
        TaskType::Truncate if !property(&OperatorPropertiesKeys::TruncateLength) => {
            Some("TRUNCATE_LENGTH must be given".to_owned())
        }
        TaskType::Validate if !property(&OperatorPropertiesKeys::ValidationAction) => {
            Some("VALIDATION_ACTION must be given".to_owned())
        }
        TaskType::Merge if !property(&OperatorPropertiesKeys::ConcatFormat) => {
            Some("CONCAT_FORMAT must be given".to_owned())
        }
        _ => None,
    }
}

/// Whether mappings differ between two lists of tasks: this makes a new schema version.
pub(crate) fn mappings_differ(before: &[Task], after: &[Task]) -> bool {
    let maps = |task: &&Task| {
        matches!(
            task.task_type,
            TaskType::Map
                | TaskType::MapAll
                | TaskType::Merge
                | TaskType::Arithmetic
                | TaskType::Partition
        )
    };
    let mut before: Vec<&Task> = before.iter().filter(maps).collect();
    for task in after.iter().filter(maps) {
        match before.iter().position(|other| *other == task) {
            Some(index) => drop(before.swap_remove(index)),
            None => return true,
        }
    }
    !before.is_empty()
}
