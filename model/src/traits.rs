//! In: trait values as JSON, keyed by trait ID. Out: a [`Traits`] bag that answers typed questions.

use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;

/// A trait whose value this crate knows how to read.
pub trait Trait: DeserializeOwned {
    /// The trait's absolute ID, for example `smithy.api#length`.
    const ID: &'static str;
}

/// The traits applied to one shape or member, ordered by ID.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traits(BTreeMap<String, Value>);

impl Traits {
    /// Whether the trait is applied, whatever its value.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// The trait's value as the model has it.
    pub fn raw(&self, id: &str) -> Option<&Value> {
        self.0.get(id)
    }

    /// The trait's typed value. Loading has checked every known trait, so `None` means "not applied".
    pub fn get<T: Trait>(&self) -> Option<T> {
        T::deserialize(self.raw(T::ID)?).ok()
    }

    /// Every trait with its value, ordered by ID.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(id, value)| (id.as_str(), value))
    }

    /// Whether no trait is applied.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Applies a trait and gives back the value it replaces.
    pub fn insert(&mut self, id: impl Into<String>, value: Value) -> Option<Value> {
        self.0.insert(id.into(), value)
    }

    /// Takes a trait away.
    pub fn remove(&mut self, id: &str) -> Option<Value> {
        self.0.remove(id)
    }
}

impl FromIterator<(String, Value)> for Traits {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(traits: I) -> Self {
        Self(traits.into_iter().collect())
    }
}
