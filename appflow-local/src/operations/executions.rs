//! Runs: their records, newest first, and their cancellation.

use crate::operations::flows::time;
use crate::pagination::{PageRequest, newest_first};
use crate::runs::Counts;
use crate::session::Session;
use crate::settings::millis;
use crate::state::{Entity, Phase, Run};
use appflow_sdk::operation::cancel_flow_executions::{
    CancelFlowExecutionsInput, CancelFlowExecutionsOutput,
};
use appflow_sdk::operation::describe_flow_execution_records::{
    DescribeFlowExecutionRecordsInput, DescribeFlowExecutionRecordsOutput,
};
use appflow_sdk::types::{ErrorInfo, ExecutionRecord, ExecutionResult};
use smithy_reqwest::server::ServiceError;

pub(crate) fn records(
    session: &Session<'_>,
    input: &DescribeFlowExecutionRecordsInput,
) -> Result<DescribeFlowExecutionRecordsOutput, ServiceError> {
    let flow = session.flow(input.flow_name().unwrap_or_default())?;
    let request = PageRequest {
        // The time of creation tells a flow from a later one of the same name.
        listing: &format!(
            "DescribeFlowExecutionRecords {} {}",
            flow.name, flow.created_at
        ),
        max_results: input.max_results,
        next_token: input.next_token(),
    };
    let page = request.page(flow.runs.values().rev(), |run| newest_first(run.number))?;
    let mut output = DescribeFlowExecutionRecordsOutput::default();
    output.flow_executions = Some(page.items.into_iter().map(record).collect());
    output.next_token = page.next_token;
    Ok(output)
}

fn record(run: &Run) -> ExecutionRecord {
    let mut record = ExecutionRecord::default();
    record.execution_id = Some(run.id.clone());
    record.execution_status = Some(run.phase.status());
    record.execution_result = result(run);
    record.started_at = Some(time(run.started_at));
    record.last_updated_at = Some(time(run.updated_at));
    record.data_pull_start_time = run.pull.map(|(from, _)| time(from));
    record.data_pull_end_time = run.pull.map(|(_, until)| time(until));
    record
}

/// What came of a run; nothing while it is not over.
fn result(run: &Run) -> Option<ExecutionResult> {
    let mut result = ExecutionResult::default();
    if !run.phase.is_over() {
        return None;
    }
    if let Some(counts) = run.counts {
        return Some(counted(run, counts));
    }
    match &run.phase {
        Phase::Successful => {
            result.records_processed = Some(run.records);
            result.bytes_processed = Some(run.bytes);
            result.bytes_written = Some(run.bytes);
        }
        Phase::Error { message } => {
            let mut error = ErrorInfo::default();
            error.put_failures_count = Some(0);
            error.execution_message = Some(message.clone());
            result.error_info = Some(error);
            result.records_processed = Some(0);
            result.bytes_processed = Some(0);
            result.bytes_written = Some(0);
        }
        _ => {
            result.records_processed = Some(0);
            result.bytes_processed = Some(0);
            result.bytes_written = Some(0);
        }
    }
    Some(result)
}

/// What came of a run that moved data.
fn counted(run: &Run, counts: Counts) -> ExecutionResult {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let mut result = ExecutionResult::default();
    result.records_processed = Some(number(counts.read));
    result.bytes_processed = Some(number(counts.bytes_read));
    result.bytes_written = Some(number(counts.bytes_written));
    let message = match &run.phase {
        Phase::Error { message } => Some(message),
        _ => run.first_failure.as_ref(),
    };
    if let Some(message) = message {
        let mut error = ErrorInfo::default();
        error.put_failures_count = Some(number(counts.failed));
        error.execution_message = Some(message.clone());
        result.error_info = Some(error);
    }
    result
}

pub(crate) fn cancel(
    session: &mut Session<'_>,
    input: &CancelFlowExecutionsInput,
) -> Result<CancelFlowExecutionsOutput, ServiceError> {
    let ends_at = session
        .now
        .saturating_add(millis(session.settings().cancel_duration));
    let now = session.now;
    let engine = session.world.engine;
    let name = input.flow_name().unwrap_or_default();
    let flow = session.flow_mut(name)?;
    let in_progress = |number: &u64| {
        let run = flow.runs.get(number)?;
        matches!(run.phase, Phase::InProgress { .. } | Phase::Working)
            .then(|| (run.id.clone(), *number))
    };
    let mut active: Vec<(String, u64)> = flow.active.iter().filter_map(in_progress).collect();
    let mut invalid = Vec::new();
    if let Some(wanted) = &input.execution_ids {
        invalid.extend(
            wanted
                .iter()
                .filter(|id| !active.iter().any(|(active, _)| active == *id))
                .cloned(),
        );
        active.retain(|(id, _)| wanted.contains(id));
    }
    for (_, number) in &active {
        if let Some(run) = flow.runs.get_mut(number) {
            run.phase = match run.phase {
                Phase::Working => Phase::Stopping,
                _ => Phase::CancelStarted { ends_at },
            };
            if let Some(engine) = engine.filter(|_| run.phase == Phase::Stopping) {
                engine.cancel(&run.id);
            }
            run.updated_at = now;
        }
    }
    for (_, number) in active {
        session.scope.touch(Entity::Run(name.to_owned(), number));
    }
    let mut output = CancelFlowExecutionsOutput::default();
    output.invalid_executions = Some(invalid);
    Ok(output)
}
