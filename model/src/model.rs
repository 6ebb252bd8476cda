//! In: checked shapes. Out: [`Model`], which finds them by ID.

use crate::{ModelError, ModelWarning, Shape, ShapeId, prelude::prelude};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// A checked model: every target exists, every known trait parses, mixins are flattened.
#[derive(Clone, Debug)]
pub struct Model {
    pub(crate) shapes: BTreeMap<ShapeId, Shape>,
    pub(crate) metadata: BTreeMap<String, Value>,
    pub(crate) files: BTreeMap<ShapeId, Arc<str>>,
    pub(crate) warnings: Vec<ModelWarning>,
}

impl Model {
    /// The shape with this ID, the prelude's included.
    pub fn shape(&self, id: &ShapeId) -> Option<&Shape> {
        self.shapes.get(id).or_else(|| prelude().get(id))
    }

    /// The shape with this ID, or an error that names it.
    pub fn expect(&self, id: &ShapeId) -> Result<&Shape, ModelError> {
        self.shape(id).ok_or_else(|| ModelError::UnknownShape {
            files: self.file_names(),
            id: id.clone(),
        })
    }

    /// The model's own shapes, without the prelude's, ordered by ID.
    pub fn shapes(&self) -> impl Iterator<Item = &Shape> {
        self.shapes.values()
    }

    /// The model's metadata, ordered by key.
    pub fn metadata(&self) -> &BTreeMap<String, Value> {
        &self.metadata
    }

    /// The file a shape (or the shape of a member) comes from, as it was given to the loader.
    pub fn file(&self, id: &ShapeId) -> Option<&str> {
        self.files.get(&id.without_member()).map(|file| &**file)
    }

    /// What was passed over in it: members of traits that are none of the trait's.
    pub fn warnings(&self) -> &[ModelWarning] {
        &self.warnings
    }

    /// Every service of the model, ordered by ID.
    pub fn services(&self) -> impl Iterator<Item = &Shape> {
        self.shapes().filter(|shape| shape.as_service().is_some())
    }

    /// The model's one service.
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

    /// The names of all files, for errors that no single shape causes.
    pub(crate) fn file_names(&self) -> String {
        let names: BTreeSet<_> = self.files.values().map(|file| &**file).collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    }
}
