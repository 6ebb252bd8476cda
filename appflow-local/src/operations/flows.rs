//! `CreateFlow`, `DescribeFlow`, `ListFlows` and `DeleteFlow`.

use crate::arn;
use crate::clock::Millis;
use crate::functions::{self, SettingScope};
use crate::messages;
use crate::pagination::PageRequest;
use crate::rules::flow::{Plan, check};
use crate::session::{Session, required};
use crate::state::{Entity, Flow, Run};
use appflow_sdk::operation::create_flow::{CreateFlowInput, CreateFlowOutput};
use appflow_sdk::operation::delete_flow::{DeleteFlowInput, DeleteFlowOutput};
use appflow_sdk::operation::describe_flow::{DescribeFlowInput, DescribeFlowOutput};
use appflow_sdk::operation::list_flows::{ListFlowsInput, ListFlowsOutput};
use appflow_sdk::primitives::DateTime;
use appflow_sdk::types::{
    DestinationFlowConfig, ExecutionDetails, FlowDefinition, FlowStatus, SourceFlowConfig, Task,
    TriggerConfig, TriggerProperties, TriggerType,
};
use smithy_reqwest::server::ServiceError;
use std::collections::{BTreeMap, HashMap};

pub(crate) fn create(
    session: &mut Session<'_>,
    input: CreateFlowInput,
) -> Result<CreateFlowOutput, ServiceError> {
    let name = required(input.flow_name, "flowName")?;
    let source = required(input.source_flow_config, "sourceFlowConfig")?;
    let destinations = required(
        input.destination_flow_config_list,
        "destinationFlowConfigList",
    )?;
    let tasks = required(input.tasks, "tasks")?;
    let trigger = required(input.trigger_config, "triggerConfig")?;
    let plan = Plan {
        source: &source,
        destinations: &destinations,
        tasks: &tasks,
        trigger: &trigger,
        metadata_catalog: input.metadata_catalog_config.as_ref(),
        now: session.now,
        strict: session.settings().strict,
    };
    check_new(session, &name, &plan)?;
    let (now, by) = (session.now, &session.caller.arn);
    let flow = Flow {
        arn: arn::of(session.caller, "flow", &name),
        name,
        description: input.description,
        kms_arn: input.kms_arn,
        status: initial_status(&trigger),
        status_message: None,
        source,
        destinations,
        tasks: with_properties(tasks),
        trigger: with_trigger_properties(trigger),
        metadata_catalog: input.metadata_catalog_config,
        tags: input.tags.unwrap_or_default().into_iter().collect(),
        created_at: now,
        created_by: by.clone(),
        updated_at: now,
        updated_by: by.clone(),
        schema_version: 1,
        failures: 0,
        next_run_at: None,
        pulled_until: None,
        run_count: 0,
        runs: BTreeMap::new(),
        active: Default::default(),
    };
    let output = created(&flow);
    session.scope.touch(Entity::Flow(flow.name.clone()));
    session.scope.flows.insert(flow.name.clone(), flow);
    Ok(output)
}

/// Checks a new flow: its plan, its ends, its name and the quota.
fn check_new(session: &Session<'_>, name: &str, plan: &Plan<'_>) -> Result<(), ServiceError> {
    check(plan, session.scope, "Create Flow")?;
    check_buckets(session, plan.source, plan.destinations)?;
    check_with_functions(session, plan.source, plan.destinations)?;
    if session.scope.flows.contains_key(name) {
        return Err(messages::conflict(format_args!(
            "Flow with name {name} already exists."
        )));
    }
    let most = session.settings().max_flows;
    if session.scope.flows.len() >= most {
        return Err(messages::quota("flows", most));
    }
    Ok(())
}

/// Checks that the source has objects and that the buckets exist, as AppFlow does.
pub(super) fn check_buckets(
    session: &Session<'_>,
    source: &SourceFlowConfig,
    destinations: &[DestinationFlowConfig],
) -> Result<(), ServiceError> {
    let engine = session.lifecycle.engine;
    match engine.and_then(|engine| engine.probe(source, destinations)) {
        Some(probe) => session.probes.check(probe),
        None => Ok(()),
    }
}

/// Validates the settings of the ends of a flow with the functions of their connectors.
pub(super) fn check_with_functions(
    session: &Session<'_>,
    source: &SourceFlowConfig,
    destinations: &[DestinationFlowConfig],
) -> Result<(), ServiceError> {
    let of_source = source.source_connector_properties.as_ref();
    let settings =
        of_source.and_then(|it| it.custom_connector.as_ref()?.custom_properties.as_ref());
    let mut ends = vec![(
        SettingScope::Source,
        &source.connector_profile_name,
        settings,
    )];
    ends.extend(destinations.iter().map(|destination| {
        let properties = destination.destination_connector_properties.as_ref();
        let custom = properties.and_then(|properties| properties.custom_connector.as_ref());
        let settings = custom.and_then(|custom| custom.custom_properties.as_ref());
        (
            SettingScope::Destination,
            &destination.connector_profile_name,
            settings,
        )
    }));
    for (scope, profile, settings) in ends {
        let profile = profile
            .as_ref()
            .and_then(|name| session.scope.profiles.get(name));
        let registration = profile.and_then(|profile| session.called_connector(profile));
        if let Some(registration) = registration {
            let settings = serde_json::json!(settings.unwrap_or(&HashMap::new()));
            let request = functions::validate_settings(scope, &settings);
            session.invoke(&registration.lambda_arn, request)?;
        }
    }
    Ok(())
}

fn created(flow: &Flow) -> CreateFlowOutput {
    let mut output = CreateFlowOutput::default();
    output.flow_arn = Some(flow.arn.clone());
    output.flow_status = Some(flow.status.clone());
    output
}

/// Returns the initial status: an on-demand flow can run at once, the others must be started.
pub(super) fn initial_status(trigger: &TriggerConfig) -> FlowStatus {
    match trigger.trigger_type {
        TriggerType::Ondemand => FlowStatus::Active,
        _ => FlowStatus::Draft,
    }
}

/// Adds the `taskProperties` that AppFlow returns even if they are empty.
pub(super) fn with_properties(mut tasks: Vec<Task>) -> Vec<Task> {
    for task in &mut tasks {
        task.task_properties.get_or_insert_default();
    }
    tasks
}

/// Adds the `triggerProperties` that AppFlow returns even if they are empty.
pub(super) fn with_trigger_properties(mut trigger: TriggerConfig) -> TriggerConfig {
    trigger
        .trigger_properties
        .get_or_insert_with(TriggerProperties::default);
    trigger
}

pub(crate) fn describe(
    session: &Session<'_>,
    input: &DescribeFlowInput,
) -> Result<DescribeFlowOutput, ServiceError> {
    let flow = session.flow(input.flow_name().unwrap_or_default())?;
    let mut output = DescribeFlowOutput::default();
    output.flow_arn = Some(flow.arn.clone());
    output.description = flow.description.clone();
    output.flow_name = Some(flow.name.clone());
    output.kms_arn = flow.kms_arn.clone();
    output.flow_status = Some(flow.status.clone());
    output.flow_status_message = flow.status_message.clone();
    output.source_flow_config = Some(flow.source.clone());
    output.destination_flow_config_list = Some(flow.destinations.clone());
    output.last_run_execution_details = flow.last_run().map(details);
    output.trigger_config = Some(flow.trigger.clone());
    output.tasks = Some(flow.tasks.clone());
    output.created_at = Some(time(flow.created_at));
    output.last_updated_at = Some(time(flow.updated_at));
    output.created_by = Some(flow.created_by.clone());
    output.last_updated_by = Some(flow.updated_by.clone());
    output.tags = Some(tags(&flow.tags));
    output.metadata_catalog_config = flow.metadata_catalog.clone();
    output.schema_version = Some(flow.schema_version);
    Ok(output)
}

pub(crate) fn list(
    session: &Session<'_>,
    input: &ListFlowsInput,
) -> Result<ListFlowsOutput, ServiceError> {
    let request = PageRequest {
        listing: "ListFlows",
        max_results: input.max_results,
        next_token: input.next_token(),
    };
    let page = request.page(session.scope.flows.values(), |flow| flow.name.clone())?;
    let mut output = ListFlowsOutput::default();
    output.flows = Some(page.items.into_iter().map(definition).collect());
    output.next_token = page.next_token;
    Ok(output)
}

fn definition(flow: &Flow) -> FlowDefinition {
    let mut definition = FlowDefinition::default();
    definition.flow_arn = Some(flow.arn.clone());
    definition.description = flow.description.clone();
    definition.flow_name = Some(flow.name.clone());
    definition.flow_status = Some(flow.status.clone());
    definition.source_connector_type = Some(flow.source.connector_type.clone());
    definition.destination_connector_type = flow.destination_type();
    definition.trigger_type = Some(flow.trigger.trigger_type.clone());
    definition.created_at = Some(time(flow.created_at));
    definition.last_updated_at = Some(time(flow.updated_at));
    definition.created_by = Some(flow.created_by.clone());
    definition.last_updated_by = Some(flow.updated_by.clone());
    definition.tags = Some(tags(&flow.tags));
    definition.last_run_execution_details = flow.last_run().map(details);
    definition
}

/// Returns the labels of custom connectors at both ends, from their profiles.
pub(crate) fn with_labels(session: &Session<'_>, mut output: ListFlowsOutput) -> ListFlowsOutput {
    let label = |profile: Option<&str>| {
        session
            .scope
            .profiles
            .get(profile?)?
            .connector_label
            .clone()
    };
    for definition in output.flows.iter_mut().flatten() {
        let name = definition.flow_name.as_deref().unwrap_or_default();
        if let Some(flow) = session.scope.flows.get(name) {
            definition.source_connector_label =
                label(flow.source.connector_profile_name.as_deref());
            let destination = flow
                .destination()
                .and_then(|end| end.connector_profile_name.as_deref());
            definition.destination_connector_label = label(destination);
        }
    }
    output
}

pub(crate) fn delete(
    session: &mut Session<'_>,
    input: &DeleteFlowInput,
) -> Result<DeleteFlowOutput, ServiceError> {
    let flow = session.flow(input.flow_name().unwrap_or_default())?;
    let name = flow.name.clone();
    if !input.force_delete.unwrap_or(false) {
        if flow.is_active() && !flow.is_on_demand() {
            return Err(messages::conflict(format_args!(
                "Flow is in active state, please set forceDelete to true or deactivate the flow: {name}"
            )));
        }
        if !flow.active.is_empty() {
            return Err(messages::conflict(format_args!(
                "Flow has a run in progress, please set forceDelete to true or wait until it ends: {name}"
            )));
        }
    }
    if let Some(engine) = session.lifecycle.engine {
        let runs = flow
            .active
            .iter()
            .filter_map(|number| flow.runs.get(number));
        runs.for_each(|run| engine.cancel(&run.id));
    }
    session.scope.remove_flow(&name);
    Ok(DeleteFlowOutput::default())
}

/// Returns the details of the last run.
fn details(run: &Run) -> ExecutionDetails {
    let mut details = ExecutionDetails::default();
    details.most_recent_execution_message = run.phase.message().map(str::to_owned);
    details.most_recent_execution_time = Some(time(run.started_at));
    details.most_recent_execution_status = Some(run.phase.status());
    details
}

pub(super) fn tags(tags: &BTreeMap<String, String>) -> HashMap<String, String> {
    tags.clone().into_iter().collect()
}

pub(super) fn time(millis: Millis) -> DateTime {
    DateTime::from_millis(millis)
}
