//! Converts a shape with `smithy.api#enum` to an enum with named members.

use super::at::At;
use crate::{
    Member, ModelError, Shape, ShapeId, ShapeKind, Trait, Traits,
    enum_names::member_names,
    known::{EnumDefinition, EnumDefinitions},
};
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const ID: &str = EnumDefinitions::ID;

/// Converts a string to an enum, as Smithy 2.0 specifies, or renames the members of an enum by their values.
pub(super) fn apply(at: At<'_>, shape: &mut Shape, value: &Value, problems: &mut Vec<ModelError>) {
    let definitions = match EnumDefinitions::deserialize(value) {
        Ok(EnumDefinitions(definitions)) => definitions,
        Err(error) => {
            problems.push(at.bad_trait(ID, error.to_string()));
            return;
        }
    };
    match shape.kind {
        ShapeKind::String => convert(at, shape, definitions, problems),
        ShapeKind::Enum => rename(at, shape, definitions, problems),
        _ => problems.push(at.bad_trait(ID, format!("the shape is of type {}", shape.kind.name()))),
    }
}

fn convert(
    at: At<'_>,
    shape: &mut Shape,
    definitions: Vec<EnumDefinition>,
    problems: &mut Vec<ModelError>,
) {
    let derived = member_names(definitions.iter().map(|d| d.value.as_str()));
    shape.kind = ShapeKind::Enum;
    for (definition, derived) in definitions.into_iter().zip(derived) {
        let name = definition.name.clone().unwrap_or(derived);
        let mut traits = Traits::default();
        traits.insert("smithy.api#enumValue", json!(definition.value));
        add_traits(&mut traits, definition);
        let member = Member {
            id: shape.id.with_member(&name),
            name,
            target: ShapeId::prelude("Unit"),
            traits,
        };
        insert(at, &mut shape.members, member, problems);
    }
}

fn rename(
    at: At<'_>,
    shape: &mut Shape,
    definitions: Vec<EnumDefinition>,
    problems: &mut Vec<ModelError>,
) {
    let mut definitions: IndexMap<String, EnumDefinition> = definitions
        .into_iter()
        .map(|d| (d.value.clone(), d))
        .collect();
    let mut renamed = IndexMap::new();
    for (_, mut member) in std::mem::take(&mut shape.members) {
        let value = member.traits.raw("smithy.api#enumValue");
        let definition = value
            .and_then(Value::as_str)
            .and_then(|value| definitions.shift_remove(value));
        if let Some(definition) = definition {
            if let Some(name) = &definition.name {
                member.id = shape.id.with_member(name);
                member.name.clone_from(name);
            }
            add_traits(&mut member.traits, definition);
        }
        insert(at, &mut renamed, member, problems);
    }
    shape.members = renamed;
    for value in definitions.keys() {
        problems.push(at.bad_trait(ID, format!("unknown enum value `{value}`")));
    }
}

fn add_traits(traits: &mut Traits, definition: EnumDefinition) {
    if let Some(text) = definition.documentation {
        traits.insert("smithy.api#documentation", json!(text));
    }
    if definition.deprecated {
        traits.insert("smithy.api#deprecated", json!({}));
    }
    if !definition.tags.is_empty() {
        traits.insert("smithy.api#tags", json!(definition.tags));
    }
}

fn insert(
    at: At<'_>,
    members: &mut IndexMap<String, Member>,
    member: Member,
    problems: &mut Vec<ModelError>,
) {
    if members.contains_key(&member.name) {
        problems.push(ModelError::DuplicateMember {
            file: at.file.to_string(),
            id: member.id,
        });
    } else {
        members.insert(member.name.clone(), member);
    }
}
