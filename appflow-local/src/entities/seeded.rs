//! [`SeededEntities`]: entities of a user's own, from a file or the control API.

use super::builtin::FieldKind;
use super::{Connector, Entry, Field, label};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

/// Entities by connector: its type, such as `Salesforce`, or the label of a custom connector.
///
/// ```json
/// {"Salesforce": {"Account": ["Region__c"],
///                 "Invoice__c": ["Id", {"name": "Total__c", "type": "double"}]}}
/// ```
///
/// Fields of an entity that exists already are added to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SeededEntities(pub BTreeMap<String, BTreeMap<String, SeededEntity>>);

/// An entity: its fields alone, or more about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SeededEntity {
    /// The fields.
    Fields(Vec<SeededField>),
    /// The fields, and what people call the entity.
    Labelled {
        /// The label; by default the name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
        /// The fields.
        #[serde(default)]
        fields: Vec<SeededField>,
    },
}

/// A field: its name alone, for a text, or more about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SeededField {
    /// The name of a field of type `string`.
    Name(String),
    /// A field of any type.
    #[serde(rename_all = "camelCase")]
    Typed {
        /// The name.
        name: String,
        /// The type, such as `double` or `datetime`; `string` when absent.
        #[serde(default = "string", rename = "type")]
        field_type: String,
        /// What people call it; made of the name when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
        /// The operators of filters; those of the type when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        filter_operators: Option<Vec<String>>,
        /// The values of a picklist.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        values: Option<Vec<String>>,
        /// Whether a flow can write it; as the type says when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        writable: Option<bool>,
        /// Whether it may be null.
        #[serde(default = "yes")]
        nullable: bool,
    },
}

fn string() -> String {
    "string".to_owned()
}

fn yes() -> bool {
    true
}

impl SeededEntity {
    fn label(&self) -> Option<&str> {
        match self {
            Self::Labelled { label, .. } => label.as_deref(),
            Self::Fields(_) => None,
        }
    }

    fn fields(&self) -> &[SeededField] {
        match self {
            Self::Labelled { fields, .. } | Self::Fields(fields) => fields,
        }
    }
}

impl SeededField {
    fn field(&self) -> Field {
        match self {
            Self::Name(name) => FieldKind::Text.field(name),
            Self::Typed {
                name,
                field_type,
                label: called,
                filter_operators,
                values,
                writable,
                nullable,
            } => {
                let kind = FieldKind::of(field_type);
                let mut field = kind.field(name);
                field.field_type.clone_from(field_type);
                field.label = called.clone().unwrap_or_else(|| label(name));
                if let Some(operators) = filter_operators {
                    field.operators.clone_from(operators);
                }
                if values.is_some() {
                    field.values.clone_from(values);
                }
                field.writable = writable.unwrap_or(field.writable);
                field.nullable = *nullable && field.writable;
                field
            }
        }
    }
}

/// The entities that were seeded.
#[derive(Debug, Default)]
pub(crate) struct Seeds {
    /// Those that a reset goes back to.
    initial: SeededEntities,
    current: RwLock<SeededEntities>,
}

impl Seeds {
    pub(crate) fn new(initial: SeededEntities) -> Self {
        Self {
            current: RwLock::new(initial.clone()),
            initial,
        }
    }

    pub(crate) fn get(&self) -> SeededEntities {
        self.read(Clone::clone)
    }

    pub(crate) fn set(&self, entities: SeededEntities) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = entities;
    }

    pub(crate) fn reset(&self) {
        self.set(self.initial.clone());
    }

    fn read<T>(&self, look: impl FnOnce(&SeededEntities) -> T) -> T {
        look(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the entities directly below a path; `a/b` lies below `a`.
    pub(super) fn listing(&self, connector: &Connector, path: &str) -> Vec<Entry> {
        self.read(|seeds| {
            let mut entries: Vec<Entry> = Vec::new();
            for (name, entity) in seeds.of(connector) {
                let rest = match path {
                    "" => name.as_str(),
                    path => match name.strip_prefix(path).and_then(|it| it.strip_prefix('/')) {
                        Some(rest) => rest,
                        None => continue,
                    },
                };
                let nested = rest.contains('/');
                let first = rest.split('/').next().unwrap_or(rest);
                let shown = &name[..name.len() - rest.len() + first.len()];
                if let Some(known) = entries.iter_mut().find(|entry| entry.name == shown) {
                    known.nested |= nested;
                    continue;
                }
                let called = entity.label().filter(|_| !nested);
                entries.push(Entry {
                    name: shown.to_owned(),
                    label: called.unwrap_or(first).to_owned(),
                    nested,
                });
            }
            entries
        })
    }

    pub(super) fn fields(&self, connector: &Connector, entity: &str) -> Option<Vec<Field>> {
        self.read(|seeds| {
            let found: Vec<&SeededEntity> = seeds
                .of(connector)
                .filter(|(name, _)| *name == entity)
                .map(|(_, entity)| entity)
                .collect();
            let fields = found.iter().flat_map(|entity| entity.fields());
            (!found.is_empty()).then(|| fields.map(SeededField::field).collect())
        })
    }
}

impl SeededEntities {
    fn of(&self, connector: &Connector) -> impl Iterator<Item = (&String, &SeededEntity)> {
        let mut found = Vec::new();
        for (name, entities) in &self.0 {
            if connector.is_called(name) {
                found.extend(entities.iter());
            }
        }
        found.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::{fields, listing};
    use appflow_sdk::types::ConnectorType;

    fn connector(connector_type: ConnectorType, label: Option<&str>) -> Connector {
        Connector {
            connector_type,
            label: label.map(str::to_owned),
        }
    }

    fn seeds() -> Seeds {
        let text = r#"{
            "salesforce": {
                "Account": ["Region__c", {"name": "Name", "type": "textarea"}],
                "Invoice__c": {"label": "Invoice", "fields": ["Id", {"name": "Total__c", "type": "double"}]}
            },
            "GitHub": {"repos": ["name"], "orgs/members": ["login"]}
        }"#;
        Seeds::new(serde_json::from_str(text).unwrap())
    }

    #[test]
    fn seeded_fields_join_built_in_ones() {
        let salesforce = connector(ConnectorType::Salesforce, None);
        let found = fields(&seeds(), &salesforce, "Account").unwrap();
        let of = |name: &str| found.iter().find(|field| field.name == name).unwrap();
        assert_eq!(of("Region__c").label, "Region c");
        assert_eq!(of("Name").field_type, "textarea");
        assert_eq!(of("Id").field_type, "id");
        assert_eq!(found.iter().filter(|field| field.name == "Name").count(), 1);
    }

    #[test]
    fn seeded_entities_are_listed_with_the_built_in_ones() {
        let salesforce = connector(ConnectorType::Salesforce, None);
        let (_, entries) = listing(&seeds(), &salesforce, "");
        let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["Account", "Contact", "Invoice__c", "Opportunity"]);
        let total = fields(&seeds(), &salesforce, "Invoice__c").unwrap();
        assert!(total[1].operators.contains(&"LESS_THAN".to_owned()));
        assert_eq!(fields(&seeds(), &salesforce, "Absent__c"), None);
    }

    #[test]
    fn a_label_has_entities_of_its_own_and_paths_nest() {
        let github = connector(ConnectorType::Customconnector, Some("GitHub"));
        let (_, entries) = listing(&seeds(), &github, "");
        let shown: Vec<(&str, bool)> = entries
            .iter()
            .map(|entry| (entry.name.as_str(), entry.nested))
            .collect();
        assert_eq!(shown, [("object", false), ("orgs", true), ("repos", false)]);
        let (_, entries) = listing(&seeds(), &github, "orgs");
        assert_eq!(entries[0].name, "orgs/members");
        let other = connector(ConnectorType::Customconnector, Some("Other"));
        assert_eq!(listing(&seeds(), &other, "").1.len(), 1);
    }
}
