//! [`Unwritten`]: changes in, in their order; what is to be on disk of them, out.

use crate::state::{Change, Records};
use serde_json::Value;
use std::collections::BTreeMap;

/// A change of what is kept.
#[derive(Debug)]
pub(super) enum Write {
    Changes(Vec<Change>),
    Replace(Records),
}

/// What is not on disk yet: what comes later under the same key counts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Unwritten {
    /// Whether all that is on disk goes first.
    pub(super) cleared: bool,
    /// Values by key; nothing for what is to be removed.
    pub(super) values: BTreeMap<String, Option<Value>>,
}

impl Unwritten {
    pub(super) fn add(&mut self, write: Write) {
        match write {
            Write::Changes(changes) => {
                let changes = changes.into_iter().map(|change| (change.key, change.value));
                self.values.extend(changes);
            }
            Write::Replace(records) => {
                self.cleared = true;
                let records = records.into_iter().map(|(key, value)| (key, Some(value)));
                self.values = records.collect();
            }
        }
    }

    pub(super) fn is_nothing(&self) -> bool {
        !self.cleared && self.values.is_empty()
    }
}
