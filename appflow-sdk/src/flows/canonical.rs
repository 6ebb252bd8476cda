//! The stable form of a definition: tasks in a fixed order, and no members whose value equals their absence.

use crate::flows::definition::FlowDefinition;
use crate::flows::tasks;
use crate::types::{OperatorPropertiesKeys, Task, TaskType, TriggerType};

pub(super) fn canonical(definition: &FlowDefinition) -> FlowDefinition {
    let mut canonical = definition.clone();
    let is_empty = |text: &mut String| text.is_empty();
    canonical.description.take_if(is_empty);
    canonical.kms_arn.take_if(is_empty);
    canonical.tags.take_if(|tags| {
        tags.retain(|key, _| !key.starts_with("aws:"));
        tags.is_empty()
    });
    let trigger = &mut canonical.trigger_config;
    if let Some(properties) = &mut trigger.trigger_properties
        && let Some(schedule) = &mut properties.scheduled
    {
        // Both `rate(5 minutes)` and `rate(5minutes)` are in use. The spaces of `cron` separate its fields.
        if schedule.schedule_expression.starts_with("rate") {
            schedule
                .schedule_expression
                .retain(|character| !character.is_whitespace());
        }
        schedule.schedule_offset.take_if(|offset| *offset == 0);
        schedule.timezone.take_if(is_empty);
    }
    if trigger.trigger_type == TriggerType::Ondemand {
        canonical.active = false;
    }
    canonical.tasks = canonical_tasks(canonical.tasks);
    canonical
}

fn canonical_tasks(tasks: Vec<Task>) -> Vec<Task> {
    let mut tasks: Vec<Task> = tasks.into_iter().map(canonical_task).collect();
    tasks.retain(has_effect);
    tasks.sort_by_cached_key(|task| {
        let mut properties: Vec<(String, String)> = task
            .task_properties
            .iter()
            .flatten()
            .map(|(key, value)| (key.to_string(), value.clone()))
            .collect();
        properties.sort();
        (
            tasks::rank(task),
            task.source_fields.clone(),
            task.destination_field.clone(),
            tasks::operators(task),
            properties,
            task.task_type.to_string(),
        )
    });
    tasks
}

fn canonical_task(mut task: Task) -> Task {
    // Terraform's provider requires a list, and users set it to a list with one empty string.
    task.source_fields.retain(|field| !field.is_empty());
    task.destination_field.take_if(|field| field.is_empty());
    if tasks::is_projection(&task) {
        task.source_fields.sort();
        task.source_fields.dedup();
    }
    if tasks::operators(&task).is_empty() {
        task.connector_operator = None;
    }
    task.task_properties.take_if(|properties| {
        properties.retain(|key, value| {
            *key != OperatorPropertiesKeys::ExcludeSourceFieldsList || value.trim() != "[]"
        });
        properties.is_empty()
    });
    task
}

/// Returns whether a task has an effect. Older versions of Terraform's provider send an empty first task.
fn has_effect(task: &Task) -> bool {
    let works_alone = [TaskType::MapAll, TaskType::Partition].contains(&task.task_type);
    works_alone
        || !task.source_fields.is_empty()
        || task.destination_field.is_some()
        || task.task_properties.is_some()
        || (task.connector_operator.is_some() && tasks::is_projection(task))
}
