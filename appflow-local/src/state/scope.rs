//! [`Scope`]: the state of one account and region, and which parts of it changed.

use crate::clock::Millis;
use crate::state::{Entity, Flow, Profile, Registration, TokenEntry};
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
