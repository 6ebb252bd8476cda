//! [`Plan`]: definitions and an account in; what is to be done, and what stands in the way, out. Nothing is changed.

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

/// What an account should have.
#[derive(Debug, Clone, Default)]
pub struct Definitions {
    /// Its flows.
    pub flows: Vec<FlowDefinition>,
    /// Its connector profiles.
    pub profiles: Vec<ProfileDefinition>,
}

/// What is called with how many flows are compared, and how many there are.
type OnCompared = Arc<dyn Fn(usize, usize) + Send + Sync>;

/// How far a plan may go.
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
    /// Deletes flows that no definition names. Without it they are left alone.
    pub fn prune(mut self, prune: bool) -> Self {
        self.prune = prune;
        self
    }

    /// Replaces flows that AppFlow cannot change in place: they are deleted, with the history of their runs, and created
    /// anew. Without it such a change is an error.
    pub fn replace(mut self, replace: bool) -> Self {
        self.replace = replace;
        self
    }

    /// Does not check definitions, so that the service has the word. Whatever else is found stays.
    pub fn skip_checks(mut self, skip: bool) -> Self {
        self.skip_checks = skip;
        self
    }

    /// Asks the connectors whether they know the objects of new flows; an unknown one is a warning.
    pub fn check_entities(mut self, check: bool) -> Self {
        self.entities = check;
        self
    }

    /// Fills the placeholders of profiles that are to be created or updated, so that a missing secret is told before
    /// anything is done.
    pub fn secrets(mut self, secrets: Secrets) -> Self {
        self.secrets = Some(secrets);
        self
    }

    /// Calls this with how many flows of the account are compared, and how many have to be: at first with none, and then
    /// after each.
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

/// What is done with a flow or profile, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// It is created.
    Create,
    /// It is changed in place.
    Update,
    /// It is deleted, and created anew.
    Replace,
    /// It runs when it is due from now on.
    Activate,
    /// It runs no more.
    Deactivate,
    /// Only its tags change.
    Tag,
    /// It is deleted.
    Delete,
    /// It is left as it is.
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

/// A call to be made for a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Stop,
    Delete,
    Create,
    Update,
    Tag(HashMap<String, String>),
    Untag(Vec<String>),
    /// Unless the call before said that it is active.
    Start,
}

/// What is to be done with one flow.
#[derive(Debug)]
#[non_exhaustive]
pub struct FlowPlan {
    /// The flow.
    pub name: String,
    /// What is done with it, in short.
    pub action: Action,
    /// What changes; nothing for a flow that comes or goes as a whole.
    pub changes: Vec<Change>,
    /// What was found about it. Nothing of the plan is applied if an error is among them.
    pub findings: Vec<Finding>,
    pub(super) steps: Vec<Step>,
    pub(super) definition: Option<FlowDefinition>,
    pub(super) arn: Option<String>,
}

/// What is to be done with one connector profile.
#[derive(Debug)]
#[non_exhaustive]
pub struct ProfilePlan {
    /// The profile.
    pub name: String,
    /// What is done with it.
    pub action: Action,
    /// What changes.
    pub changes: Vec<Change>,
    /// What was found about it.
    pub findings: Vec<Finding>,
    pub(super) definition: ProfileDefinition,
}

/// What is to be done with an account.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Plan {
    /// Connector profiles, which come first.
    pub profiles: Vec<ProfilePlan>,
    /// Flows, by name; those to be deleted come last.
    pub flows: Vec<FlowPlan>,
    /// What was found about the whole.
    pub findings: Vec<Finding>,
}

impl Plan {
    /// Whether there is nothing to be done.
    pub fn is_empty(&self) -> bool {
        let mut actions = self.actions();
        actions.all(|action| action == Action::Leave)
    }

    /// How many flows and profiles something is to be done with.
    pub fn len(&self) -> usize {
        let actions = self.actions();
        actions.filter(|action| *action != Action::Leave).count()
    }

    /// Whether something stands in the way, so that nothing is applied.
    pub fn has_errors(&self) -> bool {
        let profiles = self.profiles.iter().flat_map(|profile| &profile.findings);
        let flows = self.flows.iter().flat_map(|flow| &flow.findings);
        let mut findings = self.findings.iter().chain(profiles).chain(flows);
        findings.any(Finding::is_error)
    }

    /// How many flows and profiles an action is for.
    pub fn count(&self, action: Action) -> usize {
        self.actions().filter(|found| *found == action).count()
    }

    fn actions(&self) -> impl Iterator<Item = Action> {
        let profiles = self.profiles.iter().map(|profile| profile.action);
        profiles.chain(self.flows.iter().map(|flow| flow.action))
    }
}

impl Account {
    /// Compares definitions with the account. It takes one call for each hundred flows and profiles that there are, and one
    /// for each flow that a definition names.
    ///
    /// # Errors
    ///
    /// A call failed. What is wrong with definitions is part of the plan.
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
