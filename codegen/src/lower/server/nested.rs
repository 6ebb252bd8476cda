//! Finds the defaults that services fill in: those of members that are optional for clients only, at any depth.

use crate::ir::{
    Client, Defaults, Field, NestedDefaults, NestedPart, Presence, ServedDefault, Type,
    TypeDefinition, Union,
};
use crate::names::Ident;
use std::collections::{BTreeMap, BTreeSet};

/// The structures and unions that contain members with such defaults, with the functions that fill them in.
pub(super) struct Nested<'a>(BTreeMap<&'a Ident, &'a Ident>);

impl<'a> Nested<'a> {
    pub(super) fn of(client: &'a Client) -> Self {
        let mut found = Self(BTreeMap::new());
        // Each round finds the types that contain those of the rounds before.
        loop {
            let known = found.0.len();
            for definition in &client.types {
                let mut fields = fields_of(definition).into_iter();
                let has_defaults = |field: &Field| {
                    field.service_default.is_some() || found.function(&field.ty).is_some()
                };
                if fields.any(has_defaults) {
                    found.0.insert(definition.ident(), definition.module());
                }
            }
            if found.0.len() == known {
                return found;
            }
        }
    }

    /// Returns the function for the structure or union at the end of a type.
    fn function(&self, ty: &Type) -> Option<&'a Ident> {
        self.0.get(named(ty)?).copied()
    }

    /// Returns the defaults of these members.
    pub(super) fn defaults<'f>(
        &self,
        fields: impl IntoIterator<Item = &'f Field> + Clone,
    ) -> Defaults {
        let own = fields.clone().into_iter().filter_map(default);
        let nested = fields.into_iter().filter_map(|field| self.part(field));
        Defaults {
            own: own.collect(),
            nested: nested.collect(),
        }
    }

    /// Returns the defaults within the variants of a union. The fields of two variants can have the same name, so a variant
    /// is not found by that of its field.
    fn of_variants(&self, union: &Union) -> Defaults {
        let parts = union.variants.iter().filter_map(|variant| {
            Some(NestedPart {
                ident: variant.ident.clone(),
                ..self.part(&variant.field)?
            })
        });
        Defaults {
            own: Vec::new(),
            nested: parts.collect(),
        }
    }

    fn part(&self, field: &Field) -> Option<NestedPart> {
        Some(NestedPart {
            ident: field.ident.clone(),
            ty: field.ty.clone(),
            optional: field.presence == Presence::Optional,
            function: self.function(&field.ty)?.clone(),
        })
    }

    /// Returns the structures and unions with defaults that inputs, outputs and errors contain.
    pub(super) fn definitions(&self, client: &Client) -> Vec<NestedDefaults> {
        let operations = client.operations.iter();
        let structures = operations.flat_map(|operation| [&operation.input, &operation.output]);
        let errors = client.errors.iter().filter(|error| error.status.is_some());
        let structures = structures.chain(errors.map(|error| &error.structure));
        let fields = structures.flat_map(|structure| &structure.fields);
        let mut reached = BTreeSet::new();
        let mut ahead: Vec<&Ident> = fields.filter_map(|field| named(&field.ty)).collect();
        while let Some(ident) = ahead.pop() {
            if reached.insert(ident) {
                let mut types = client.types.iter();
                let definition = types.find(|definition| definition.ident() == ident);
                let fields = definition.into_iter().flat_map(fields_of);
                ahead.extend(fields.filter_map(|field| named(&field.ty)));
            }
        }
        let types = client.types.iter();
        let types = types.filter(|definition| reached.contains(definition.ident()));
        let nested = types.filter_map(|definition| {
            let function = self.0.get(definition.ident())?;
            let defaults = match definition {
                TypeDefinition::Union(union) => self.of_variants(union),
                _ => self.defaults(fields_of(definition)),
            };
            Some(NestedDefaults {
                ty: definition.ident().clone(),
                function: (*function).clone(),
                union: matches!(definition, TypeDefinition::Union(_)),
                defaults,
            })
        });
        nested.collect()
    }
}

fn default(field: &Field) -> Option<ServedDefault> {
    Some(ServedDefault {
        ident: field.ident.clone(),
        ty: field.ty.clone(),
        value: field.service_default.clone()?,
    })
}

/// Returns the members of a structure or union.
fn fields_of(definition: &TypeDefinition) -> Vec<&Field> {
    match definition {
        TypeDefinition::Structure(structure) => structure.fields.iter().collect(),
        TypeDefinition::Union(union) => {
            let variants = union.variants.iter();
            variants.map(|variant| &variant.field).collect()
        }
        TypeDefinition::Enum(_) | TypeDefinition::IntEnum(_) => Vec::new(),
    }
}

/// Returns the structure or union at the end of a type.
fn named(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Structure(ident) | Type::Union(ident) => Some(ident),
        Type::List(inner, _) | Type::Map(_, inner, _) | Type::Boxed(inner) => named(inner),
        _ => None,
    }
}
