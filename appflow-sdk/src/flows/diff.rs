//! [`diff`]: compares two definitions by their effect.

use crate::flows::canonical::canonical;
use crate::flows::connectors::FIXED_MEMBERS;
use crate::flows::definition::FlowDefinition;
use crate::flows::tasks;
use crate::flows::tree::Tree;
use crate::types::Task;
use smithy_reqwest::serde::ser::{Serialize, SerializeStruct, Serializer};
use std::fmt;

/// A difference between two definitions of a flow.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Change {
    /// Path of the member, such as `sourceFlowConfig.connectorProfileName` or `tasks[Map Name].destinationField`.
    pub path: String,
    /// Current value, or `None` if the member is new.
    pub before: Option<Tree>,
    /// Desired value, or `None` if the member is removed.
    pub after: Option<Tree>,
    /// `true` if the change needs a new flow: the old one is deleted with the history of its runs.
    pub needs_new_flow: bool,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path)?;
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => write!(f, "{before} -> {after}")?,
            (None, Some(after)) => write!(f, "(none) -> {after}")?,
            (Some(before), None) => write!(f, "{before} -> (none)")?,
            (None, None) => {}
        }
        match self.needs_new_flow {
            true => f.write_str(" (needs a new flow)"),
            false => Ok(()),
        }
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Change", 4)?;
        members.serialize_field("path", &self.path)?;
        members.serialize_field("before", &self.before)?;
        members.serialize_field("after", &self.after)?;
        members.serialize_field("needsNewFlow", &self.needs_new_flow)?;
        members.end()
    }
}

/// Returns the changes from `current` to `desired`, in the order of the model. The result is empty if AppFlow runs both
/// alike. The module lists the [differences that are ignored](crate::flows#differences-that-are-ignored).
pub fn diff(current: &FlowDefinition, desired: &FlowDefinition) -> Vec<Change> {
    let (mut current, desired) = (canonical(current), canonical(desired));
    if desired.kms_arn.is_none() {
        // The service returns the key that it chose itself.
        current.kms_arn = None;
    }
    if desired.is_on_demand() {
        // The change of the trigger implies it.
        current.active = desired.active;
    }
    if tasks::is_expansion(&current.tasks, &desired.tasks) {
        current.tasks.clone_from(&desired.tasks);
    }
    let mut changes = Vec::new();
    let (before, after) = (comparable(&current), comparable(&desired));
    if let (Tree::Object(before), Tree::Object(after)) = (&before, &after) {
        compare_members("", before, after, &mut changes);
    }
    for change in changes.iter_mut().filter(|change| change.path == "active") {
        // A definition without the member means `false`.
        change.before.get_or_insert(Tree::Boolean(false));
        change.after.get_or_insert(Tree::Boolean(false));
    }
    let end = changes
        .iter()
        .position(|change| {
            ["metadataCatalogConfig", "tags"]
                .iter()
                .any(|name| change.path.starts_with(name))
        })
        .unwrap_or(changes.len());
    let tail = changes.split_off(end);
    compare_tasks(&current.tasks, &desired.tasks, &mut changes);
    changes.extend(tail);
    changes
}

/// Returns the tree of a definition without its tasks, which are compared separately.
fn comparable(definition: &FlowDefinition) -> Tree {
    let mut tree = Tree::of(definition);
    if let Tree::Object(members) = &mut tree {
        members.retain(|(name, _)| name != "tasks");
    }
    tree
}

pub(super) fn compare(
    path: &str,
    before: Option<&Tree>,
    after: Option<&Tree>,
    changes: &mut Vec<Change>,
) {
    match (before, after) {
        (Some(before), Some(after)) if before == after => {}
        (Some(Tree::Object(before)), Some(Tree::Object(after))) => {
            compare_members(path, before, after, changes);
        }
        (Some(Tree::List(before)), Some(Tree::List(after)))
            if before
                .iter()
                .chain(after)
                .all(|tree| matches!(tree, Tree::Object(_))) =>
        {
            for index in 0..before.len().max(after.len()) {
                let path = format!("{path}[{index}]");
                compare(&path, before.get(index), after.get(index), changes);
            }
        }
        _ => changes.push(Change {
            path: path.to_owned(),
            before: before.cloned(),
            after: after.cloned(),
            needs_new_flow: needs_new_flow(path),
        }),
    }
}

fn compare_members(
    path: &str,
    before: &[(String, Tree)],
    after: &[(String, Tree)],
    changes: &mut Vec<Change>,
) {
    let find = |members: &'_ [(String, Tree)], name: &str| {
        members.iter().position(|(found, _)| found == name)
    };
    let gone = before
        .iter()
        .filter(|(name, _)| find(after, name).is_none());
    let names = after.iter().chain(gone).map(|(name, _)| name);
    for name in names {
        let get = |members: &'_ [(String, Tree)]| {
            find(members, name).and_then(|index| members.get(index).map(|(_, tree)| tree.clone()))
        };
        let plain = name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "_-".contains(character));
        let path = match (path.is_empty(), plain) {
            (true, _) => name.clone(),
            (false, true) => format!("{path}.{name}"),
            (false, false) => format!("{path}[{name:?}]"),
        };
        compare(&path, get(before).as_ref(), get(after).as_ref(), changes);
    }
}

/// Pairs tasks on the same fields; the others are added or removed.
fn compare_tasks(before: &[Task], after: &[Task], changes: &mut Vec<Change>) {
    let mut gone: Vec<&Task> = before.iter().collect();
    let mut new: Vec<&Task> = Vec::new();
    for task in after {
        match gone.iter().position(|other| *other == task) {
            Some(index) => drop(gone.remove(index)),
            None => new.push(task),
        }
    }
    for task in new {
        let path = format!("tasks[{}]", tasks::label(task));
        let pair = gone.iter().position(|other| is_same(other, task));
        let old = pair.map(|index| Tree::of(gone.remove(index)));
        compare(&path, old.as_ref(), Some(&Tree::of(task)), changes);
    }
    for task in gone {
        let path = format!("tasks[{}]", tasks::label(task));
        compare(&path, Some(&Tree::of(task)), None, changes);
    }
}

fn is_same(one: &Task, other: &Task) -> bool {
    let projections = (tasks::is_projection(one), tasks::is_projection(other));
    match projections {
        (true, true) => true,
        (false, false) => {
            one.task_type == other.task_type && one.source_fields == other.source_fields
        }
        _ => false,
    }
}

/// Returns whether a change needs a new flow: the key, the connectors, profiles and objects, and the number of
/// destinations cannot be changed.
fn needs_new_flow(path: &str) -> bool {
    if path == "kmsArn" {
        return true;
    }
    let end = path.strip_prefix("sourceFlowConfig").or_else(|| {
        let rest = path.strip_prefix("destinationFlowConfigList")?;
        rest.split_once(']').map(|(_, rest)| rest)
    });
    let Some(end) = end else {
        return false;
    };
    let steps: Vec<&str> = end.split('.').filter(|step| !step.is_empty()).collect();
    match steps.as_slice() {
        [] | ["connectorType" | "connectorProfileName"] => true,
        ["sourceConnectorProperties" | "destinationConnectorProperties"] => true,
        [
            "sourceConnectorProperties" | "destinationConnectorProperties",
            _,
        ] => true,
        [
            "sourceConnectorProperties" | "destinationConnectorProperties",
            _,
            member,
        ] => FIXED_MEMBERS.contains(member),
        _ => false,
    }
}
