//! [`Scope`]: the state of one account and region, and which parts of it changed.

use crate::clock::Millis;
use crate::state::{Entity, Flow, Phase, Profile, Registration, TokenEntry};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// One account and region.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    pub(crate) flows: BTreeMap<String, Flow>,
    pub(crate) profiles: BTreeMap<String, Profile>,
    pub(crate) registrations: BTreeMap<String, Registration>,
    /// By operation and client token.
    pub(crate) tokens: BTreeMap<String, TokenEntry>,
    /// The same in the order in which they came.
    pub(crate) token_order: BTreeMap<u64, String>,
    dirty: BTreeSet<Entity>,
    /// Flows and numbers of runs that move data and are to begin.
    started: Vec<(String, u64)>,
    /// What is to be told of runs.
    events: Vec<Value>,
}

impl Scope {
    /// Notes that an entity came, changed or went.
    pub(crate) fn touch(&mut self, entity: Entity) {
        self.dirty.insert(entity);
    }

    /// Returns whether anything changed since it was last taken.
    pub(crate) fn is_dirty(&self) -> bool {
        !self.dirty.is_empty()
    }

    /// What changed since this was last asked.
    pub(crate) fn take_dirty(&mut self) -> BTreeSet<Entity> {
        std::mem::take(&mut self.dirty)
    }

    /// Notes an event of a run.
    pub(crate) fn tell(&mut self, event: Value) {
        self.events.push(event);
    }

    /// The events since this was last asked.
    pub(crate) fn take_events(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.events)
    }

    /// Notes that a run is to begin to move data.
    pub(crate) fn start(&mut self, flow: &str, number: u64) {
        self.started.push((flow.to_owned(), number));
    }

    /// The runs that are to begin to move data.
    pub(crate) fn take_started(&mut self) -> Vec<(String, u64)> {
        std::mem::take(&mut self.started)
    }

    /// Ends the runs that moved data and that nobody works at any more.
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

    /// How many runs are not over.
    pub(crate) fn runs_in_progress(&self) -> usize {
        self.flows.values().map(|flow| flow.active.len()).sum()
    }

    /// The flows in which something happens by itself until then.
    pub(crate) fn due_flows(&self, now: Millis) -> Vec<String> {
        let due = |flow: &&Flow| flow.due_at().is_some_and(|due| due <= now);
        self.flows
            .values()
            .filter(due)
            .map(|flow| flow.name.clone())
            .collect()
    }

    /// Removes a flow with its runs.
    pub(crate) fn remove_flow(&mut self, name: &str) {
        if let Some(flow) = self.flows.remove(name) {
            for number in flow.runs.keys() {
                self.touch(Entity::Run(flow.name.clone(), *number));
            }
            self.touch(Entity::Flow(flow.name));
        }
    }
}
