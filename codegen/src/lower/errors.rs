//! Lowers the errors of operations.

use crate::error::CodegenError;
use crate::ir::{
    ErrorMeaning, Message, ModeledError, Operation, OperationError, Presence, Role, Structure, Type,
};
use crate::lower::resolver::Resolver;
use crate::lower::structures;
use smithy_model::known::{ErrorFault, Fault, Retryable};
use smithy_model::{OperationShape, Shape, ShapeId};
use std::collections::BTreeSet;

/// Lowers all errors of the closure, by name. Their statuses are those of the operations.
pub(super) fn lower_all(
    resolver: &mut Resolver<'_>,
    operations: &[Operation],
) -> Result<Vec<ModeledError>, CodegenError> {
    let ids: Vec<ShapeId> = resolver.closure.errors.iter().cloned().collect();
    let errors: Result<Vec<_>, CodegenError> = ids
        .iter()
        .map(|id| {
            let shape = resolver.shape(id)?;
            let structure = structures::lower(resolver, shape, Role::Error)?;
            Ok(ModeledError {
                code: resolver.protocol.error_code(shape),
                is_first_of_code: false,
                status: status(operations, &structure),
                message: message(&structure),
                structure,
            })
        })
        .collect();
    let mut errors = errors?;
    errors.sort_by(|a, b| a.structure.ident.cmp(&b.structure.ident));
    let mut codes = BTreeSet::new();
    for error in &mut errors {
        error.is_first_of_code = codes.insert(error.code.clone());
    }
    Ok(errors)
}

fn status(operations: &[Operation], error: &Structure) -> Option<u16> {
    let mut named = operations.iter().flat_map(|operation| &operation.errors);
    let named = named.find(|named| named.ident == error.ident);
    named.map(|named| named.status)
}

fn message(error: &Structure) -> Option<Message> {
    let [field] = error.fields.as_slice() else {
        return None;
    };
    let is_message = field.ty == Type::String && field.ident.text() == "message";
    is_message.then(|| Message {
        ident: field.ident.clone(),
        optional: field.presence == Presence::Optional,
    })
}

/// Returns the errors of an operation, by code: its own, those that its event stream can end with, and those that all
/// operations of the service have.
pub(super) fn of_operation(
    resolver: &Resolver<'_>,
    operation: &OperationShape,
) -> Result<Vec<OperationError>, CodegenError> {
    let output = operation.output.as_ref();
    let stream = output.and_then(|id| resolver.model.event_stream(id));
    let in_stream = stream
        .into_iter()
        .flat_map(|(_, union)| resolver.model.stream_errors(union));
    let in_stream: Vec<ShapeId> = in_stream.map(|(_, error)| error.id.clone()).collect();
    let ids = operation.errors.iter();
    let mut errors = ids
        .chain(&in_stream)
        .chain(&resolver.closure.service_errors)
        .map(|id| operation_error(resolver, resolver.shape(id)?))
        .collect::<Result<Vec<_>, CodegenError>>()?;
    errors.sort_by(|a, b| a.code.cmp(&b.code));
    errors.dedup_by(|a, b| a.code == b.code);
    Ok(errors)
}

/// Lowers an operation's reference to one of its errors.
fn operation_error(resolver: &Resolver<'_>, shape: &Shape) -> Result<OperationError, CodegenError> {
    let fault = shape
        .traits
        .get::<ErrorFault>()
        .map_or(Fault::Client, |fault| fault.0);
    let status = resolver.protocol.error_status(shape);
    let meaning = match (fault, status) {
        (Fault::Client, None | Some(400)) => meaning(shape.id.name()),
        // The status already implies a meaning, or has another one.
        _ => None,
    };
    Ok(OperationError {
        meaning,
        code: resolver.protocol.error_code(shape),
        ident: resolver.ident(&shape.id),
        status: status.unwrap_or(if fault == Fault::Server { 500 } else { 400 }),
        retryable: shape
            .traits
            .get::<Retryable>()
            .map(|retryable| retryable.throttling),
    })
}

/// Parts of the names of errors for resources that do not exist. Services whose protocol has no statuses, and some
/// others, respond to these with 400.
const NOT_FOUND: [&str; 5] = [
    "NotFound",
    "NoSuch",
    "NotExist",
    "NonExistent",
    "UnknownResource",
];
/// Parts of the names of errors for conflicts with the state of a resource.
const CONFLICT: [&str; 6] = [
    "Conflict",
    "AlreadyExist",
    "NameExists",
    "ResourceInUse",
    "ConcurrentModification",
    "ConcurrentUpdate",
];

/// Returns the meaning that the name of an error implies. AWS's guidelines for services and the names in use are the
/// only source for it.
fn meaning(name: &str) -> Option<ErrorMeaning> {
    let holds_one = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    if holds_one(&NOT_FOUND) {
        Some(ErrorMeaning::NotFound)
    } else if holds_one(&CONFLICT) {
        Some(ErrorMeaning::Conflict)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_is_missing_and_what_conflicts() {
        let table = [
            ("ResourceNotFoundException", Some(ErrorMeaning::NotFound)),
            ("EntityNotFoundException", Some(ErrorMeaning::NotFound)),
            ("QueueDoesNotExist", Some(ErrorMeaning::NotFound)),
            ("NoSuchHostedZone", Some(ErrorMeaning::NotFound)),
            ("NonExistentQueue", Some(ErrorMeaning::NotFound)),
            ("UnknownResourceFault", Some(ErrorMeaning::NotFound)),
            ("TransactionConflictException", Some(ErrorMeaning::Conflict)),
            ("AlreadyExistsException", Some(ErrorMeaning::Conflict)),
            ("QueueNameExists", Some(ErrorMeaning::Conflict)),
            ("ResourceInUseException", Some(ErrorMeaning::Conflict)),
            (
                "ConcurrentModificationException",
                Some(ErrorMeaning::Conflict),
            ),
            ("ConcurrentRunsExceededException", None),
            ("ConditionalCheckFailedException", None),
            ("ValidationException", None),
            ("InvalidUseOfThing", None),
        ];
        for (name, expected) in table {
            assert_eq!(meaning(name), expected, "{name}");
        }
    }
}
