//! [`Closure`]: the operations of a service, and the shapes that they use.

use crate::{Model, ModelError, ModelErrors, OperationShape, ServiceShape, ShapeId, near::near};
use std::collections::{BTreeMap, BTreeSet};

/// The operations of a service with all shapes that they use.
#[derive(Clone, Debug, PartialEq)]
pub struct Closure {
    /// The ID of the service.
    pub service: ShapeId,
    /// The operations of the service and its resources, ordered by name.
    pub operations: Vec<ShapeId>,
    /// The resources of the service including their children, independent of the selected operations.
    pub resources: BTreeSet<ShapeId>,
    /// The errors common to all operations, in model order.
    pub service_errors: Vec<ShapeId>,
    /// All shapes that contain data and are used by the operations and errors: structures, unions, enums, lists, maps
    /// and simple shapes, including those of the prelude.
    pub shapes: BTreeMap<ShapeId, Reach>,
    /// The input structures of operations.
    pub inputs: BTreeSet<ShapeId>,
    /// The output structures of operations.
    pub outputs: BTreeSet<ShapeId>,
    /// The error structures of operations, of their event streams and of the service.
    pub errors: BTreeSet<ShapeId>,
    /// The structures, unions, enums and intEnums that members target. An input, output or error is included only if a
    /// member targets it.
    pub types: BTreeSet<ShapeId>,
}

/// The places where a shape is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// `true` if the input of an operation uses the shape.
    pub input: bool,
    /// `true` if the output of an operation uses the shape.
    pub output: bool,
    /// `true` if an error uses the shape.
    pub error: bool,
}

impl Closure {
    /// Returns the closure of a whole service.
    ///
    /// # Errors
    ///
    /// Returns an error if the service does not exist or is not a service.
    pub fn of(model: &Model, service: &ShapeId) -> Result<Self, ModelErrors> {
        let (shape, bound) = bound(model, service)?;
        Self::build(model, service, shape, bound)
    }

    /// Returns the closure of some operations of a service, by name.
    ///
    /// # Errors
    ///
    /// Returns an error if the service does not exist, or if it has no operation with one of the names.
    pub fn of_operations(
        model: &Model,
        service: &ShapeId,
        names: &[impl AsRef<str>],
    ) -> Result<Self, ModelErrors> {
        let (shape, mut bound) = bound(model, service)?;
        let known: Vec<&str> = bound.operations.iter().map(ShapeId::name).collect();
        let mut problems = Vec::new();
        for name in names.iter().map(AsRef::as_ref) {
            if !known.contains(&name) {
                problems.push(ModelError::UnknownOperation {
                    files: model.file_names(),
                    service: service.clone(),
                    name: name.to_owned(),
                    near: near(name, &known),
                });
            }
        }
        ModelErrors::check(problems)?;
        let wanted = |id: &ShapeId| names.iter().any(|name| name.as_ref() == id.name());
        bound.operations.retain(wanted);
        Self::build(model, service, shape, bound)
    }

    fn build(
        model: &Model,
        service: &ShapeId,
        shape: &ServiceShape,
        bound: Bound,
    ) -> Result<Self, ModelErrors> {
        let operations: Vec<(&ShapeId, &OperationShape)> = bound
            .operations
            .iter()
            .filter_map(|id| Some((id, model.shape(id)?.as_operation()?)))
            .collect();
        let ends = |end: fn(&OperationShape) -> &Option<ShapeId>| -> BTreeSet<ShapeId> {
            operations
                .iter()
                .filter_map(|(_, o)| end(o).clone())
                .collect()
        };
        let errors = operations.iter().flat_map(|(_, o)| &o.errors);
        let streams = operations
            .iter()
            .filter_map(|(_, operation)| model.event_stream(operation.output.as_ref()?));
        let in_streams = streams.flat_map(|(_, union)| model.stream_errors(union));
        let in_streams: Vec<ShapeId> = in_streams.map(|(_, error)| error.id.clone()).collect();
        let mut closure = Self {
            service: service.clone(),
            inputs: ends(|operation| &operation.input),
            outputs: ends(|operation| &operation.output),
            errors: errors
                .chain(&shape.errors)
                .chain(&in_streams)
                .cloned()
                .collect(),
            service_errors: shape.errors.clone(),
            operations: bound.operations,
            resources: bound.resources,
            shapes: BTreeMap::new(),
            types: BTreeSet::new(),
        };
        closure.mark(model, closure.inputs.clone(), |reach| &mut reach.input);
        closure.mark(model, closure.outputs.clone(), |reach| &mut reach.output);
        closure.mark(model, closure.errors.clone(), |reach| &mut reach.error);
        closure.types = closure.targeted(model);
        Ok(closure)
    }

    fn mark(&mut self, model: &Model, roots: BTreeSet<ShapeId>, flag: fn(&mut Reach) -> &mut bool) {
        for id in reachable(model, roots) {
            *flag(self.shapes.entry(id).or_default()) = true;
        }
    }

    fn targeted(&self, model: &Model) -> BTreeSet<ShapeId> {
        let shapes = self.shapes.keys().filter_map(|id| model.shape(id));
        shapes
            .flat_map(|shape| shape.members.values().map(move |member| (shape, member)))
            .filter_map(|(shape, member)| Some((shape, model.shape(&member.target)?)))
            // The errors of an event stream are errors of its operation, not values of the union.
            .filter(|(shape, target)| !(shape.is_event_stream() && target.is_error()))
            .map(|(_, target)| target)
            .filter(|target| target.kind.is_named_type() && !target.id.is_unit())
            .map(|target| target.id.clone())
            .collect()
    }
}

/// Returns the roots and all shapes that their members target, directly or indirectly.
pub(crate) fn reachable(
    model: &Model,
    roots: impl IntoIterator<Item = ShapeId>,
) -> BTreeSet<ShapeId> {
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<ShapeId> = roots.into_iter().collect();
    while let Some(id) = waiting.pop() {
        if let Some(shape) = model.shape(&id)
            && seen.insert(id)
        {
            waiting.extend(shape.members.values().map(|m| m.target.clone()));
        }
    }
    seen
}

/// The operations and resources that are bound to a service, directly or through resources.
struct Bound {
    operations: Vec<ShapeId>,
    resources: BTreeSet<ShapeId>,
}

fn bound<'a>(model: &'a Model, service: &ShapeId) -> Result<(&'a ServiceShape, Bound), ModelError> {
    let shape = model.expect(service)?;
    let Some(service) = shape.as_service() else {
        return Err(ModelError::InvalidShape {
            file: model.file(service).unwrap_or_default().to_owned(),
            id: service.clone(),
            what: format!("is of type {}, expected service", shape.kind.name()),
        });
    };
    let mut operations: BTreeSet<ShapeId> = service.operations.iter().cloned().collect();
    let mut resources = BTreeSet::new();
    let mut waiting = service.resources.clone();
    while let Some(id) = waiting.pop() {
        if let Some(resource) = model.shape(&id).and_then(|shape| shape.as_resource())
            && resources.insert(id)
        {
            operations.extend(resource.all_operations().cloned());
            waiting.extend(resource.resources.iter().cloned());
        }
    }
    let mut operations: Vec<_> = operations.into_iter().collect();
    operations.sort_by(|a, b| a.name().cmp(b.name()).then_with(|| a.cmp(b)));
    Ok((
        service,
        Bound {
            operations,
            resources,
        },
    ))
}
