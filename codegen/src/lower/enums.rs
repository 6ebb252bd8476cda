//! Lowers enums to their variants.

use crate::error::CodegenError;
use crate::ir::{Enum, IntEnum, IntVariant, Variant};
use crate::lower::docs;
use crate::lower::resolver::Resolver;
use crate::names::{Ident, Scope};
use smithy_model::known::EnumValue;
use smithy_model::{Member, Shape};

/// Lowers an enum of strings. The variants are in alphabetical order, because the order in the model has no meaning.
pub(super) fn lower(resolver: &Resolver<'_>, shape: &Shape) -> Enum {
    let mut scope = Scope::variants();
    let mut variants: Vec<Variant> = shape
        .members
        .values()
        .map(|member| Variant {
            wire_value: text_value(member),
            internal: is_internal(member),
            ident: scope.claim(Ident::upper_camel(&member.name)),
            docs: docs::of_variant(resolver, member),
        })
        .collect();
    variants.sort_by(|a, b| a.ident.cmp(&b.ident));
    Enum {
        id: shape.id.to_string(),
        ident: resolver.ident(&shape.id),
        module: resolver.module(&shape.id),
        docs: docs::of_shape(resolver, shape),
        sensitive: shape.traits.has("smithy.api#sensitive"),
        variants,
    }
}

/// Returns whether a value is internal: by `smithy.api#internal`, or by the tag of older models.
fn is_internal(member: &Member) -> bool {
    let tags = member.traits.raw("smithy.api#tags");
    let is_tagged = tags
        .and_then(serde_json::Value::as_array)
        .is_some_and(|tags| tags.iter().any(|tag| tag == "internal"));
    is_tagged || member.traits.has("smithy.api#internal")
}

fn text_value(member: &Member) -> String {
    let value = member
        .traits
        .get::<EnumValue>()
        .and_then(|value| value.0.as_str().map(str::to_owned));
    value.unwrap_or_else(|| member.name.clone())
}

/// Lowers an enum of integers, in the order of the model.
pub(super) fn lower_int(resolver: &Resolver<'_>, shape: &Shape) -> Result<IntEnum, CodegenError> {
    let mut scope = Scope::plain();
    let values: Result<_, CodegenError> = shape
        .members
        .values()
        .map(|member| {
            let value = member
                .traits
                .get::<EnumValue>()
                .and_then(|value| value.0.as_i64());
            let value = value.and_then(|value| i32::try_from(value).ok());
            Ok(IntVariant {
                value: value.ok_or_else(|| {
                    CodegenError::unsupported(&member.id, "the value is not a 32-bit integer")
                })?,
                ident: scope.claim(Ident::shouty(&member.name)),
                docs: docs::of_variant(resolver, member),
            })
        })
        .collect();
    Ok(IntEnum {
        id: shape.id.to_string(),
        ident: resolver.ident(&shape.id),
        module: resolver.module(&shape.id),
        docs: docs::of_shape(resolver, shape),
        values: values?,
    })
}
