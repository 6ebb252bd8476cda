//! `UpdateFlow`: a full replacement of what may change.

use crate::operations::flows::{
    check_by_functions, check_source, initial_status, with_properties, with_trigger_properties,
};
use crate::rules::flow::{Plan, check};
use crate::rules::update;
use crate::schedule;
use crate::session::{Session, given};
use crate::state::{Entity, Flow};
use appflow_sdk::operation::update_flow::{UpdateFlowInput, UpdateFlowOutput};
use appflow_sdk::types::TriggerConfig;
use smithy_reqwest::server::ServiceError;

pub(crate) fn update(
    session: &mut Session<'_>,
    input: UpdateFlowInput,
) -> Result<UpdateFlowOutput, ServiceError> {
    let name = given(input.flow_name, "flowName")?;
    let source = given(input.source_flow_config, "sourceFlowConfig")?;
    let destinations = given(
        input.destination_flow_config_list,
        "destinationFlowConfigList",
    )?;
    let tasks = with_properties(given(input.tasks, "tasks")?);
    let trigger = with_trigger_properties(given(input.trigger_config, "triggerConfig")?);
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
    check_source(session, &source)?;
    check_by_functions(session, &source, &destinations)?;
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

/// Another type of trigger sets the status anew; another schedule of an active flow counts from now.
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
