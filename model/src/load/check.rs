//! Checks the references and trait values of a merged model.

use super::{at::At, check_http, check_pagination};
use crate::{
    Member, Model, ModelError, ModelErrors, ResourceShape, ServiceShape, Shape, ShapeId, ShapeKind,
    Traits, known_traits,
};
use std::{collections::BTreeSet, sync::Arc};

pub(super) fn check(model: &Model) -> Result<(), ModelErrors> {
    let mut problems = Vec::new();
    let unknown_file: Arc<str> = "".into();
    for shape in model.shapes() {
        let file = model.files.get(&shape.id).unwrap_or(&unknown_file);
        let mut check = Check {
            model,
            file,
            problems: &mut problems,
        };
        check.shape(shape);
        check_http::check(model, file, shape, &mut problems);
        let at = At {
            file,
            id: &shape.id,
        };
        check_pagination::check(model, at, shape, &mut problems);
    }
    ModelErrors::check(problems)
}

struct Check<'a> {
    model: &'a Model,
    file: &'a Arc<str>,
    problems: &'a mut Vec<ModelError>,
}

/// A description and predicate of the shapes that a reference may target.
type Expected = (&'static str, fn(&ShapeKind) -> bool);

const STRUCTURE: Expected = ("structure", |kind| *kind == ShapeKind::Structure);
const STRING: Expected = ("string", |kind| {
    matches!(kind, ShapeKind::String | ShapeKind::Enum)
});
const DATA: Expected = ("shape that holds data", |kind| {
    !matches!(
        kind,
        ShapeKind::Operation(_) | ShapeKind::Resource(_) | ShapeKind::Service(_)
    )
});
const OPERATION: Expected = ("operation", |kind| matches!(kind, ShapeKind::Operation(_)));
const RESOURCE: Expected = ("resource", |kind| matches!(kind, ShapeKind::Resource(_)));

impl Check<'_> {
    fn shape(&mut self, shape: &Shape) {
        self.traits(&shape.id, &shape.traits);
        for member in shape.members.values() {
            self.member(shape, member);
        }
        match &shape.kind {
            ShapeKind::Enum | ShapeKind::IntEnum => self.enum_values(shape),
            ShapeKind::List => self.has_members(shape, &["member"]),
            ShapeKind::Map => self.has_members(shape, &["key", "value"]),
            ShapeKind::Operation(operation) => {
                let input = operation.input.iter().map(|id| ("the input", id));
                let output = operation.output.iter().map(|id| ("the output", id));
                for (role, target) in input.chain(output) {
                    self.target(&shape.id, role, target, STRUCTURE);
                }
                self.errors(&shape.id, &operation.errors);
            }
            ShapeKind::Resource(resource) => self.resource(&shape.id, resource),
            ShapeKind::Service(service) => self.service(&shape.id, service),
            _ => {}
        }
    }

    fn traits(&mut self, id: &ShapeId, traits: &Traits) {
        for (trait_id, value) in traits.iter() {
            if let Err(message) = known_traits::check(trait_id, value) {
                let at = At {
                    file: self.file,
                    id,
                };
                self.problems.push(at.bad_trait(trait_id, message));
            }
        }
    }

    fn member(&mut self, shape: &Shape, member: &Member) {
        self.traits(&member.id, &member.traits);
        let is_map_key = shape.kind == ShapeKind::Map && member.name == "key";
        let expected = if is_map_key { STRING } else { DATA };
        self.target(&member.id, "the target", &member.target, expected);
    }

    fn enum_values(&mut self, shape: &Shape) {
        let mut seen = BTreeSet::new();
        for member in shape.members.values() {
            if let Some(value) = member.traits.raw("smithy.api#enumValue")
                && !seen.insert(value.to_string())
            {
                let at = At {
                    file: self.file,
                    id: &member.id,
                };
                self.problems
                    .push(at.invalid(format!("duplicate value {value}")));
            }
        }
    }

    /// Checks for required members. This follows mixins, which may add members that the definition lacks.
    fn has_members(&mut self, shape: &Shape, names: &[&str]) {
        for name in names.iter().filter(|name| shape.member(name).is_none()) {
            let at = At {
                file: self.file,
                id: &shape.id,
            };
            self.problems
                .push(at.invalid(format!("`{name}` is missing")));
        }
    }

    fn errors(&mut self, id: &ShapeId, errors: &[ShapeId]) {
        for target in errors {
            self.target(id, "the error", target, STRUCTURE);
            if let Some(error) = self.model.shape(target)
                && error.kind == ShapeKind::Structure
                && !error.traits.has("smithy.api#error")
            {
                let file = self.model.file(target).unwrap_or_default().to_owned();
                let id = target.clone();
                self.report_once(ModelError::ErrorWithoutTrait { file, id });
            }
        }
    }

    /// Reports a problem once, since several operations may refer to the same invalid error.
    fn report_once(&mut self, problem: ModelError) {
        let text = problem.to_string();
        if !self.problems.iter().any(|known| known.to_string() == text) {
            self.problems.push(problem);
        }
    }

    fn resource(&mut self, id: &ShapeId, resource: &ResourceShape) {
        for target in resource.identifiers.values() {
            self.target(id, "the identifier", target, STRING);
        }
        for target in resource.properties.values() {
            self.target(id, "the property", target, DATA);
        }
        for target in resource.all_operations() {
            self.target(id, "the operation", target, OPERATION);
        }
        for target in &resource.resources {
            self.target(id, "the resource", target, RESOURCE);
        }
    }

    fn service(&mut self, id: &ShapeId, service: &ServiceShape) {
        for target in &service.operations {
            self.target(id, "the operation", target, OPERATION);
        }
        for target in &service.resources {
            self.target(id, "the resource", target, RESOURCE);
        }
        self.errors(id, &service.errors);
        for target in service.rename.keys() {
            self.target(id, "the renamed shape", target, DATA);
        }
    }

    fn target(
        &mut self,
        id: &ShapeId,
        role: &'static str,
        target: &ShapeId,
        (expected, fits): Expected,
    ) {
        let problem = match self.model.shape(target) {
            None => ModelError::DanglingTarget {
                file: self.file.to_string(),
                id: id.clone(),
                role,
                target: target.clone(),
            },
            Some(found) if !fits(&found.kind) => ModelError::WrongKind {
                file: self.file.to_string(),
                id: id.clone(),
                role,
                target: target.clone(),
                found: found.kind.name(),
                expected,
            },
            Some(_) => return,
        };
        self.problems.push(problem);
    }
}
