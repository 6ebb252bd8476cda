//! What can be read from and written to applications: a connector in, its entities and their fields out; what was seeded
//! goes before what is built in.

mod builtin;
mod seeded;

pub(crate) use seeded::Seeds;
pub use seeded::{SeededEntities, SeededEntity, SeededField};

use crate::rules::blocks::is_of;
use appflow_sdk::types::ConnectorType;

/// An entity, or a place where more of them are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) nested: bool,
}

/// A field of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) label: String,
    /// Such as `string`.
    pub(crate) field_type: String,
    /// The operators of filters.
    pub(crate) operators: Vec<String>,
    /// Its values, where they are listed.
    pub(crate) values: Option<Vec<String>>,
    pub(crate) queryable: bool,
    pub(crate) timestamp: bool,
    pub(crate) primary_key: bool,
    pub(crate) writable: bool,
    pub(crate) nullable: bool,
}

/// A connector: its type, and the label that tells custom connectors apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Connector {
    pub(crate) connector_type: ConnectorType,
    pub(crate) label: Option<String>,
}

impl Connector {
    /// Returns whether a name means this connector.
    fn is_called(&self, name: &str) -> bool {
        match &self.label {
            Some(label) if self.connector_type == ConnectorType::Customconnector => {
                label.eq_ignore_ascii_case(name)
            }
            _ => is_of(name, &self.connector_type),
        }
    }
}

/// Returns the entities of a connector below a path by their names, and the name of their group.
pub(crate) fn listing(
    seeds: &Seeds,
    connector: &Connector,
    path: &str,
) -> (&'static str, Vec<Entry>) {
    let (group, mut entries) = builtin::listing(&connector.connector_type, path);
    for seeded in seeds.listing(connector, path) {
        entries.retain(|entry| entry.name != seeded.name);
        entries.push(seeded);
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    (group, entries)
}

/// Returns the fields of an entity, if there is such an entity. Seeded fields replace built-in ones of the same name.
pub(crate) fn fields(seeds: &Seeds, connector: &Connector, entity: &str) -> Option<Vec<Field>> {
    let builtin = builtin::fields(&connector.connector_type, entity);
    let seeded = seeds.fields(connector, entity);
    if builtin.is_none() && seeded.is_none() {
        return None;
    }
    let mut fields = builtin.unwrap_or_default();
    for field in seeded.unwrap_or_default() {
        match fields.iter_mut().find(|found| found.name == field.name) {
            Some(found) => *found = field,
            None => fields.push(field),
        }
    }
    Some(fields)
}

/// What people call a field: `Billing City` for `BillingCity`.
fn label(name: &str) -> String {
    let mut label = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        let boundary = character == '_' || (character.is_uppercase() && !label.is_empty());
        if boundary && !label.ends_with(' ') {
            label.push(' ');
        }
        if character != '_' {
            label.push(character);
        }
    }
    label.trim().to_owned()
}
