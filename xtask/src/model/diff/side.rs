//! One of the two models: its service and the shapes in its closure, by name. Namespaces are not compared, since a model in
//! botocore's format has none.

use anyhow::{Context, Result};
use smithy_model::{Closure, Model, Reach, ServiceShape, Shape, ShapeId};
use std::collections::BTreeMap;

pub(super) struct Side<'a> {
    pub(super) model: &'a Model,
    pub(super) service: &'a Shape,
    pub(super) bound: &'a ServiceShape,
    pub(super) closure: Closure,
}

impl<'a> Side<'a> {
    pub(super) fn of(model: &'a Model) -> Result<Self> {
        let service = model.service()?;
        Ok(Self {
            model,
            service,
            bound: service.as_service().context("the service shape")?,
            closure: Closure::of(model, &service.id)?,
        })
    }

    /// Returns the title of the service.
    pub(super) fn title(&self) -> String {
        let title = self.service.traits.get::<smithy_model::known::Title>();
        title.map_or_else(|| self.service.id.name().to_owned(), |title| title.0)
    }

    /// Returns its operations by name.
    pub(super) fn operations(&self) -> BTreeMap<&'a str, &'a Shape> {
        self.named(&self.closure.operations)
    }

    /// Returns its errors by name.
    pub(super) fn errors(&self) -> BTreeMap<&'a str, &'a Shape> {
        self.named(&self.closure.errors)
    }

    /// Returns the structures, unions and enums that are types of members, by name, without errors.
    pub(super) fn types(&self) -> BTreeMap<&'a str, &'a Shape> {
        let types = self.closure.types.iter();
        self.named(types.filter(|id| !self.closure.errors.contains(id)))
    }

    pub(super) fn shape(&self, id: &ShapeId) -> Option<&'a Shape> {
        self.model.shape(id)
    }

    pub(super) fn reach(&self, id: &ShapeId) -> Reach {
        self.closure.shapes.get(id).copied().unwrap_or_default()
    }

    fn named<'i>(
        &self,
        ids: impl IntoIterator<Item = &'i ShapeId>,
    ) -> BTreeMap<&'a str, &'a Shape> {
        let shapes = ids.into_iter().filter_map(|id| self.model.shape(id));
        shapes.map(|shape| (shape.id.name(), shape)).collect()
    }
}
