//! Unions: a shape in, its variants out.

use crate::error::CodegenError;
use crate::ir::{Role, Union, UnionVariant};
use crate::lower::resolver::Resolver;
use crate::lower::{carried, docs, fields};
use crate::names::{Ident, Scope};
use smithy_model::Shape;

pub(super) fn lower(resolver: &mut Resolver<'_>, shape: &Shape) -> Result<Union, CodegenError> {
    let ident = resolver.ident(&shape.id);
    let (mut names, mut suffixes) = (Scope::variants(), Scope::plain());
    suffixes.reserve("unknown");
    let variants: Result<_, CodegenError> = shape
        .members
        .values()
        .map(|member| {
            Ok(UnionVariant {
                ident: names.claim(Ident::upper_camel(&member.name)),
                suffix: suffixes.claim(Ident::snake(&member.name)),
                field: fields::lower(resolver, member, Role::Type, &mut Scope::plain())?,
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
