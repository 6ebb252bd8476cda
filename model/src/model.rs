//! [`Model`]: the checked shapes of a model by ID.

use crate::{ModelError, ModelWarning, Shape, ShapeId, prelude::prelude};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// A checked model: all targets exist, known traits are valid, and mixins are flattened.
#[derive(Clone, Debug)]
pub struct Model {
    pub(crate) shapes: BTreeMap<ShapeId, Shape>,
    pub(crate) metadata: BTreeMap<String, Value>,
    pub(crate) files: BTreeMap<ShapeId, Arc<str>>,
    pub(crate) warnings: Vec<ModelWarning>,
}

impl Model {
    /// Returns the shape with this ID, including shapes of the prelude.
    pub fn shape(&self, id: &ShapeId) -> Option<&Shape> {
        self.shapes.get(id).or_else(|| prelude().get(id))
    }

    /// Returns the shape with this ID.
    ///
    /// # Errors
    ///
    /// Returns an error that names the ID if the shape does not exist.
    pub fn expect(&self, id: &ShapeId) -> Result<&Shape, ModelError> {
        self.shape(id).ok_or_else(|| ModelError::UnknownShape {
            files: self.file_names(),
            id: id.clone(),
        })
    }

    /// Returns the shapes of the model without those of the prelude, ordered by ID.
    pub fn shapes(&self) -> impl Iterator<Item = &Shape> {
        self.shapes.values()
    }

    /// Returns the metadata of the model, ordered by key.
    pub fn metadata(&self) -> &BTreeMap<String, Value> {
        &self.metadata
    }

    /// Returns the file that defines a shape, or the shape of a member, as it was passed to the loader.
    pub fn file(&self, id: &ShapeId) -> Option<&str> {
        self.files.get(&id.without_member()).map(|file| &**file)
    }

    /// Returns warnings about ignored parts of the model: unknown members of trait values.
    pub fn warnings(&self) -> &[ModelWarning] {
        &self.warnings
    }

    /// Returns all services of the model, ordered by ID.
    pub fn services(&self) -> impl Iterator<Item = &Shape> {
        self.shapes().filter(|shape| shape.as_service().is_some())
    }

    /// Returns the only service of the model.
    ///
    /// # Errors
    ///
    /// Returns an error if the model has no service, or more than one.
    pub fn service(&self) -> Result<&Shape, ModelError> {
        let services: Vec<_> = self.services().collect();
        match services[..] {
            [service] => Ok(service),
            [] => Err(ModelError::NoService {
                files: self.file_names(),
            }),
            _ => Err(ModelError::ManyServices {
                files: self.file_names(),
                ids: services
                    .iter()
                    .map(|s| s.id.as_str())
                    .collect::<Vec<_>>()
                    .join(", "),
            }),
        }
    }

    /// Returns the names of all files, for errors that concern no single shape.
    pub(crate) fn file_names(&self) -> String {
        let names: BTreeSet<_> = self.files.values().map(|file| &**file).collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    }
}
