//! [`Records`]: the state as JSON by key, for snapshots and the store.

use crate::state::{Flow, Profile, Registration, Run, Scope, State, TokenEntry};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;

/// The whole state: JSON by key.
pub(crate) type Records = BTreeMap<String, Value>;

/// A part of a scope that has a key of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Entity {
    Flow(String),
    Run(String, u64),
    Profile(String),
    Registration(String),
    Token(String),
}

/// The new value of a key; `None` removes the record.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change {
    pub(crate) key: String,
    pub(crate) value: Option<Value>,
}

/// An error on reading a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("invalid record `{key}`: {reason}")]
pub(crate) struct LoadError {
    key: String,
    reason: String,
}

impl Entity {
    /// Returns the key. Accounts, regions and flow names contain no slash; a part that may contain one comes last.
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
    /// Takes the changes since the last call.
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
                let (flow, _) = name
                    .rsplit_once('/')
                    .ok_or("missing run number in the key")?;
                let flow = self.flows.get_mut(flow).ok_or("flow not found")?;
                flow.insert_run(run);
            }
            "profile" => {
                let mut profile: Profile = read(value)?;
                // A snapshot may not come from this program.
                profile.remove_secrets();
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
            _ => return Err("unknown kind of record".to_owned()),
        }
        Ok(())
    }
}

impl State {
    /// Returns the whole state as records.
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

    /// Builds the state from records. In the order of keys, flows come before their runs.
    pub(crate) fn from_records(records: &Records) -> Result<Self, LoadError> {
        let mut state = Self::default();
        for (key, value) in records {
            let wrong = |reason: String| LoadError {
                key: key.clone(),
                reason,
            };
            let pieces: Vec<&str> = key.splitn(4, '/').collect();
            let &[account, region, kind, name] = pieces.as_slice() else {
                return Err(wrong("unknown key".to_owned()));
            };
            let scope = (account.to_owned(), region.to_owned());
            let scope = state.scopes.entry(scope).or_default();
            scope.load(kind, name, value).map_err(wrong)?;
        }
        Ok(state)
    }
}
