//! A mirror of Smithy's JSON AST for serde, which keeps the order of entries and duplicate keys.

use crate::ShapeId;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
};
use serde_json::Value;
use std::{collections::BTreeMap, fmt, marker::PhantomData};

/// A model file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AstFile {
    #[serde(default)]
    pub(crate) smithy: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) metadata: BTreeMap<String, Value>,
    #[serde(default)]
    pub(crate) shapes: Entries<ShapeId, AstShape>,
}

/// An entry of `shapes`. Its permitted fields depend on the type, which the loader checks.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct AstShape {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) mixins: Vec<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) identifiers: BTreeMap<String, Reference>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) properties: BTreeMap<String, Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) create: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) put: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) read: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) update: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) delete: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) list: Option<Reference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) operations: Vec<Reference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) collection_operations: Vec<Reference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) resources: Vec<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) input: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) output: Option<Reference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) errors: Vec<Reference>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) rename: BTreeMap<ShapeId, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) member: Option<AstMember>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) key: Option<AstMember>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<AstMember>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) members: Option<Entries<String, AstMember>>,
    #[serde(skip_serializing_if = "Entries::is_empty")]
    pub(crate) traits: Entries<String, Value>,
}

/// A member of a shape.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AstMember {
    pub(crate) target: ShapeId,
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    pub(crate) traits: Entries<String, Value>,
}

/// A reference to a shape.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reference {
    pub(crate) target: ShapeId,
}

/// A JSON object as the list of its entries. A map would keep only the last of two entries with the same key, and so
/// hide duplicate shapes.
#[derive(Debug)]
pub(crate) struct Entries<K, V>(pub(crate) Vec<(K, V)>);

impl<K, V> Entries<K, V> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K, V> Default for Entries<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K, V> FromIterator<(K, V)> for Entries<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<K: Serialize, V: Serialize> Serialize for Entries<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for Entries<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for EntriesVisitor<K, V> {
    type Value = Entries<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}
