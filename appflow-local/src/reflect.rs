//! Access to members of structures by name, for rules that apply to all connectors.

use smithy_reqwest::shape::{Structure, Value};

/// Returns the members of a structure that are set, with their names.
pub(crate) fn members(structure: &dyn Structure) -> Vec<(&'static str, Value<'_>)> {
    let members = structure.schema().members.iter().enumerate();
    members
        .map(|(index, member)| (member.name, structure.member(index)))
        .filter(|(_, value)| !value.is_absent())
        .collect()
}

/// Returns the member with this name, if it is set.
pub(crate) fn member<'a>(structure: &'a dyn Structure, name: &str) -> Option<Value<'a>> {
    members(structure)
        .into_iter()
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// Returns the text of a member, if it is set and is a string.
pub(crate) fn text<'a>(structure: &'a dyn Structure, name: &str) -> Option<&'a str> {
    match member(structure, name)? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// Returns a member that is a structure, if it is set.
pub(crate) fn part<'a>(structure: &'a dyn Structure, name: &str) -> Option<&'a dyn Structure> {
    match member(structure, name)? {
        Value::Structure(part) => Some(part),
        _ => None,
    }
}
