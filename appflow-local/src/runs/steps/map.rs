//! Map and Map_all: the fields of a record in, those of the destination out.

use super::{names, property};
use crate::runs::cell::{Cell, Row};
use appflow_sdk::types::{OperatorPropertiesKeys, Task};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What goes to the destination, and under which name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mapping {
    /// The names that a Map_all leaves out, if there is one.
    all_except: Option<BTreeSet<String>>,
    /// From one name to another, in the order of tasks.
    fields: Vec<(String, Arc<str>)>,
    /// The fields that may be read; all of them without a projection.
    projection: Option<BTreeSet<String>>,
    /// The fields that other tasks made.
    made: BTreeSet<String>,
    /// The types that Map tasks name, by destination.
    pub(crate) types: BTreeMap<String, String>,
}

impl Mapping {
    pub(crate) fn add_map(&mut self, task: &Task) {
        let to = task.destination_field.as_deref().unwrap_or_default();
        let data_type = property(task, OperatorPropertiesKeys::DestinationDataType)
            .or_else(|| property(task, OperatorPropertiesKeys::SourceDataType));
        for from in &task.source_fields {
            // Several fields cannot go to one place, so each keeps its name.
            let to = if to.is_empty() || task.source_fields.len() > 1 {
                from
            } else {
                to
            };
            self.fields.push((from.clone(), to.into()));
            if let Some(data_type) = data_type {
                self.types.insert(to.to_owned(), data_type.to_owned());
            }
        }
    }

    pub(crate) fn add_map_all(&mut self, task: &Task) {
        let except = property(task, OperatorPropertiesKeys::ExcludeSourceFieldsList);
        let except = names(except.unwrap_or_default());
        self.all_except.get_or_insert_default().extend(except);
    }

    pub(crate) fn project(&mut self, fields: &[String]) {
        let projection = self.projection.get_or_insert_default();
        projection.extend(fields.iter().cloned());
    }

    /// Notes that another task makes a field.
    pub(crate) fn made(&mut self, name: &str) {
        self.made.insert(name.to_owned());
    }

    /// The columns, where they do not depend on the records.
    pub(crate) fn columns(&self) -> Option<Vec<Arc<str>>> {
        if self.all_except.is_some() {
            return None;
        }
        let mut columns: Vec<Arc<str>> = Vec::new();
        for (_, to) in &self.fields {
            if !columns.contains(to) {
                columns.push(to.clone());
            }
        }
        Some(columns)
    }

    /// Maps a record. A field that a record does not have, or that is not projected, is not in the result.
    pub(crate) fn map(&self, row: &Row) -> Row {
        let readable = |name: &str| {
            let projection = self.projection.as_ref();
            projection.is_none_or(|fields| fields.contains(name)) || self.made.contains(name)
        };
        let mut mapped = Row::default();
        if let Some(except) = &self.all_except {
            let carried = row.0.iter().filter(|(name, _)| {
                !except.contains(&**name) && !self.made.contains(&**name) && readable(name)
            });
            mapped.0.extend(carried.cloned());
        }
        for (from, to) in &self.fields {
            let cell: Option<&Cell> = row.get(from).filter(|_| readable(from));
            if let Some(cell) = cell {
                mapped.set(to, cell.clone());
            }
        }
        mapped
    }
}
