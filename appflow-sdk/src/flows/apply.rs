//! [`Account::apply`]: applies a plan to an account.

use crate::Error;
use crate::flows::account::{Account, AccountError};
use crate::flows::concurrent::Concurrent;
use crate::flows::diff::diff;
use crate::flows::placeholder::Secrets;
use crate::flows::plan::{Action, FlowPlan, Plan, ProfilePlan, Step};
use crate::flows::profile::ProfileDefinition;
use crate::types::FlowStatus;
use smithy_reqwest::serde::ser::{Serialize, SerializeStruct, Serializer};
use std::fmt;
use std::time::Duration;

/// The time that a name may still be in use after its flow was deleted.
const DELETION: Duration = Duration::from_secs(60);

/// The ARN and status of a flow that was created.
type Created = (Option<String>, Option<FlowStatus>);

/// A callback for each flow or profile that is completed.
type OnProgress<'a> = Box<dyn Fn(&Progress<'_>) + Send + Sync + 'a>;

/// Options of [`Account::apply`].
#[derive(Default)]
pub struct ApplyOptions<'a> {
    secrets: Secrets,
    progress: Option<OnProgress<'a>>,
    stop: Option<Box<dyn Fn() -> bool + Send + Sync + 'a>>,
}

impl<'a> ApplyOptions<'a> {
    /// Sets the secrets of connector profiles.
    pub fn secrets(mut self, secrets: Secrets) -> Self {
        self.secrets = secrets;
        self
    }

    /// Sets a callback for each flow or profile that is completed.
    pub fn on_progress(mut self, progress: impl Fn(&Progress<'_>) + Send + Sync + 'a) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Sets a condition that is checked before each flow and profile. Once it returns `true`, changes in progress are
    /// completed, and no others are started.
    pub fn stop_when(mut self, stop: impl Fn() -> bool + Send + Sync + 'a) -> Self {
        self.stop = Some(Box::new(stop));
        self
    }

    fn stops(&self) -> bool {
        self.stop.as_ref().is_some_and(|stop| stop())
    }
}

impl fmt::Debug for ApplyOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApplyOptions")
            .field("secrets", &self.secrets)
            .finish_non_exhaustive()
    }
}

/// The progress of applying a plan.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Progress<'a> {
    /// Number of completed flows and profiles.
    pub done: usize,
    /// Total number of flows and profiles to change.
    pub total: usize,
    /// Outcome of the last one.
    pub last: &'a Outcome,
}

/// The outcome of applying the plan of one flow or profile.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// Name of the flow or profile.
    pub name: String,
    /// Planned action.
    pub action: Action,
    /// Result of the action.
    pub result: Result<(), AccountError>,
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Outcome", 3)?;
        members.serialize_field("name", &self.name)?;
        members.serialize_field("action", &self.action)?;
        members.serialize_field(
            "error",
            &self.result.as_ref().err().map(ToString::to_string),
        )?;
        members.end()
    }
}

/// The outcome of applying a plan.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// Outcomes of the flows and profiles to change.
    pub outcomes: Vec<Outcome>,
}

impl Report {
    /// Returns the outcomes that are errors.
    pub fn failures(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes
            .iter()
            .filter(|outcome| outcome.result.is_err())
    }
}

impl Account {
    /// Applies a plan: profiles first, then flows, several at once, deletions last. A failure does not prevent the
    /// other changes. Applying can be stopped at any point, also by dropping the future; a new plan contains the
    /// remaining changes.
    ///
    /// If the plan has errors, nothing is changed.
    pub async fn apply(&self, plan: &Plan, options: &ApplyOptions<'_>) -> Report {
        let mut report = Report::default();
        let profiles = plan
            .profiles
            .iter()
            .filter(|plan| plan.action != Action::Leave);
        let flows = plan
            .flows
            .iter()
            .filter(|plan| plan.action != Action::Leave);
        let total = profiles.clone().count() + flows.clone().count();
        let mut keep = |outcome: Outcome| {
            let done = report.outcomes.len() + 1;
            if let Some(progress) = &options.progress {
                progress(&Progress {
                    done,
                    total,
                    last: &outcome,
                });
            }
            report.outcomes.push(outcome);
        };
        let refused = plan.has_errors();
        let begin = || match (refused, options.stops()) {
            (true, _) => Err(AccountError::NotBegun("the plan has errors")),
            (_, true) => Err(AccountError::NotBegun("stopped")),
            _ => Ok(()),
        };
        let begin = &begin;
        let profile = |plan| async move {
            match begin() {
                Ok(()) => self.apply_profile(plan, &options.secrets).await,
                Err(error) => Err(error),
            }
            .outcome(&plan.name, plan.action)
        };
        let flow = |plan| async move {
            match begin() {
                Ok(()) => self.apply_flow(plan).await,
                Err(error) => Err(error),
            }
            .outcome(&plan.name, plan.action)
        };
        let mut running = Concurrent::new(profiles.map(profile), self.concurrency);
        while let Some(outcome) = running.next().await {
            keep(outcome);
        }
        for deletes in [false, true] {
            let flows = flows
                .clone()
                .filter(|plan| (plan.action == Action::Delete) == deletes);
            let mut running = Concurrent::new(flows.map(flow), self.concurrency);
            while let Some(outcome) = running.next().await {
                keep(outcome);
            }
        }
        report
    }

    async fn apply_profile(
        &self,
        plan: &ProfilePlan,
        secrets: &Secrets,
    ) -> Result<(), AccountError> {
        let filled = plan
            .definition
            .filled(secrets)
            .map_err(AccountError::Secret)?;
        match plan.action {
            Action::Create => {
                let input = filled.to_create_input();
                let request = || {
                    let request = self.client.create_connector_profile();
                    request.with_input(input.clone()).send()
                };
                match self.retry_throttled(request).await {
                    Err(error) if error.is_conflict() => {
                        self.find_created_profile(plan, secrets, error).await?;
                    }
                    created => drop(created?),
                }
            }
            _ => {
                let input = filled.to_update_input();
                let request = || {
                    let request = self.client.update_connector_profile();
                    request.with_input(input.clone()).send()
                };
                self.retry_throttled(request).await?;
            }
        }
        Ok(())
    }

    async fn apply_flow(&self, plan: &FlowPlan) -> Result<(), AccountError> {
        let mut status = None;
        let mut arn = plan.arn.clone();
        let mut deleted = false;
        for step in &plan.steps {
            match step {
                Step::Create => {
                    let created = self.create(plan, deleted).await?;
                    (arn, status) = created;
                }
                Step::Update => status = self.update(plan).await?,
                Step::Start if status == Some(FlowStatus::Active) => {}
                Step::Delete => {
                    self.delete(&plan.name).await?;
                    deleted = true;
                }
                // A flow that is gone is stopped, and needs no deletion either.
                Step::Stop if plan.steps.contains(&Step::Delete) => {
                    self.switch(&plan.name, step).await.or_else(unless_gone)?;
                }
                Step::Start | Step::Stop => self.switch(&plan.name, step).await?,
                Step::Tag(tags) => {
                    let request = || {
                        let request = self.client.tag_resource().set_tags(Some(tags.clone()));
                        request.set_resource_arn(arn.clone()).send()
                    };
                    self.retry_throttled(request).await?;
                }
                Step::Untag(keys) => {
                    let request = || {
                        let request = self
                            .client
                            .untag_resource()
                            .set_tag_keys(Some(keys.clone()));
                        request.set_resource_arn(arn.clone()).send()
                    };
                    self.retry_throttled(request).await?;
                }
            }
        }
        Ok(())
    }

    /// Creates a flow. After a deletion, the name becomes available with a delay.
    async fn create(&self, plan: &FlowPlan, deleted: bool) -> Result<Created, AccountError> {
        let input = plan
            .definition
            .as_ref()
            .map(|definition| definition.to_create_input());
        let input = input.unwrap_or_default();
        let clock = self.client.config().clock();
        let (started, mut wait) = (clock.monotonic(), Duration::from_secs(1));
        loop {
            let request = || self.client.create_flow().with_input(input.clone()).send();
            match self.retry_throttled(request).await {
                Ok(created) => return Ok((created.flow_arn, created.flow_status)),
                Err(error)
                    if deleted
                        && error.is_conflict()
                        && clock.monotonic().duration_since(started) < DELETION =>
                {
                    clock.sleep(wait).await;
                    wait = (wait * 2).min(Duration::from_secs(10));
                }
                Err(error) if !deleted && error.is_conflict() => {
                    return self.find_created_flow(plan, error).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Returns the flow that already exists under the name, if it has the planned definition: a call of an earlier
    /// `apply` that was interrupted can take effect after the next plan is made.
    async fn find_created_flow(
        &self,
        plan: &FlowPlan,
        conflict: Error,
    ) -> Result<Created, AccountError> {
        let found = self
            .describe(&plan.name)
            .await?
            .zip(plan.definition.as_ref());
        match found {
            // A separate step activates it.
            Some((current, desired))
                if diff(&current.definition, desired)
                    .iter()
                    .all(|change| change.path == "active") =>
            {
                Ok((current.arn, current.status))
            }
            _ => Err(conflict.into()),
        }
    }

    /// Checks that the connector profile that already exists under the name has the planned definition.
    async fn find_created_profile(
        &self,
        plan: &ProfilePlan,
        secrets: &Secrets,
        conflict: Error,
    ) -> Result<(), AccountError> {
        let found = self.profiles().await?.remove(&plan.name);
        let current = found.map(ProfileDefinition::from_description).transpose()?;
        match current {
            Some(current) if current.changes(&plan.definition, secrets).is_empty() => Ok(()),
            _ => Err(conflict.into()),
        }
    }

    async fn update(&self, plan: &FlowPlan) -> Result<Option<FlowStatus>, Error> {
        let input = plan
            .definition
            .as_ref()
            .map(|definition| definition.to_update_input());
        let input = input.unwrap_or_default();
        let request = || self.client.update_flow().with_input(input.clone()).send();
        Ok(self.retry_throttled(request).await?.flow_status)
    }

    /// Deletes a flow. It is not an error if the flow does not exist.
    async fn delete(&self, name: &str) -> Result<(), Error> {
        let request = || self.client.delete_flow().flow_name(name).send();
        let deleted = self.retry_throttled(request).await;
        deleted.map(drop).or_else(unless_gone)
    }

    async fn switch(&self, name: &str, step: &Step) -> Result<(), Error> {
        if *step == Step::Start {
            let request = || self.client.start_flow().flow_name(name).send();
            return self.retry_throttled(request).await.map(drop);
        }
        let request = || self.client.stop_flow().flow_name(name).send();
        self.retry_throttled(request).await.map(drop)
    }
}

/// Ignores the error that a flow does not exist.
fn unless_gone(error: Error) -> Result<(), Error> {
    match error.is_not_found() {
        true => Ok(()),
        false => Err(error),
    }
}

trait IntoOutcome {
    fn outcome(self, name: &str, action: Action) -> Outcome;
}

impl IntoOutcome for Result<(), AccountError> {
    fn outcome(self, name: &str, action: Action) -> Outcome {
        Outcome {
            name: name.to_owned(),
            action,
            result: self,
        }
    }
}
