//! The changes that were found, each with what it does to users.

use super::side::Side;

/// What a change does to users of a client that is generated anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Effect {
    /// Programs no longer compile, calls that worked are refused, or older clients no longer understand the service.
    Breaks,
    /// Something can be done that could not be done before.
    Adds,
    /// Neither of these.
    Changes,
}

/// What a change is of.
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
    /// What was added, if that is all: the name of a member, a value or an error.
    pub(crate) added: Option<String>,
    /// What changed, as a sentence part after the subject.
    pub(crate) text: String,
    /// The members that a change of a simple shape shows in.
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
    /// No changes yet between these two.
    pub(super) fn between(old: &Side<'_>, new: &Side<'_>) -> Self {
        let sides = [old, new];
        Self {
            title: new.title(),
            versions: sides.map(|side| side.bound.version.clone()),
            operations: sides.map(|side| side.closure.operations.len()),
            changes: Vec::new(),
        }
    }

    /// Adds a change that is told in words.
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

    /// Adds something that is new below the subject.
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

    /// Adds a change of a shape that shows in a member; the same change in several members is one.
    pub(super) fn push_at(&mut self, effect: Effect, subject: &str, text: String, place: String) {
        let same = self.changes.iter_mut().find(|change| {
            !change.places.is_empty() && change.subject == subject && change.text == text
        });
        match same {
            Some(change) => {
                // It breaks as soon as it breaks in one place.
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
