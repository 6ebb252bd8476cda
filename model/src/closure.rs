//! In: a model and a service. Out: the service's operations and every shape they reach, with who reaches it.

use crate::{Model, ModelError, ModelErrors, OperationShape, ServiceShape, ShapeId, near::near};
use std::collections::{BTreeMap, BTreeSet};

/// Everything one service needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Closure {
    /// The service.
    pub service: ShapeId,
    /// Its operations, those of its resources included, ordered by name.
    pub operations: Vec<ShapeId>,
    /// Its resources, children included, whichever operations were asked for.
    pub resources: BTreeSet<ShapeId>,
    /// Errors common to all operations, in model order.
    pub service_errors: Vec<ShapeId>,
    /// Every shape that holds data below the operations and errors: structures, unions, enums, lists, maps and
    /// simple shapes, the prelude's too.
    pub shapes: BTreeMap<ShapeId, Reach>,
    /// The structures that are some operation's input.
    pub inputs: BTreeSet<ShapeId>,
    /// The structures that are some operation's output.
    pub outputs: BTreeSet<ShapeId>,
    /// The structures that are some operation's or the service's error.
    pub errors: BTreeSet<ShapeId>,
    /// Structures, unions, enums and intEnums that a member targets. An input, output or error is among them only
    /// when a member targets it too.
    pub types: BTreeSet<ShapeId>,
}

/// From where a shape can be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// From an operation's input.
    pub input: bool,
    /// From an operation's output.
    pub output: bool,
    /// From an error.
    pub error: bool,
}

impl Closure {
    /// The closure of a whole service.
    pub fn of(model: &Model, service: &ShapeId) -> Result<Self, ModelErrors> {
        let (shape, bound) = bound(model, service)?;
        Self::build(model, service, shape, bound)
    }

    /// The closure of the named operations of a service; a name that is none of its operations is an error.
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
        let mut closure = Self {
            service: service.clone(),
            inputs: ends(|operation| &operation.input),
            outputs: ends(|operation| &operation.output),
            errors: errors.chain(&shape.errors).cloned().collect(),
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
            .flat_map(|shape| shape.members.values())
            .filter_map(|member| model.shape(&member.target))
            .filter(|target| target.kind.is_named_type() && !target.id.is_unit())
            .map(|target| target.id.clone())
            .collect()
    }
}

/// The roots and every shape their members lead to; recursion ends where a shape has been seen.
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

/// What is bound to a service, directly or by way of resources.
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
