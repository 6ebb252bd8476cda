//! Errors: the shapes that operations name as such.

use crate::error::CodegenError;
use crate::ir::{ModeledError, OperationError, Role};
use crate::lower::resolver::Resolver;
use crate::lower::structures;
use smithy_model::known::{ErrorFault, Fault, HttpError, Retryable};
use smithy_model::{OperationShape, Shape, ShapeId};

/// All errors of the closure, by name.
pub(super) fn lower_all(resolver: &mut Resolver<'_>) -> Result<Vec<ModeledError>, CodegenError> {
    let ids: Vec<ShapeId> = resolver.closure.errors.iter().cloned().collect();
    let errors: Result<Vec<_>, CodegenError> = ids
        .iter()
        .map(|id| {
            let shape = resolver.shape(id)?;
            Ok(ModeledError {
                code: resolver.protocol.error_code(shape),
                structure: structures::lower(resolver, shape, Role::Error)?,
            })
        })
        .collect();
    let mut errors = errors?;
    errors.sort_by(|a, b| a.structure.ident.cmp(&b.structure.ident));
    Ok(errors)
}

/// What an operation can fail with, by code: its own errors and those that all operations of the service have.
pub(super) fn of_operation(
    resolver: &Resolver<'_>,
    operation: &OperationShape,
) -> Result<Vec<OperationError>, CodegenError> {
    let ids = operation.errors.iter();
    let mut errors = ids
        .chain(&resolver.closure.service_errors)
        .map(|id| Ok(operation_error(resolver, resolver.shape(id)?)))
        .collect::<Result<Vec<_>, CodegenError>>()?;
    errors.sort_by(|a, b| a.code.cmp(&b.code));
    errors.dedup_by(|a, b| a.code == b.code);
    Ok(errors)
}

/// How an operation refers to one of its errors.
fn operation_error(resolver: &Resolver<'_>, shape: &Shape) -> OperationError {
    let fault = shape
        .traits
        .get::<ErrorFault>()
        .map_or(Fault::Client, |fault| fault.0);
    let status = shape.traits.get::<HttpError>().map(|error| error.0);
    OperationError {
        code: resolver.protocol.error_code(shape),
        ident: resolver.ident(&shape.id),
        status: status.unwrap_or(if fault == Fault::Server { 500 } else { 400 }),
        retryable: shape
            .traits
            .get::<Retryable>()
            .map(|retryable| retryable.throttling),
    }
}
