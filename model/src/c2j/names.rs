//! Assigns shape IDs to the names in a botocore model. Shapes, operations and the service have separate namespaces
//! there, so their names may be equal.

use super::ServiceModel;
use crate::{ModelError, ShapeId, shape_id::is_identifier};
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Names {
    namespace: String,
    service: String,
    /// New names of shapes that have the same name as an operation or the service.
    renamed: BTreeMap<String, String>,
    /// All names in use.
    taken: BTreeSet<String>,
}

impl Names {
    pub(super) fn new(file: &str, model: &ServiceModel) -> Result<Self, ModelError> {
        let metadata = &model.metadata;
        let service_id = metadata
            .service_id
            .as_deref()
            .or(metadata.endpoint_prefix.as_deref());
        let service_id = service_id.ok_or_else(|| ModelError::UnsupportedVersion {
            file: file.to_owned(),
            what: "the metadata has neither `serviceId` nor `endpointPrefix`".to_owned(),
        })?;
        let service = service_name(model, service_id);
        let mut taken: BTreeSet<String> = model
            .operations
            .0
            .iter()
            .map(|(name, _)| name.clone())
            .collect();
        taken.insert(service.clone());
        let all: BTreeSet<&String> = model.shapes.0.iter().map(|(name, _)| name).collect();
        let mut names = Self {
            namespace: format!("com.amazonaws.{}", squashed(service_id)),
            service,
            renamed: BTreeMap::new(),
            taken,
        };
        let (clashing, free): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|name| names.taken.contains(*name));
        names.taken.extend(free.into_iter().cloned());
        for name in clashing {
            let new = names.free_name(&format!("{name}Shape"));
            names.taken.insert(new.clone());
            names.renamed.insert(name.clone(), new);
        }
        Ok(names)
    }

    /// Returns the ID of the service.
    pub(super) fn service(&self, file: &str) -> Result<ShapeId, ModelError> {
        self.id(file, &self.service)
    }

    /// Returns the ID of a shape by its name in the file.
    pub(super) fn shape(&self, file: &str, name: &str) -> Result<ShapeId, ModelError> {
        self.id(file, self.renamed.get(name).map_or(name, String::as_str))
    }

    /// Returns the ID with exactly this name.
    pub(super) fn id(&self, file: &str, name: &str) -> Result<ShapeId, ModelError> {
        ShapeId::new(&self.namespace, name).map_err(|error| ModelError::InvalidShapeId {
            file: file.to_owned(),
            reason: error.to_string(),
        })
    }

    /// Returns `wanted`, or `wanted` with the lowest number that makes it unique.
    pub(super) fn free_name(&self, wanted: &str) -> String {
        let numbered = (2u32..).map(|n| format!("{wanted}{n}"));
        let mut candidates = std::iter::once(wanted.to_owned()).chain(numbered);
        let free = candidates.find(|name| !self.taken.contains(name));
        free.unwrap_or_default()
    }
}

/// Returns the name of the service. JSON RPC protocols send it as the prefix of the target; for other protocols it is
/// derived from the service ID.
fn service_name(model: &ServiceModel, service_id: &str) -> String {
    let prefix = model.metadata.target_prefix.as_deref();
    let on_the_wire = model.speaks("json") || model.speaks("smithy-rpc-v2-cbor");
    if let Some(prefix) = prefix.filter(|prefix| on_the_wire && is_identifier(prefix)) {
        return prefix.to_owned();
    }
    let name = pascal_case(service_id);
    let operations = &model.operations.0;
    if operations.iter().any(|(operation, _)| *operation == name) {
        return format!("{name}Service");
    }
    name
}

fn pascal_case(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            first.to_ascii_uppercase() + rest
        })
        .collect()
}

fn squashed(text: &str) -> String {
    let kept = text.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_lowercase()).collect()
}
