//! [`Records`]: the state as texts under keys, for snapshots and for the store, and back.

use crate::state::{Flow, Profile, Registration, Run, Scope, State, TokenEntry};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;

/// The whole state: key to JSON.
pub(crate) type Records = BTreeMap<String, Value>;

/// A part of a scope that is kept under a key of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Entity {
    Flow(String),
    Run(String, u64),
    Profile(String),
    Registration(String),
    Token(String),
}

/// What is to be written under a key; nothing for what is to be removed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change {
    pub(crate) key: String,
    pub(crate) value: Option<Value>,
}

/// A record that is not what this program writes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the record `{key}` cannot be read: {reason}")]
pub(crate) struct LoadError {
    key: String,
    reason: String,
}

impl Entity {
    /// The key. Accounts, regions and names of flows have no slash; what may have one stands last.
    fn key(&self, account: &str, region: &str) -> String {
        let rest = match self {
            Self::Flow(name) => format!("flow/{name}"),
            Self::Run(flow, number) => format!("run/{flow}/{number:020}"),
            Self::Profile(name) => format!("profile/{name}"),
            Self::Registration(label) => format!("connector/{label}"),
            Self::Token(token) => format!("token/{token}"),
        };
        format!("{account}/{region}/{rest}")
    }

    fn value(&self, scope: &Scope) -> Option<Value> {
        fn json<T: Serialize>(value: Option<&T>) -> Option<Value> {
            value.and_then(|value| serde_json::to_value(value).ok())
        }
        match self {
            Self::Flow(name) => json(scope.flows.get(name)),
            Self::Run(flow, number) => json(scope.flows.get(flow)?.runs.get(number)),
            Self::Profile(name) => json(scope.profiles.get(name)),
            Self::Registration(label) => json(scope.registrations.get(label)),
            Self::Token(token) => json(scope.tokens.get(token)),
        }
    }

    fn change(&self, account: &str, region: &str, scope: &Scope) -> Change {
        Change {
            key: self.key(account, region),
            value: self.value(scope),
        }
    }
}

impl Scope {
    /// What changed since this was last asked, as it is now.
    pub(crate) fn take_changes(&mut self, account: &str, region: &str) -> Vec<Change> {
        let dirty = self.take_dirty();
        dirty
            .iter()
            .map(|entity| entity.change(account, region, self))
            .collect()
    }

    fn entities(&self) -> Vec<Entity> {
        let mut entities = Vec::new();
        for flow in self.flows.values() {
            entities.push(Entity::Flow(flow.name.clone()));
            entities.extend(
                flow.runs
                    .keys()
                    .map(|number| Entity::Run(flow.name.clone(), *number)),
            );
        }
        entities.extend(self.profiles.keys().cloned().map(Entity::Profile));
        entities.extend(self.registrations.keys().cloned().map(Entity::Registration));
        entities.extend(self.tokens.keys().cloned().map(Entity::Token));
        entities
    }

    fn load(&mut self, kind: &str, name: &str, value: &Value) -> Result<(), String> {
        fn read<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
            T::deserialize(value).map_err(|error| error.to_string())
        }
        match kind {
            "flow" => {
                let flow: Flow = read(value)?;
                self.flows.insert(name.to_owned(), flow);
            }
            "run" => {
                let run: Run = read(value)?;
                let (flow, _) = name.rsplit_once('/').ok_or("its key has no number")?;
                let flow = self.flows.get_mut(flow).ok_or("its flow is not there")?;
                flow.insert_run(run);
            }
            "profile" => {
                let mut profile: Profile = read(value)?;
                // A snapshot may come from anywhere.
                profile.forget_secrets();
                self.profiles.insert(name.to_owned(), profile);
            }
            "connector" => {
                let registration: Registration = read(value)?;
                self.registrations.insert(name.to_owned(), registration);
            }
            "token" => {
                let entry: TokenEntry = read(value)?;
                self.token_order.insert(entry.number, name.to_owned());
                self.tokens.insert(name.to_owned(), entry);
            }
            _ => return Err("its kind is not known".to_owned()),
        }
        Ok(())
    }
}

impl State {
    /// The whole state as records.
    pub(crate) fn records(&self) -> Records {
        let mut records = Records::new();
        for ((account, region), scope) in &self.scopes {
            for entity in scope.entities() {
                let Change { key, value } = entity.change(account, region, scope);
                records.extend(value.map(|value| (key, value)));
            }
        }
        records
    }

    /// The state that records tell of. Flows come before their runs in the order of keys.
    pub(crate) fn from_records(records: &Records) -> Result<Self, LoadError> {
        let mut state = Self::default();
        for (key, value) in records {
            let wrong = |reason: String| LoadError {
                key: key.clone(),
                reason,
            };
            let pieces: Vec<&str> = key.splitn(4, '/').collect();
            let &[account, region, kind, name] = pieces.as_slice() else {
                return Err(wrong("its key is not known".to_owned()));
            };
            let scope = (account.to_owned(), region.to_owned());
            let scope = state.scopes.entry(scope).or_default();
            scope.load(kind, name, value).map_err(wrong)?;
        }
        Ok(state)
    }
}
