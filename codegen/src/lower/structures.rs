//! Lowers structures to their fields.

use crate::error::CodegenError;
use crate::ir::{Building, Field, Presence, Role, Structure, Type};
use crate::lower::resolver::Resolver;
use crate::lower::{carried, constraints, docs, fields};
use crate::names::Ident;
use smithy_model::Shape;

/// Lowers a structure that is a part of others, or an error.
pub(super) fn lower(
    resolver: &mut Resolver<'_>,
    shape: &Shape,
    role: Role,
) -> Result<Structure, CodegenError> {
    let (ident, module) = (resolver.ident(&shape.id), resolver.module(&shape.id));
    named(resolver, shape, role, ident, module)
}

/// Lowers a structure under a given name: inputs and outputs are named after their operation.
pub(super) fn named(
    resolver: &mut Resolver<'_>,
    shape: &Shape,
    role: Role,
    ident: Ident,
    module: Ident,
) -> Result<Structure, CodegenError> {
    let members = shape.members.values();
    let fields: Vec<Field> = members
        .map(|member| fields::lower(resolver, member, role))
        .collect::<Result<_, _>>()?;
    Ok(Structure {
        id: shape.id.to_string(),
        docs: docs::of_shape(resolver, shape),
        builder: builder(&ident),
        ident,
        module,
        role,
        named_types: named_types(&fields),
        building: building(&fields),
        derives_default: derives_default(&fields),
        fields,
        unconstrained: constraints::are_absent(resolver.model, &shape.id),
        output: role == Role::Output || (role != Role::Input && !resolver.is_sent(&shape.id)),
        validated: false,
        carried: carried::of(resolver.protocol, &shape.traits),
    })
}

/// Returns the empty input or output of an operation that has none.
pub(super) fn unit(role: Role, ident: Ident, module: Ident, docs: crate::ir::Docs) -> Structure {
    Structure {
        id: "smithy.api#Unit".to_owned(),
        builder: builder(&ident),
        ident,
        module,
        role,
        docs,
        named_types: Vec::new(),
        building: building(&[]),
        derives_default: derives_default(&[]),
        fields: Vec::new(),
        unconstrained: true,
        output: role == Role::Output,
        validated: false,
        carried: Vec::new(),
    }
}

fn builder(structure: &Ident) -> Ident {
    structure.suffixed("Builder")
}

/// Returns the named types that occur in the types of the fields, each once.
fn named_types(fields: &[Field]) -> Vec<Ident> {
    let mut names: Vec<Ident> = Vec::new();
    for name in fields.iter().filter_map(|field| named_type(&field.ty)) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

fn named_type(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Enum(ident) | Type::IntEnum(ident) | Type::Structure(ident) | Type::Union(ident) => {
            Some(ident)
        }
        Type::List(inner, _) | Type::Map(_, inner, _) | Type::Boxed(inner) => named_type(inner),
        _ => None,
    }
}

/// Returns whether every field has a default value that is absent, zero, false or empty.
fn derives_default(fields: &[Field]) -> bool {
    let has_plain_default =
        |field: &Field| matches!(field.presence, Presence::Optional | Presence::Zero);
    fields.iter().all(has_plain_default)
}

/// Returns the way in which a builder creates a structure with these fields.
fn building(fields: &[Field]) -> Building {
    let any =
        |presence: fn(&Presence) -> bool| fields.iter().any(|field| presence(&field.presence));
    if any(|presence| *presence == Presence::Required) {
        Building::Checked
    } else if any(|presence| *presence != Presence::Optional) {
        Building::Filled
    } else {
        Building::Whole
    }
}
