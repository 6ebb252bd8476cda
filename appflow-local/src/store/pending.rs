//! [`PendingWrites`]: the pending changes of a store.

use crate::state::{Change, Records};
use serde_json::Value;
use std::collections::BTreeMap;

/// A change of the records.
#[derive(Debug)]
pub(super) enum Write {
    Changes(Vec<Change>),
    Replace(Records),
}

/// Changes that are not on disk yet. A later change of a key replaces an earlier one.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PendingWrites {
    /// `true` if all records on disk are removed first.
    pub(super) cleared: bool,
    /// Values by key; `None` removes the record.
    pub(super) values: BTreeMap<String, Option<Value>>,
}

impl PendingWrites {
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

    pub(super) fn is_empty(&self) -> bool {
        !self.cleared && self.values.is_empty()
    }
}
