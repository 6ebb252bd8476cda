//! What the model's structures hold, by the names of their members: for rules that are the same for all connectors.

use smithy_reqwest::shape::{Structure, Value};

/// The members of a structure that are set, with their names.
pub(crate) fn members(structure: &dyn Structure) -> Vec<(&'static str, Value<'_>)> {
    let members = structure.schema().members.iter().enumerate();
    members
        .map(|(index, member)| (member.name, structure.member(index)))
        .filter(|(_, value)| !value.is_absent())
        .collect()
}

/// The member with this name, if it is set.
pub(crate) fn member<'a>(structure: &'a dyn Structure, name: &str) -> Option<Value<'a>> {
    members(structure)
        .into_iter()
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// The text of a member, if it is set and is text.
pub(crate) fn text<'a>(structure: &'a dyn Structure, name: &str) -> Option<&'a str> {
    match member(structure, name)? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// A member that is a structure.
pub(crate) fn part<'a>(structure: &'a dyn Structure, name: &str) -> Option<&'a dyn Structure> {
    match member(structure, name)? {
        Value::Structure(part) => Some(part),
        _ => None,
    }
}
