//! Map and Map_all: renames and selects the fields of a record.

use super::{names, property};
use crate::runs::cell::{Cell, Row};
use appflow_sdk::types::{OperatorPropertiesKeys, Task};
use std::cell::Cell as Position;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The fields of the destination and their sources.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mapping {
    /// The names that a Map_all excludes, if there is one.
    all_except: Option<BTreeSet<String>>,
    /// The fields of Map tasks, in the order of tasks.
    fields: Vec<Field>,
    /// The projected fields; all of them without a projection.
    projection: Option<BTreeSet<String>>,
    /// The fields that other tasks computed.
    made: BTreeSet<String>,
    /// The types of Map tasks, by destination.
    pub(crate) types: BTreeMap<String, String>,
}

/// A field of the destination.
#[derive(Debug, Clone)]
struct Field {
    from: String,
    to: Arc<str>,
    /// `true` if an earlier field has the same destination.
    is_repeated: bool,
    /// `true` if the source is projected or computed.
    is_readable: bool,
    /// The position of the source in the last record.
    position: Position<usize>,
}

impl Mapping {
    pub(crate) fn add_map(&mut self, task: &Task) {
        let to = task.destination_field.as_deref().unwrap_or_default();
        let data_type = property(task, OperatorPropertiesKeys::DestinationDataType)
            .or_else(|| property(task, OperatorPropertiesKeys::SourceDataType));
        for from in &task.source_fields {
            // Several fields cannot have one destination, so each keeps its name.
            let to = if to.is_empty() || task.source_fields.len() > 1 {
                from
            } else {
                to
            };
            self.fields.push(Field {
                from: from.clone(),
                to: to.into(),
                is_repeated: self.fields.iter().any(|field| *field.to == *to),
                is_readable: true,
                position: Position::default(),
            });
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

    /// Adds a field that another task computes.
    pub(crate) fn made(&mut self, name: &str) {
        self.made.insert(name.to_owned());
    }

    /// Completes the mapping when all tasks are added.
    pub(crate) fn complete(&mut self) {
        let mut fields = std::mem::take(&mut self.fields);
        for field in &mut fields {
            field.is_readable = self.is_readable(&field.from);
        }
        self.fields = fields;
    }

    fn is_readable(&self, name: &str) -> bool {
        let projection = self.projection.as_ref();
        projection.is_none_or(|fields| fields.contains(name)) || self.made.contains(name)
    }

    /// Returns the columns, unless they depend on the records.
    pub(crate) fn columns(&self) -> Option<Vec<Arc<str>>> {
        if self.all_except.is_some() {
            return None;
        }
        let mut columns: Vec<Arc<str>> = Vec::new();
        let first = self.fields.iter().filter(|field| !field.is_repeated);
        columns.extend(first.map(|field| field.to.clone()));
        Some(columns)
    }

    /// Maps a record. Missing fields, and fields that are not projected, are not in the result.
    pub(crate) fn map(&self, row: &Row) -> Row {
        let mut mapped = Row::default();
        if let Some(except) = &self.all_except {
            let carried = row.0.iter().filter(|(name, _)| {
                !except.contains(&**name) && !self.made.contains(&**name) && self.is_readable(name)
            });
            mapped.0.extend(carried.cloned());
        }
        for field in self.fields.iter().filter(|field| field.is_readable) {
            let Some(cell) = field.read(row) else {
                continue;
            };
            if field.is_repeated || self.all_except.is_some() {
                mapped.set(&field.to, cell.clone());
            } else {
                mapped.0.push((field.to.clone(), cell.clone()));
            }
        }
        mapped
    }
}

impl Field {
    fn read<'a>(&self, row: &'a Row) -> Option<&'a Cell> {
        let at = self.position.get();
        if let Some((name, cell)) = row.0.get(at)
            && **name == self.from
        {
            return Some(cell);
        }
        let at = row.0.iter().position(|(name, _)| **name == self.from)?;
        self.position.set(at);
        row.0.get(at).map(|(_, cell)| cell)
    }
}
