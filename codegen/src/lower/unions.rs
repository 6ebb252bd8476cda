//! Lowers unions to their variants.

use crate::error::CodegenError;
use crate::ir::{Role, Union, UnionVariant};
use crate::lower::resolver::Resolver;
use crate::lower::{carried, docs, fields};
use smithy_model::{Member, Model, Shape};

pub(super) fn lower(resolver: &mut Resolver<'_>, shape: &Shape) -> Result<Union, CodegenError> {
    let ident = resolver.ident(&shape.id);
    let model = resolver.model;
    let variants: Result<_, CodegenError> = shape
        .members
        .values()
        .filter(|member| !is_stream_error(model, shape, member))
        .map(|member| {
            let names = resolver.variant_names(member);
            Ok(UnionVariant {
                ident: names.ident,
                question: names.question,
                accessor: names.accessor,
                field: fields::lower(resolver, member, Role::Type)?,
            })
        })
        .collect();
    Ok(Union {
        id: shape.id.to_string(),
        module: resolver.module(&shape.id),
        docs: docs::of_shape(resolver, shape),
        variants: variants?,
        output: !resolver.is_sent(&shape.id),
        carried: carried::of(resolver.protocol, &shape.traits),
        ident,
    })
}

/// Returns whether a member is an error that ends an event stream, which is not an event.
fn is_stream_error(model: &Model, union: &Shape, member: &Member) -> bool {
    let target = model.shape(&member.target);
    union.is_event_stream() && target.is_some_and(Shape::is_error)
}
