//! [`Traits`]: the traits of a shape or member, with typed access to their values.

use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;

/// A trait whose value this crate can deserialize.
pub trait Trait: DeserializeOwned {
    /// Absolute ID of the trait, for example `smithy.api#length`.
    const ID: &'static str;
}

/// The traits applied to one shape or member, ordered by ID.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traits(BTreeMap<String, Value>);

impl Traits {
    /// Returns whether the trait is applied, with any value.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// Returns the value of the trait as JSON.
    pub fn raw(&self, id: &str) -> Option<&Value> {
        self.0.get(id)
    }

    /// Returns the typed value of the trait. Known traits are checked during loading, so `None` means that the trait is
    /// not applied.
    pub fn get<T: Trait>(&self) -> Option<T> {
        T::deserialize(self.raw(T::ID)?).ok()
    }

    /// Returns an iterator over the traits and their values, ordered by ID.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(id, value)| (id.as_str(), value))
    }

    /// Returns whether no traits are applied.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Applies a trait, and returns the value that it replaces.
    pub fn insert(&mut self, id: impl Into<String>, value: Value) -> Option<Value> {
        self.0.insert(id.into(), value)
    }

    /// Removes a trait, and returns its value.
    pub fn remove(&mut self, id: &str) -> Option<Value> {
        self.0.remove(id)
    }
}

impl FromIterator<(String, Value)> for Traits {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(traits: I) -> Self {
        Self(traits.into_iter().collect())
    }
}
