//! Plans the steps that take one flow from its current to its desired definition.

use super::{Action, FlowPlan, PlanOptions, Step};
use crate::flows::account::Current;
use crate::flows::check::{Finding, check};
use crate::flows::definition::FlowDefinition;
use crate::flows::diff::{Change, diff};
use crate::types::{FlowDefinition as FlowSummary, FlowStatus, TriggerType};
use std::collections::HashMap;

pub(super) fn plan(
    desired: &FlowDefinition,
    current: Option<Current>,
    options: &PlanOptions,
) -> FlowPlan {
    let mut plan = FlowPlan {
        name: desired.flow_name.clone(),
        action: Action::Leave,
        changes: Vec::new(),
        findings: Vec::new(),
        steps: Vec::new(),
        definition: Some(desired.clone()),
        arn: None,
    };
    match current {
        None => {
            plan.action = Action::Create;
            plan.steps = creation(desired);
        }
        Some(current) => {
            plan.changes = diff(&current.definition, desired);
            change(&mut plan, desired, &current, options);
            plan.arn = current.arn;
        }
    }
    if plan.action != Action::Leave && !options.skip_checks {
        plan.findings.extend(check(desired));
    }
    plan
}

fn creation(desired: &FlowDefinition) -> Vec<Step> {
    let starts = desired.active && !desired.is_on_demand();
    [Step::Create]
        .into_iter()
        .chain(starts.then_some(Step::Start))
        .collect()
}

fn change(plan: &mut FlowPlan, desired: &FlowDefinition, current: &Current, options: &PlanOptions) {
    let changes = &plan.changes;
    let runs = !current.definition.is_on_demand() && current.status == Some(FlowStatus::Active);
    let fixed = changes.iter().find(|change| change.needs_new_flow);
    if let Some(fixed) = fixed {
        if !options.replace {
            let message = "AppFlow cannot change this in place: allow the replacement of the flow, \
                           which deletes it with the history of its runs";
            plan.findings.push(Finding::error(&fixed.path, message));
        }
        plan.action = Action::Replace;
        plan.steps.extend(runs.then_some(Step::Stop));
        plan.steps.push(Step::Delete);
        plan.steps.extend(creation(desired));
        return;
    }
    let is_state = |change: &&Change| change.path == "active";
    let is_tag = |change: &&Change| {
        change.path == "tags"
            || change.path.starts_with("tags.")
            || change.path.starts_with("tags[")
    };
    let state = changes.iter().any(|change| is_state(&change));
    let tags = changes.iter().any(|change| is_tag(&change));
    let content = changes
        .iter()
        .any(|change| !is_state(&change) && !is_tag(&change));
    let retriggered = changes
        .iter()
        .any(|change| change.path == "triggerConfig.triggerType");
    let starts = desired.active && !desired.is_on_demand();
    if state && !starts && runs && !desired.is_on_demand() {
        plan.steps.push(Step::Stop);
    }
    if content {
        plan.steps.push(Step::Update);
    }
    if tags {
        plan.steps.extend(tagging(&current.definition, desired));
    }
    if starts && (state || retriggered) {
        plan.steps.push(Step::Start);
    }
    plan.action = match plan.steps.as_slice() {
        [] => Action::Leave,
        _ if content => Action::Update,
        _ if state && starts => Action::Activate,
        _ if state => Action::Deactivate,
        _ => Action::Tag,
    };
}

fn tagging(current: &FlowDefinition, desired: &FlowDefinition) -> Vec<Step> {
    let tags = |definition: &FlowDefinition| definition.tags.clone().unwrap_or_default();
    let (before, mut after) = (tags(current), tags(desired));
    after.retain(|key, _| !key.starts_with("aws:"));
    let mut gone: Vec<String> = before
        .keys()
        .filter(|key| !after.contains_key(*key) && !key.starts_with("aws:"))
        .cloned()
        .collect();
    gone.sort();
    let new: HashMap<String, String> = after
        .into_iter()
        .filter(|(key, value)| before.get(key) != Some(value))
        .collect();
    // Old tags are removed before new ones are added, since the number of tags is limited.
    let untag = (!gone.is_empty()).then_some(Step::Untag(gone));
    let tag = (!new.is_empty()).then_some(Step::Tag(new));
    untag.into_iter().chain(tag).collect()
}

/// Plans the deletion of a flow that no definition names.
pub(super) fn deletion(name: &str, summary: &FlowSummary) -> FlowPlan {
    let on_demand = summary.trigger_type == Some(TriggerType::Ondemand);
    let runs = !on_demand && summary.flow_status == Some(FlowStatus::Active);
    FlowPlan {
        name: name.to_owned(),
        action: Action::Delete,
        changes: Vec::new(),
        findings: Vec::new(),
        steps: runs
            .then_some(Step::Stop)
            .into_iter()
            .chain([Step::Delete])
            .collect(),
        definition: None,
        arn: None,
    }
}
