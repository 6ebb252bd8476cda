//! Checks of a plan as a whole: duplicate names, missing profiles, quotas, and objects that a connector does not have.

use super::{Action, Definitions, FlowPlan, Plan, PlanOptions, ProfilePlan};
use crate::flows::account::{Account, AccountError};
use crate::flows::check::{Finding, is_of};
use crate::flows::concurrent::Concurrent;
use crate::flows::connectors::needs_profile;
use crate::flows::definition::FlowDefinition;
use crate::flows::profile::ProfileDefinition;
use crate::types::{ConnectorProfile, ConnectorType};
use smithy_reqwest::shape::{Structure, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The quota of flows in an account and Region.
const MAX_FLOWS: usize = 1000;
/// The default quota of connector profiles in an account and Region, which AWS can raise.
const MAX_PROFILES: usize = 100;
/// The members that name the object of a connector.
const OBJECTS: [&str; 3] = ["object", "entityName", "objectPath"];

/// An object of a connector that a flow refers to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entity {
    profile: String,
    connector: String,
    name: String,
    version: Option<String>,
}

/// The source or the destination of a flow.
struct End<'a> {
    path: &'static str,
    connector: &'a ConnectorType,
    profile: Option<&'a str>,
    version: Option<&'a str>,
    properties: Option<&'a dyn Structure>,
}

impl Account {
    pub(super) async fn preflight(
        &self,
        plan: &mut Plan,
        definitions: &Definitions,
        flows: usize,
        options: &PlanOptions,
    ) -> Result<(), AccountError> {
        plan.findings.extend(duplicate_names(definitions));
        let changes = plan
            .flows
            .iter()
            .any(|flow| flow.definition.is_some() && flow.action != Action::Leave);
        if !changes && definitions.profiles.is_empty() {
            return Ok(());
        }
        let profiles = self.profiles().await?;
        plan.profiles = definitions
            .profiles
            .iter()
            .map(|desired| profile_plan(desired, &profiles, options))
            .collect();
        plan.profiles
            .sort_by(|one, other| one.name.cmp(&other.name));
        plan.findings.extend(quotas(plan, flows, profiles.len()));
        for flow in &mut plan.flows {
            find_profiles(flow, &profiles, &definitions.profiles);
        }
        if options.entities {
            self.find_entities(plan, &profiles).await;
        }
        Ok(())
    }

    /// Checks with the connectors that the objects of new flows exist.
    async fn find_entities(&self, plan: &mut Plan, profiles: &BTreeMap<String, ConnectorProfile>) {
        let wanted: BTreeSet<Entity> = plan
            .flows
            .iter()
            .flat_map(|flow| entities(flow, profiles))
            .map(|(_, entity)| entity)
            .collect();
        let ask = |entity: Entity| async move {
            let request = || {
                let request = self.client.describe_connector_entity();
                request
                    .connector_entity_name(&entity.name)
                    .connector_type(ConnectorType::from(entity.connector.as_str()))
                    .connector_profile_name(&entity.profile)
                    .set_api_version(entity.version.clone())
                    .send()
            };
            let unknown = match self.retry_throttled(request).await {
                Err(error)
                    if error.is_not_found() || error.code() == Some("ValidationException") =>
                {
                    true
                }
                // A caller without the permission, or a temporary failure, must not prevent the plan.
                _ => false,
            };
            (entity, unknown)
        };
        let mut unknown = BTreeSet::new();
        let mut running = Concurrent::new(wanted.into_iter().map(ask), self.concurrency);
        while let Some((entity, is_unknown)) = running.next().await {
            if is_unknown {
                unknown.insert(entity);
            }
        }
        for flow in &mut plan.flows {
            for (path, entity) in entities(flow, profiles) {
                if unknown.contains(&entity) {
                    let Entity { profile, name, .. } = entity;
                    flow.findings.push(Finding::warning(
                        path,
                        format!("unknown object {name:?}: not found by the connector of the profile {profile}"),
                    ));
                }
            }
        }
    }
}

/// Returns an error for each name that several definitions have.
fn duplicate_names(definitions: &Definitions) -> Vec<Finding> {
    let mut names = BTreeSet::new();
    let flows = definitions.flows.iter();
    let flows = flows.map(|flow| ("flow", &flow.flow_name));
    let profiles = definitions.profiles.iter();
    let profiles = profiles.map(|profile| ("connector profile", &profile.connector_profile_name));
    flows
        .chain(profiles)
        .filter(|name| !names.insert(*name))
        .map(|(kind, name)| {
            Finding::error("", format!("duplicate definition of the {kind} {name}"))
        })
        .collect()
}

fn profile_plan(
    desired: &ProfileDefinition,
    profiles: &BTreeMap<String, ConnectorProfile>,
    options: &PlanOptions,
) -> ProfilePlan {
    let mut plan = ProfilePlan {
        name: desired.connector_profile_name.clone(),
        action: Action::Create,
        changes: Vec::new(),
        findings: Vec::new(),
        definition: desired.clone(),
    };
    if let Some(profile) = profiles.get(&plan.name) {
        match ProfileDefinition::from_description(profile.clone()) {
            Ok(current) => {
                plan.changes = match &options.secrets {
                    Some(secrets) => current.changes(desired, secrets),
                    None => current.diff(desired),
                };
                plan.action = match plan.changes.is_empty() {
                    true => Action::Leave,
                    false => Action::Update,
                };
            }
            Err(error) => plan.findings.push(Finding::error("", error.to_string())),
        }
    }
    if let Some(change) = plan.changes.iter().find(|change| change.needs_new_flow) {
        let message = "cannot be changed: delete the profile, or choose another name";
        plan.findings.push(Finding::error(&change.path, message));
    }
    if plan.action == Action::Leave {
        return plan;
    }
    let filled = options
        .secrets
        .as_ref()
        .map(|secrets| desired.filled(secrets));
    let checked = match filled {
        Some(Ok(filled)) => filled.check(),
        Some(Err(missing)) => vec![Finding::error("connectorProfileConfig", missing)],
        None => desired.check(),
    };
    if !options.skip_checks {
        plan.findings.extend(checked);
    }
    plan
}

fn quotas(plan: &Plan, flows: usize, profiles: usize) -> Vec<Finding> {
    let of_flows = |action| {
        plan.flows
            .iter()
            .filter(|flow| flow.action == action)
            .count()
    };
    let new = plan
        .profiles
        .iter()
        .filter(|profile| profile.action == Action::Create);
    let profiles = profiles + new.count();
    let created = of_flows(Action::Create);
    let flows = (flows + created).saturating_sub(of_flows(Action::Delete));
    let mut findings = Vec::new();
    if created > 0 && flows > MAX_FLOWS {
        let message = format!(
            "quota exceeded: {flows} flows, but AppFlow allows {MAX_FLOWS} in an account and Region"
        );
        findings.push(Finding::error("", message));
    }
    if profiles > MAX_PROFILES {
        let message = format!(
            "quota exceeded: {profiles} connector profiles, but AppFlow allows {MAX_PROFILES} in an account and Region unless AWS raised it"
        );
        findings.push(Finding::warning("", message));
    }
    findings
}

fn ends(definition: &FlowDefinition) -> Vec<End<'_>> {
    let source = &definition.source_flow_config;
    let properties = source.source_connector_properties.as_ref();
    let mut ends = vec![End {
        path: "sourceFlowConfig",
        connector: &source.connector_type,
        profile: source.connector_profile_name.as_deref(),
        version: source.api_version.as_deref(),
        properties: properties.map(|properties| properties as _),
    }];
    if let Some(destination) = definition.destination_flow_config_list.first() {
        let properties = destination.destination_connector_properties.as_ref();
        ends.push(End {
            path: "destinationFlowConfigList[0]",
            connector: &destination.connector_type,
            profile: destination.connector_profile_name.as_deref(),
            version: destination.api_version.as_deref(),
            properties: properties.map(|properties| properties as _),
        });
    }
    ends
}

/// Checks that the profiles of a flow exist, in the account or among the definitions, and have the right connector
/// type.
fn find_profiles(
    plan: &mut FlowPlan,
    profiles: &BTreeMap<String, ConnectorProfile>,
    definitions: &[ProfileDefinition],
) {
    let Some(definition) = plan
        .definition
        .as_ref()
        .filter(|_| plan.action != Action::Leave)
    else {
        return;
    };
    for end in ends(definition) {
        let Some(name) = end.profile.filter(|_| needs_profile(end.connector)) else {
            continue;
        };
        let mut defined = definitions.iter();
        let defined = defined.find(|profile| profile.connector_profile_name == name);
        let there = profiles
            .get(name)
            .and_then(|profile| profile.connector_type.clone());
        let connector = there.or_else(|| defined.map(|profile| profile.connector_type.clone()));
        let message = match connector {
            None => {
                format!("no connector profile named {name}: create it, or add its definition")
            }
            Some(connector) if connector != *end.connector => {
                format!(
                    "the connector profile {name} has the connector type {connector}, expected {}",
                    end.connector
                )
            }
            Some(_) => continue,
        };
        let path = format!("{}.connectorProfileName", end.path);
        plan.findings.push(Finding::error(path, message));
    }
}

/// Returns the objects that a new flow refers to, at connectors that can list them.
fn entities(
    plan: &FlowPlan,
    profiles: &BTreeMap<String, ConnectorProfile>,
) -> Vec<(String, Entity)> {
    let creates = [Action::Create, Action::Replace].contains(&plan.action);
    let Some(definition) = plan.definition.as_ref().filter(|_| creates) else {
        return Vec::new();
    };
    let ends = ends(definition).into_iter();
    ends.filter_map(|end| {
        let profile = end.profile.filter(|name| profiles.contains_key(*name))?;
        let (member, name) = object(end.properties?, end.connector)?;
        let entity = Entity {
            profile: profile.to_owned(),
            connector: end.connector.to_string(),
            name,
            version: end.version.map(str::to_owned),
        };
        Some((format!("{}.{member}", end.path), entity))
    })
    .collect()
}

/// Returns the member that names the object in the properties of a connector, and its value.
fn object(properties: &dyn Structure, connector: &ConnectorType) -> Option<(String, String)> {
    let blocks = properties.schema();
    let index = blocks
        .members
        .iter()
        .position(|member| is_of(member.name, connector))?;
    let Value::Structure(block) = properties.member(index) else {
        return None;
    };
    let mut members = block.schema().members.iter().enumerate();
    members.find_map(|(index, member)| match block.member(index) {
        Value::String(name) if OBJECTS.contains(&member.name) => {
            Some((member.name.to_owned(), name.to_owned()))
        }
        _ => None,
    })
}
