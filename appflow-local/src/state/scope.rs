//! [`Scope`]: the state of one account and region, with change tracking.

use crate::clock::Millis;
use crate::state::{Entity, Flow, Phase, Profile, Registration, TokenEntry};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The state of one account and region.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    pub(crate) flows: BTreeMap<String, Flow>,
    pub(crate) profiles: BTreeMap<String, Profile>,
    pub(crate) registrations: BTreeMap<String, Registration>,
    /// The responses by operation and client token.
    pub(crate) tokens: BTreeMap<String, TokenEntry>,
    /// The keys of `tokens` in the order in which they were added.
    pub(crate) token_order: BTreeMap<u64, String>,
    /// The time to which it was advanced last; `None` if it was just loaded.
    advanced_to: Option<Millis>,
    dirty: BTreeSet<Entity>,
    /// The flows and numbers of the data-moving runs to start.
    started: Vec<(String, u64)>,
    /// The events to send.
    events: Vec<Value>,
}

impl Scope {
    /// Returns the registered connector of a profile.
    pub(crate) fn registration_of(&self, profile: &Profile) -> Option<&Registration> {
        self.registrations.get(profile.connector_label.as_ref()?)
    }

    /// Sets the current time; returns whether the clock may have been set back: it is earlier than before, or the first.
    pub(crate) fn advance_to(&mut self, now: Millis) -> bool {
        let before = self.advanced_to.replace(now);
        before.is_none_or(|before| now < before)
    }

    /// Marks an entity as created, changed or removed.
    pub(crate) fn touch(&mut self, entity: Entity) {
        self.dirty.insert(entity);
    }

    /// Returns whether there are changes since they were last taken.
    pub(crate) fn is_dirty(&self) -> bool {
        !self.dirty.is_empty()
    }

    /// Takes the entities that changed.
    pub(crate) fn take_dirty(&mut self) -> BTreeSet<Entity> {
        std::mem::take(&mut self.dirty)
    }

    /// Adds an event of a run.
    pub(crate) fn add_event(&mut self, event: Value) {
        self.events.push(event);
    }

    /// Takes the events.
    pub(crate) fn take_events(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.events)
    }

    /// Adds a data-moving run to start.
    pub(crate) fn start(&mut self, flow: &str, number: u64) {
        self.started.push((flow.to_owned(), number));
    }

    /// Takes the data-moving runs to start.
    pub(crate) fn take_started(&mut self) -> Vec<(String, u64)> {
        std::mem::take(&mut self.started)
    }

    /// Fails the data-moving runs that have no job any more.
    pub(super) fn interrupt(&mut self, is_live: &impl Fn(&str) -> bool) {
        let mut interrupted = Vec::new();
        for flow in self.flows.values_mut() {
            for number in &flow.active {
                let Some(run) = flow.runs.get_mut(number) else {
                    continue;
                };
                let ends_at = run.updated_at;
                match run.phase {
                    _ if is_live(&run.id) => continue,
                    Phase::Working => {
                        let failure = Some("The run was interrupted.".to_owned());
                        run.phase = Phase::InProgress { ends_at, failure };
                    }
                    Phase::Stopping => run.phase = Phase::CancelStarted { ends_at },
                    _ => continue,
                }
                interrupted.push(Entity::Run(flow.name.clone(), *number));
            }
        }
        self.dirty.extend(interrupted);
    }

    /// Returns the number of unfinished runs.
    pub(crate) fn runs_in_progress(&self) -> usize {
        self.flows.values().map(|flow| flow.active.len()).sum()
    }

    /// Returns the flows in which a run ends or a schedule fires by a time.
    pub(crate) fn due_flows(&self, now: Millis) -> Vec<String> {
        let due = |flow: &&Flow| flow.due_at().is_some_and(|due| due <= now);
        self.flows
            .values()
            .filter(due)
            .map(|flow| flow.name.clone())
            .collect()
    }

    /// Removes a flow and its runs.
    pub(crate) fn remove_flow(&mut self, name: &str) {
        if let Some(flow) = self.flows.remove(name) {
            for number in flow.runs.keys() {
                self.touch(Entity::Run(flow.name.clone(), *number));
            }
            self.touch(Entity::Flow(flow.name));
        }
    }
}
