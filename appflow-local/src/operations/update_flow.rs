//! `UpdateFlow`: replaces everything that may change.

use crate::operations::flows::{
    check_buckets, check_with_functions, initial_status, with_properties, with_trigger_properties,
};
use crate::rules::flow::{Plan, check};
use crate::rules::update;
use crate::schedule;
use crate::session::{Session, required};
use crate::state::{Entity, Flow};
use appflow_sdk::operation::update_flow::{UpdateFlowInput, UpdateFlowOutput};
use appflow_sdk::types::TriggerConfig;
use smithy_reqwest::server::ServiceError;

pub(crate) fn update(
    session: &mut Session<'_>,
    input: UpdateFlowInput,
) -> Result<UpdateFlowOutput, ServiceError> {
    let name = required(input.flow_name, "flowName")?;
    let source = required(input.source_flow_config, "sourceFlowConfig")?;
    let destinations = required(
        input.destination_flow_config_list,
        "destinationFlowConfigList",
    )?;
    let tasks = with_properties(required(input.tasks, "tasks")?);
    let trigger = with_trigger_properties(required(input.trigger_config, "triggerConfig")?);
    let flow = session.flow(&name)?;
    let plan = Plan {
        source: &source,
        destinations: &destinations,
        tasks: &tasks,
        trigger: &trigger,
        metadata_catalog: input.metadata_catalog_config.as_ref(),
        now: session.now,
        strict: session.settings().strict,
    };
    update::check(flow, &plan)?;
    check(&plan, session.scope, "Update Flow")?;
    check_buckets(session, &source, &destinations)?;
    check_with_functions(session, &source, &destinations)?;
    let (now, by) = (session.now, session.caller.arn.clone());
    let flow = session.flow_mut(&name)?;
    if update::mappings_differ(&flow.tasks, &tasks) {
        flow.schema_version += 1;
    }
    retrigger(flow, trigger, now);
    flow.description = input.description;
    flow.source = source;
    flow.destinations = destinations;
    flow.tasks = tasks;
    flow.metadata_catalog = input.metadata_catalog_config;
    flow.updated_at = now;
    flow.updated_by = by;
    let mut output = UpdateFlowOutput::default();
    output.flow_status = Some(flow.status.clone());
    session.scope.touch(Entity::Flow(name));
    Ok(output)
}

/// Updates status and schedule: another trigger type resets the status, and another schedule of an active flow counts
/// from now.
fn retrigger(flow: &mut Flow, trigger: TriggerConfig, now: i64) {
    if flow.trigger == trigger {
        return;
    }
    if flow.trigger.trigger_type != trigger.trigger_type {
        flow.status = initial_status(&trigger);
        flow.status_message = None;
        flow.failures = 0;
    }
    flow.trigger = trigger;
    let fires = flow.is_active().then(|| flow.schedule()).flatten();
    flow.next_run_at = fires.and_then(|properties| schedule::first(properties, now));
}
