//! [`Resolver`]: the names, Rust types and model shapes that all parts of lowering use.

use crate::error::CodegenError;
use crate::ir::{Density, Role, Target, Type};
use crate::lower::member_names::{MemberNames, VariantNames};
use crate::lower::targets::Targets;
use crate::lower::{boxes, protocol};
use crate::names::{Ident, Scope};
use crate::protocol::Protocol;
use crate::{Options, Warning};
use smithy_model::{Closure, Member, Model, Shape, ShapeId, ShapeKind};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The target of union members without a value.
const UNIT: &str = "smithy.api#Unit";

/// The model, the closure, and the names that were assigned.
pub(super) struct Resolver<'a> {
    pub(super) model: &'a Model,
    pub(super) closure: &'a Closure,
    /// The protocol of the client.
    pub(super) protocol: &'static dyn Protocol,
    /// `true` if the documentation of the model is HTML.
    pub(super) html_documentation: bool,
    operations: BTreeMap<ShapeId, Ident>,
    names: BTreeMap<ShapeId, Ident>,
    modules: BTreeMap<ShapeId, Ident>,
    members: MemberNames,
    boxed: BTreeSet<ShapeId>,
    targets: Targets,
    warnings: RefCell<Vec<Warning>>,
}

impl<'a> Resolver<'a> {
    /// Creates a resolver, and assigns a name to every named type of the closure.
    pub(super) fn new(
        model: &'a Model,
        closure: &'a Closure,
        options: &Options,
    ) -> Result<Self, CodegenError> {
        let protocol = protocol::choose(model.expect(&closure.service)?, options)?;
        let mut resolver = Self {
            model,
            closure,
            protocol,
            html_documentation: options.html_documentation,
            operations: name_operations(closure),
            names: BTreeMap::new(),
            modules: BTreeMap::new(),
            members: MemberNames::new(model, closure),
            boxed: boxes::cyclic_members(model, closure),
            targets: Targets::new(protocol),
            warnings: RefCell::default(),
        };
        resolver.name_types()?;
        Ok(resolver)
    }

    fn name_types(&mut self) -> Result<(), CodegenError> {
        let mut scope = Scope::types();
        let streams = self.type_shapes().filter(|shape| shape.is_event_stream());
        let streams: BTreeSet<Ident> = streams
            .map(|shape| Ident::upper_camel(&self.local_name(&shape.id)))
            .collect();
        for operation in self.operations.values() {
            for role in [
                "Input",
                "Output",
                "InputBuilder",
                "OutputBuilder",
                "FluentBuilder",
                "Builder",
                "Paginator",
                "",
            ] {
                let name = operation.suffixed(role);
                // Operations name the union of an event stream by its path, so it keeps its name.
                if !streams.contains(&name) {
                    scope.reserve(name.text());
                }
            }
        }
        let mut modules = Scope::modules();
        for reserved in ["error", "builders", "types"] {
            modules.reserve(reserved);
        }
        // An error that members target is one type, with one name.
        let errors = self.closure.errors.difference(&self.closure.types);
        let named: Vec<ShapeId> = self.closure.types.iter().chain(errors).cloned().collect();
        // A shape named like another's builder would hide it in files that use both, so builders are reserved first.
        for id in &named {
            scope.reserve(
                Ident::upper_camel(&self.local_name(id))
                    .suffixed("Builder")
                    .text(),
            );
        }
        for id in named {
            let shape = self.shape(&id)?;
            if !shape.kind.is_named_type() {
                continue;
            }
            let name = self.local_name(&id);
            let ident = Ident::upper_camel(&name);
            let ident = scope.claim(if self.closure.errors.contains(&id) {
                ident.of_error()
            } else {
                ident
            });
            self.modules
                .insert(id.clone(), modules.claim(Ident::snake(&name)));
            self.names.insert(id, ident);
        }
        Ok(())
    }

    /// Returns the name of the shape, after renames by the service.
    fn local_name(&self, id: &ShapeId) -> String {
        let service = self
            .model
            .shape(&self.closure.service)
            .and_then(Shape::as_service);
        let renamed = service.and_then(|service| service.rename.get(id));
        renamed.cloned().unwrap_or_else(|| id.name().to_owned())
    }

    /// Returns the shape with this id.
    pub(super) fn shape(&self, id: &ShapeId) -> Result<&'a Shape, CodegenError> {
        Ok(self.model.expect(id)?)
    }

    /// Returns the operation of the closure with this name.
    pub(super) fn operation_shape(&self, name: &str) -> Option<&'a Shape> {
        let mut operations = self.closure.operations.iter();
        let id = operations.find(|id| id.name() == name)?;
        self.model.shape(id)
    }

    /// Returns the shapes of the closure that become types, in the order of their ids.
    pub(super) fn type_shapes(&self) -> impl Iterator<Item = &'a Shape> {
        let model = self.model;
        self.closure
            .types
            .iter()
            .filter_map(move |id| model.shape(id))
            .filter(|shape| shape.kind.is_named_type())
    }

    /// Returns the name of an operation.
    pub(super) fn operation_ident(&self, id: &ShapeId) -> Ident {
        let known = self.operations.get(id).cloned();
        known.unwrap_or_else(|| Ident::upper_camel(id.name()))
    }

    /// Returns the name of a structure, union or enum.
    pub(super) fn ident(&self, id: &ShapeId) -> Ident {
        self.names
            .get(id)
            .cloned()
            .unwrap_or_else(|| Ident::upper_camel(id.name()))
    }

    /// Returns the module of a structure, union or enum.
    pub(super) fn module(&self, id: &ShapeId) -> Ident {
        self.modules
            .get(id)
            .cloned()
            .unwrap_or_else(|| Ident::snake(id.name()))
    }

    /// Returns the field of a structure's member.
    pub(super) fn field_ident(&self, member: &Member) -> Ident {
        self.members.field(member)
    }

    /// Returns the names of the variant of a union's member.
    pub(super) fn variant_names(&self, member: &Member) -> VariantNames {
        self.members.variant(member)
    }

    /// Returns the path of a type in the generated crate, for links in documentation, or `None` if no type has the
    /// name.
    pub(super) fn path_by_name(&self, name: &str) -> Option<String> {
        let (id, ident) = self.names.iter().find(|(id, _)| id.name() == name)?;
        let module = if self.closure.errors.contains(id) {
            "types::error"
        } else {
            "types"
        };
        Some(format!("crate::{module}::{ident}"))
    }

    /// Returns the role of a structure that members target.
    pub(super) fn role(&self, id: &ShapeId) -> Role {
        if self.closure.errors.contains(id) {
            Role::Error
        } else {
            Role::Type
        }
    }

    /// Returns whether a shape can be part of an input.
    pub(super) fn is_sent(&self, id: &ShapeId) -> bool {
        self.closure.shapes.get(id).is_some_and(|reach| reach.input)
    }

    /// Returns whether a shape can be part of inputs, and of no outputs and errors.
    pub(super) fn is_only_sent(&self, id: &ShapeId) -> bool {
        let reach = self.closure.shapes.get(id);
        reach.is_some_and(|reach| reach.input && !reach.output && !reach.error)
    }

    /// Returns the type of a member.
    pub(super) fn member_type(&self, member: &Member) -> Result<Type, CodegenError> {
        let ty = self.type_of(&member.target)?;
        Ok(if self.boxed.contains(&member.id) {
            Type::Boxed(Box::new(ty))
        } else {
            ty
        })
    }

    fn type_of(&self, id: &ShapeId) -> Result<Type, CodegenError> {
        let shape = self.shape(id)?;
        Ok(match &shape.kind {
            ShapeKind::Blob if shape.traits.has("smithy.api#streaming") => Type::Stream,
            ShapeKind::Blob => Type::Blob,
            ShapeKind::Boolean => Type::Boolean,
            ShapeKind::String => Type::String,
            ShapeKind::Byte => Type::Byte,
            ShapeKind::Short => Type::Short,
            ShapeKind::Integer => Type::Integer,
            ShapeKind::Long => Type::Long,
            ShapeKind::Float => Type::Float,
            ShapeKind::Double => Type::Double,
            ShapeKind::BigInteger => Type::BigInteger,
            ShapeKind::BigDecimal => Type::BigDecimal,
            ShapeKind::Timestamp => Type::Timestamp,
            ShapeKind::Document => Type::Document,
            ShapeKind::Enum => Type::Enum(self.ident(id)),
            ShapeKind::IntEnum => Type::IntEnum(self.ident(id)),
            ShapeKind::Structure if id.to_string() == UNIT => Type::Unit,
            ShapeKind::Structure => Type::Structure(self.ident(id)),
            ShapeKind::Union if shape.is_event_stream() => Type::Events(self.ident(id)),
            ShapeKind::Union => Type::Union(self.ident(id)),
            ShapeKind::List => Type::List(Box::new(self.part(shape, "member")?), density(shape)),
            ShapeKind::Map => {
                let (key, value) = (self.part(shape, "key")?, self.part(shape, "value")?);
                Type::Map(Box::new(key), Box::new(value), density(shape))
            }
            ShapeKind::Operation(_) | ShapeKind::Resource(_) | ShapeKind::Service(_) => {
                return Err(CodegenError::unsupported(
                    id,
                    format!("a {} cannot be the target of a member", shape.kind.name()),
                ));
            }
        })
    }

    fn part(&self, shape: &Shape, name: &str) -> Result<Type, CodegenError> {
        let member = shape
            .member(name)
            .ok_or_else(|| CodegenError::unsupported(&shape.id, format!("no member `{name}`")))?;
        self.type_of(&member.target)
    }

    /// Returns the static with the constraints and formats of a member's target, or `None` if it has none.
    pub(super) fn target(&mut self, member: &Member) -> Result<Option<Ident>, CodegenError> {
        self.targets.of_member(self.model, member)
    }

    /// Warns of a part of a shape that has no effect on the code.
    pub(super) fn warn(&self, shape: &ShapeId, reason: impl Into<String>) {
        let warning = Warning::new(shape, reason);
        self.warnings.borrow_mut().push(warning);
    }

    /// Takes the warnings so far, without duplicates.
    pub(super) fn take_warnings(&mut self) -> Vec<Warning> {
        let mut warnings: Vec<Warning> = Vec::new();
        for warning in self.warnings.take() {
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
        warnings
    }

    /// Takes the statics that were requested.
    pub(super) fn take_targets(&mut self) -> Vec<Target> {
        let none = Targets::new(self.protocol);
        std::mem::replace(&mut self.targets, none).into_sorted()
    }
}

/// Assigns a name to every operation.
fn name_operations(closure: &Closure) -> BTreeMap<ShapeId, Ident> {
    let mut scope = Scope::operation_types();
    let operations = closure.operations.iter();
    operations
        .map(|id| (id.clone(), scope.claim(Ident::upper_camel(id.name()))))
        .collect()
}

fn density(shape: &Shape) -> Density {
    if shape.traits.has("smithy.api#sparse") {
        Density::Sparse
    } else {
        Density::Dense
    }
}
