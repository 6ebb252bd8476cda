//! `StartFlow` and `StopFlow`: an on-demand flow runs; the others are switched on and off.

use crate::generated::error;
use crate::lifecycle;
use crate::schedule;
use crate::session::Session;
use crate::state::{Entity, Flow};
use crate::texts;
use appflow_sdk::operation::start_flow::{StartFlowInput, StartFlowOutput};
use appflow_sdk::operation::stop_flow::{StopFlowInput, StopFlowOutput};
use appflow_sdk::types::FlowStatus;
use smithy_reqwest::server::ServiceError;

pub(crate) fn start(
    session: &mut Session<'_>,
    input: &StartFlowInput,
) -> Result<StartFlowOutput, ServiceError> {
    let name = input.flow_name().unwrap_or_default();
    let on_demand = session.flow(name)?.is_on_demand();
    let most = session.settings().max_concurrent_runs;
    if on_demand && session.scope.runs_in_progress() >= most {
        return Err(texts::quota("concurrent flow runs", most));
    }
    let (now, world) = (session.now, session.world);
    let mut output = StartFlowOutput::default();
    let Some(mut flow) = session.scope.flows.remove(name) else {
        return Err(texts::no_flow(name));
    };
    if on_demand {
        output.execution_id = Some(lifecycle::begin(&mut flow, session.scope, now, None, world));
    } else {
        activate(&mut flow, now);
    }
    output.flow_arn = Some(flow.arn.clone());
    output.flow_status = Some(flow.status.clone());
    session.scope.touch(Entity::Flow(flow.name.clone()));
    session.scope.flows.insert(flow.name.clone(), flow);
    // A schedule without a start time runs at once.
    lifecycle::advance(session.scope, now, world);
    Ok(output)
}

/// Switches a flow on; one that is on stays as it is.
fn activate(flow: &mut Flow, now: i64) {
    if flow.is_active() {
        return;
    }
    flow.status = FlowStatus::Active;
    flow.status_message = None;
    flow.failures = 0;
    flow.next_run_at = flow
        .schedule()
        .and_then(|properties| schedule::first(properties, now));
}

pub(crate) fn stop(
    session: &mut Session<'_>,
    input: &StopFlowInput,
) -> Result<StopFlowOutput, ServiceError> {
    let name = input.flow_name().unwrap_or_default();
    let flow = session.flow_mut(name)?;
    if flow.is_on_demand() {
        return Err(error::unsupported_operation_exception(format!(
            "Flow {name} is an OnDemand flow, which cannot be stopped."
        )));
    }
    if flow.is_active() {
        flow.status = FlowStatus::Suspended;
        flow.next_run_at = None;
    }
    let mut output = StopFlowOutput::default();
    output.flow_arn = Some(flow.arn.clone());
    output.flow_status = Some(flow.status.clone());
    session.scope.touch(Entity::Flow(name.to_owned()));
    Ok(output)
}
