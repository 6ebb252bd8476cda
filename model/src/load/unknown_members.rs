//! Warns about members of trait values that the traits do not have.

use super::at::At;
use crate::{
    ModelWarning, ShapeId,
    ast::{AstMember, AstShape, Entries},
    known_traits,
};
use serde_json::Value;

/// Returns warnings about unknown members of the traits of a shape and its members, or of an `apply` statement.
pub(super) fn warnings(at: At<'_>, shape: &AstShape) -> Vec<ModelWarning> {
    let mut warnings = Vec::new();
    of_traits(at, &shape.traits, &mut warnings);
    let parts = [
        ("member", &shape.member),
        ("key", &shape.key),
        ("value", &shape.value),
    ];
    let parts = parts
        .into_iter()
        .filter_map(|(name, part)| Some((name, part.as_ref()?)));
    let members = shape.members.iter().flat_map(|members| &members.0);
    let members = members.map(|(name, member)| (name.as_str(), member));
    for (name, AstMember { traits, .. }) in parts.chain(members) {
        let id: ShapeId = at.id.with_member(name);
        of_traits(At { id: &id, ..at }, traits, &mut warnings);
    }
    warnings
}

fn of_traits(at: At<'_>, traits: &Entries<String, Value>, warnings: &mut Vec<ModelWarning>) {
    for (trait_id, value) in &traits.0 {
        let unknown = known_traits::unknown_members(trait_id, value);
        warnings.extend(unknown.into_iter().map(|name| ModelWarning {
            file: at.file.to_string(),
            id: at.id.clone(),
            what: format!("{trait_id} has no member `{name}`: ignored"),
        }));
    }
}
