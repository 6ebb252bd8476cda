//! Implements [`Shape`] for lists, maps, boxes and optional values.

use crate::value::shape::{
    Enumeration, List, ListSlot, Map, MapSlot, OptionalSlot, Shape, Slot, Value,
};
use std::collections::HashMap;
use std::hash::Hash;

impl<T: Shape> Shape for Option<T> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Absent, T::value)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Optional(self)
    }

    fn empty() -> Self {
        None
    }

    fn null() -> Option<Self> {
        Some(None)
    }
}

impl<T: Shape> OptionalSlot for Option<T> {
    fn clear(&mut self) {
        *self = None;
    }

    fn fill(&mut self) -> Slot<'_> {
        self.insert(T::empty()).slot()
    }

    #[cfg(feature = "xml")]
    fn resume(&mut self) -> Slot<'_> {
        self.get_or_insert_with(T::empty).slot()
    }
}

impl<T: Shape> Shape for Box<T> {
    fn value(&self) -> Value<'_> {
        T::value(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        T::slot(self)
    }

    fn empty() -> Self {
        Box::new(T::empty())
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn value(&self) -> Value<'_> {
        Value::List(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }

    fn empty() -> Self {
        Vec::new()
    }
}

impl<T: Shape> List for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn element(&self, index: usize) -> Value<'_> {
        self.get(index).map_or(Value::Absent, T::value)
    }
}

impl<T: Shape> ListSlot for Vec<T> {
    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn push(&mut self) -> Slot<'_> {
        Vec::push(self, T::empty());
        self.last_mut().map_or(Slot::Ignored, T::slot)
    }

    fn push_null(&mut self) -> bool {
        let null = T::null();
        let is_sparse = null.is_some();
        self.extend(null);
        is_sparse
    }
}

/// A type that map keys can have: text, or an enum.
pub trait MapKey: Hash + Eq + Ord + Send + Sync {
    /// Creates the key from its text in a request or response.
    fn from_wire(text: &str) -> Self;

    /// Returns the text of the key in a request or response.
    fn as_wire(&self) -> &str;

    /// Returns the keys that the model declares, if the key is an enum.
    fn known() -> Option<&'static [&'static str]> {
        None
    }

    /// Returns the declared keys that messages may contain.
    fn public() -> Vec<&'static str> {
        Vec::new()
    }
}

impl MapKey for String {
    fn from_wire(text: &str) -> Self {
        text.to_owned()
    }

    fn as_wire(&self) -> &str {
        self
    }
}

impl<T> MapKey for T
where
    T: Enumeration + for<'a> From<&'a str> + Hash + Eq + Ord,
{
    fn from_wire(text: &str) -> Self {
        T::from(text)
    }

    fn as_wire(&self) -> &str {
        self.wire_value()
    }

    fn known() -> Option<&'static [&'static str]> {
        Some(T::from("").known_values())
    }

    fn public() -> Vec<&'static str> {
        T::from("").public_values()
    }
}

impl<K: MapKey, V: Shape> Shape for HashMap<K, V> {
    fn value(&self) -> Value<'_> {
        Value::Map(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }

    fn empty() -> Self {
        HashMap::new()
    }
}

impl<K: MapKey, V: Shape> Map for HashMap<K, V> {
    fn len(&self) -> usize {
        HashMap::len(self)
    }

    fn entries(&self) -> Vec<(&str, Value<'_>)> {
        let mut entries: Vec<_> = self
            .iter()
            .map(|(key, value)| (key.as_wire(), value.value()))
            .collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        entries
    }

    fn known_keys(&self) -> Option<&'static [&'static str]> {
        K::known()
    }

    fn public_keys(&self) -> Vec<&'static str> {
        K::public()
    }
}

impl<K: MapKey, V: Shape> MapSlot for HashMap<K, V> {
    fn clear(&mut self) {
        HashMap::clear(self);
    }

    fn insert(&mut self, key: &str) -> Slot<'_> {
        self.entry(K::from_wire(key))
            .insert_entry(V::empty())
            .into_mut()
            .slot()
    }

    fn insert_null(&mut self, key: &str) -> bool {
        let Some(null) = V::null() else {
            return false;
        };
        HashMap::insert(self, K::from_wire(key), null);
        true
    }
}
