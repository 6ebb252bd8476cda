//! The report of changes, each with its effect on users.

use super::side::Side;

/// The effect of a change on users of the regenerated client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Effect {
    /// Programs no longer compile, working calls are rejected, or older clients no longer understand the service.
    Breaks,
    /// There is a new capability.
    Adds,
    /// Any other change.
    Changes,
}

/// The kind of the changed item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Service,
    Operation,
    Error,
    Type,
    Member,
    EnumValue,
    Constraint,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Change {
    pub(crate) effect: Effect,
    pub(crate) kind: Kind,
    /// The operation, type or simple shape.
    pub(crate) subject: String,
    /// The name of the added member, value or error, if the change is an addition.
    pub(crate) added: Option<String>,
    /// The change, as the predicate of a sentence.
    pub(crate) text: String,
    /// The members that a change of a simple shape affects.
    pub(crate) places: Vec<String>,
}

/// All changes between two versions of a model.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) title: String,
    pub(crate) versions: [String; 2],
    pub(crate) operations: [usize; 2],
    pub(crate) changes: Vec<Change>,
}

impl Report {
    /// Creates an empty report.
    pub(super) fn between(old: &Side<'_>, new: &Side<'_>) -> Self {
        let sides = [old, new];
        Self {
            title: new.title(),
            versions: sides.map(|side| side.bound.version.clone()),
            operations: sides.map(|side| side.closure.operations.len()),
            changes: Vec::new(),
        }
    }

    /// Adds a change with a description.
    pub(super) fn push(&mut self, effect: Effect, kind: Kind, subject: &str, text: String) {
        self.changes.push(Change {
            effect,
            kind,
            subject: subject.to_owned(),
            added: None,
            text,
            places: Vec::new(),
        });
    }

    /// Adds an addition to the subject.
    pub(super) fn add(&mut self, kind: Kind, subject: &str, name: &str) {
        self.changes.push(Change {
            effect: Effect::Adds,
            kind,
            subject: subject.to_owned(),
            added: Some(name.to_owned()),
            text: String::new(),
            places: Vec::new(),
        });
    }

    /// Adds a change of a shape that affects a member. The same change in several members is one entry.
    pub(super) fn push_at(&mut self, effect: Effect, subject: &str, text: String, place: String) {
        let same = self.changes.iter_mut().find(|change| {
            !change.places.is_empty() && change.subject == subject && change.text == text
        });
        match same {
            Some(change) => {
                // The change is breaking if it is in one of the members.
                change.effect = change.effect.min(effect);
                if !change.places.contains(&place) {
                    change.places.push(place);
                }
            }
            None => self.changes.push(Change {
                effect,
                kind: Kind::Constraint,
                subject: subject.to_owned(),
                added: None,
                text,
                places: vec![place],
            }),
        }
    }

    pub(super) fn sort(&mut self) {
        self.changes.sort();
        self.changes.dedup();
    }
}
