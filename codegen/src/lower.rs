//! Lowers the model to [`ir`](crate::ir). Every decision about the generated code is made here.

mod auth;
mod boxes;
mod carried;
mod constraints;
mod customizations;
mod defaults;
mod docs;
mod endpoint;
mod enums;
mod errors;
mod examples;
mod fields;
mod member_names;
mod operations;
mod pagination;
mod protocol;
mod protocol_tests;
mod query;
mod recursion;
mod resolver;
mod sensitivity;
pub mod server;
mod service;
mod structures;
mod targets;
mod unions;
mod unsupported;
mod waiters;
mod warnings;

use crate::Options;
use crate::error::CodegenError;
use crate::ir::{Client, TypeDefinition};
use crate::lower::resolver::Resolver;
use smithy_model::{Closure, Model, Shape, ShapeKind};

/// Lowers the closure of a service.
///
/// # Errors
///
/// Returns an error if the service supports no known protocol, or if a shape uses a feature that the generator does not
/// support.
pub fn lower(model: &Model, closure: &Closure, options: &Options) -> Result<Client, CodegenError> {
    recursion::check(model, closure)?;
    let mut resolver = Resolver::new(model, closure, options)?;
    warnings::warn(&resolver);
    let service = service::lower(&resolver, options)?;
    let (operations, left_out) = operations::lower_all(&mut resolver, &service)?;
    let errors = errors::lower_all(&mut resolver, &operations)?;
    let types = lower_types(&mut resolver)?;
    let protocol_tests = protocol_tests::lower_all(&resolver, &operations)?;
    let mut client = Client {
        protocol_tests,
        service,
        operations,
        types,
        errors,
        targets: resolver.take_targets(),
        left_out,
        warnings: resolver.take_warnings(),
    };
    if let Some(surroundings) = &options.examples {
        let examples = examples::lower_all(&resolver, &client, surroundings)?;
        for (operation, examples) in client.operations.iter_mut().zip(examples) {
            operation.examples = examples;
        }
    }
    Ok(client)
}

fn lower_types(resolver: &mut Resolver<'_>) -> Result<Vec<TypeDefinition>, CodegenError> {
    let shapes: Vec<&Shape> = resolver.type_shapes().collect();
    let types: Result<Vec<_>, _> = shapes
        .into_iter()
        .filter_map(|shape| lower_type(resolver, shape))
        .collect();
    let mut types = types?;
    types.sort_by(|a, b| a.ident().cmp(b.ident()));
    Ok(types)
}

fn lower_type(
    resolver: &mut Resolver<'_>,
    shape: &Shape,
) -> Option<Result<TypeDefinition, CodegenError>> {
    Some(match &shape.kind {
        ShapeKind::Structure => {
            let role = resolver.role(&shape.id);
            structures::lower(resolver, shape, role).map(TypeDefinition::Structure)
        }
        ShapeKind::Union => unions::lower(resolver, shape).map(TypeDefinition::Union),
        ShapeKind::Enum => Ok(TypeDefinition::Enum(enums::lower(resolver, shape))),
        ShapeKind::IntEnum => enums::lower_int(resolver, shape).map(TypeDefinition::IntEnum),
        _ => return None,
    })
}
