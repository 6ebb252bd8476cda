//! [`Plan`]: the changes that bring an account in line with definitions, and the findings that prevent them.

mod flow;
mod preflight;

use crate::flows::account::{Account, AccountError, Current};
use crate::flows::check::Finding;
use crate::flows::definition::FlowDefinition;
use crate::flows::diff::Change;
use crate::flows::placeholder::Secrets;
use crate::flows::profile::ProfileDefinition;
use smithy_reqwest::serde::ser::{Serialize, SerializeStruct, Serializer};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

/// The desired flows and connector profiles of an account.
#[derive(Debug, Clone, Default)]
pub struct Definitions {
    /// Desired flows.
    pub flows: Vec<FlowDefinition>,
    /// Desired connector profiles.
    pub profiles: Vec<ProfileDefinition>,
}

/// A callback that receives the number of compared flows and the total.
type OnCompared = Arc<dyn Fn(usize, usize) + Send + Sync>;

/// Options of [`Account::plan`].
#[derive(Clone, Default)]
pub struct PlanOptions {
    pub(super) prune: bool,
    pub(super) replace: bool,
    pub(super) skip_checks: bool,
    pub(super) entities: bool,
    pub(super) secrets: Option<Secrets>,
    progress: Option<OnCompared>,
}

impl fmt::Debug for PlanOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlanOptions")
            .field("prune", &self.prune)
            .field("replace", &self.replace)
            .field("skip_checks", &self.skip_checks)
            .field("entities", &self.entities)
            .field("secrets", &self.secrets)
            .finish_non_exhaustive()
    }
}

impl PlanOptions {
    /// Sets whether flows without a definition are deleted. By default they are left alone.
    pub fn prune(mut self, prune: bool) -> Self {
        self.prune = prune;
        self
    }

    /// Sets whether flows are replaced that AppFlow cannot change in place: they are deleted, with the history of their
    /// runs, and created again. By default such a change is an error.
    pub fn replace(mut self, replace: bool) -> Self {
        self.replace = replace;
        self
    }

    /// Sets whether the checks of definitions are skipped, so that the service decides. Other findings are still
    /// reported.
    pub fn skip_checks(mut self, skip: bool) -> Self {
        self.skip_checks = skip;
        self
    }

    /// Sets whether the objects of new flows are looked up with the connectors. An unknown object is a warning.
    pub fn check_entities(mut self, check: bool) -> Self {
        self.entities = check;
        self
    }

    /// Sets the secrets of profiles that are created or updated, so that a missing secret is reported before any
    /// change.
    pub fn secrets(mut self, secrets: Secrets) -> Self {
        self.secrets = Some(secrets);
        self
    }

    /// Sets a callback that receives the number of compared flows and the total: once before the first flow, and after
    /// each flow.
    pub fn on_progress(mut self, progress: impl Fn(usize, usize) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(progress));
        self
    }

    fn compared(&self, done: usize, total: usize) {
        if let Some(progress) = &self.progress {
            progress(done, total);
        }
    }
}

/// The action on a flow or connector profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Create it.
    Create,
    /// Change it in place.
    Update,
    /// Delete it, and create it again.
    Replace,
    /// Activate the flow, so that it runs when it is due.
    Activate,
    /// Deactivate the flow, so that it does not run.
    Deactivate,
    /// Change only its tags.
    Tag,
    /// Delete it.
    Delete,
    /// Leave it unchanged.
    Leave,
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Replace => "replace",
            Self::Activate => "activate",
            Self::Deactivate => "deactivate",
            Self::Tag => "tag",
            Self::Delete => "delete",
            Self::Leave => "leave",
        })
    }
}

/// A step of the plan of a flow: one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Stop,
    Delete,
    Create,
    Update,
    Tag(HashMap<String, String>),
    Untag(Vec<String>),
    /// Activates the flow, unless the previous step already returned an active flow.
    Start,
}

/// The planned changes of one flow.
#[derive(Debug)]
#[non_exhaustive]
pub struct FlowPlan {
    /// Name of the flow.
    pub name: String,
    /// Action on the flow.
    pub action: Action,
    /// Changes of members; empty for a flow that is created or deleted.
    pub changes: Vec<Change>,
    /// Findings about the flow. An error prevents the whole plan from being applied.
    pub findings: Vec<Finding>,
    pub(super) steps: Vec<Step>,
    pub(super) definition: Option<FlowDefinition>,
    pub(super) arn: Option<String>,
}

/// The planned changes of one connector profile.
#[derive(Debug)]
#[non_exhaustive]
pub struct ProfilePlan {
    /// Name of the profile.
    pub name: String,
    /// Action on the profile.
    pub action: Action,
    /// Changes of members.
    pub changes: Vec<Change>,
    /// Findings about the profile.
    pub findings: Vec<Finding>,
    pub(super) definition: ProfileDefinition,
}

/// The planned changes of an account.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Plan {
    /// Connector profiles, which are applied first.
    pub profiles: Vec<ProfilePlan>,
    /// Flows by name, with deletions last.
    pub flows: Vec<FlowPlan>,
    /// Findings about the plan as a whole.
    pub findings: Vec<Finding>,
}

impl Plan {
    /// Returns whether the plan contains no changes.
    pub fn is_empty(&self) -> bool {
        let mut actions = self.actions();
        actions.all(|action| action == Action::Leave)
    }

    /// Returns the number of flows and connector profiles that change.
    pub fn len(&self) -> usize {
        let actions = self.actions();
        actions.filter(|action| *action != Action::Leave).count()
    }

    /// Returns whether the plan has errors, which prevent it from being applied.
    pub fn has_errors(&self) -> bool {
        let profiles = self.profiles.iter().flat_map(|profile| &profile.findings);
        let flows = self.flows.iter().flat_map(|flow| &flow.findings);
        let mut findings = self.findings.iter().chain(profiles).chain(flows);
        findings.any(Finding::is_error)
    }

    /// Returns the number of flows and connector profiles with an action.
    pub fn count(&self, action: Action) -> usize {
        self.actions().filter(|found| *found == action).count()
    }

    fn actions(&self) -> impl Iterator<Item = Action> {
        let profiles = self.profiles.iter().map(|profile| profile.action);
        profiles.chain(self.flows.iter().map(|flow| flow.action))
    }
}

impl Account {
    /// Compares definitions with the account. This takes one call for each hundred flows and profiles in the account,
    /// and one for each flow that a definition names.
    ///
    /// # Errors
    ///
    /// Returns an error if a call fails. Errors in definitions are findings of the plan.
    pub async fn plan(
        &self,
        definitions: &Definitions,
        options: &PlanOptions,
    ) -> Result<Plan, AccountError> {
        let summaries = self.flows().await?;
        let named = definitions.flows.iter().map(|flow| flow.flow_name.clone());
        let named: Vec<String> = named.filter(|name| summaries.contains_key(name)).collect();
        let mut plans: BTreeMap<String, FlowPlan> = BTreeMap::new();
        let by_name: BTreeMap<&str, &FlowDefinition> = definitions
            .flows
            .iter()
            .map(|flow| (flow.flow_name.as_str(), flow))
            .collect();
        // The current definition of a flow is dropped as soon as it is compared.
        let mut keep = |name: &str, current: Option<Current>| {
            if let Some(desired) = by_name.get(name) {
                let plan = flow::plan(desired, current, options);
                plans.insert(name.to_owned(), plan);
            }
        };
        for name in by_name
            .keys()
            .filter(|name| !summaries.contains_key(**name))
        {
            keep(name, None);
        }
        let (mut done, total) = (0, named.len());
        options.compared(done, total);
        let compare = |name: String, current| {
            keep(&name, current);
            done += 1;
            options.compared(done, total);
        };
        self.describe_each(named.into_iter(), compare).await?;
        let mut plan = Plan {
            flows: plans.into_values().collect(),
            ..Plan::default()
        };
        if options.prune {
            let gone = summaries
                .iter()
                .filter(|(name, _)| !by_name.contains_key(name.as_str()));
            plan.flows
                .extend(gone.map(|(name, summary)| flow::deletion(name, summary)));
        }
        self.preflight(&mut plan, definitions, summaries.len(), options)
            .await?;
        Ok(plan)
    }
}

impl Serialize for Action {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for FlowPlan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        entry(
            serializer,
            &self.name,
            self.action,
            &self.changes,
            &self.findings,
        )
    }
}

impl Serialize for ProfilePlan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        entry(
            serializer,
            &self.name,
            self.action,
            &self.changes,
            &self.findings,
        )
    }
}

fn entry<S: Serializer>(
    serializer: S,
    name: &str,
    action: Action,
    changes: &[Change],
    findings: &[Finding],
) -> Result<S::Ok, S::Error> {
    let mut members = serializer.serialize_struct("Entry", 4)?;
    members.serialize_field("name", name)?;
    members.serialize_field("action", &action)?;
    members.serialize_field("changes", changes)?;
    members.serialize_field("findings", findings)?;
    members.end()
}

impl Serialize for Plan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Plan", 5)?;
        members.serialize_field("empty", &self.is_empty())?;
        members.serialize_field("errors", &self.has_errors())?;
        members.serialize_field("profiles", &self.profiles)?;
        members.serialize_field("flows", &self.flows)?;
        members.serialize_field("findings", &self.findings)?;
        members.end()
    }
}
