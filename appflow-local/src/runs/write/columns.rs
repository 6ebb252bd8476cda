//! The columns of files and their types: given, or inferred from records.

use crate::runs::cell::{Cell, Row};
use crate::runs::types::{DataType, time};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The columns in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    columns: Vec<Column>,
    names_bytes: usize,
    positions: HashMap<Arc<str>, usize>,
    declared: BTreeMap<String, Kind>,
}

#[derive(Debug, Clone)]
struct Column {
    name: Arc<str>,
    /// The type; `None` before the first value.
    kind: Option<Kind>,
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Double,
    Bool,
    /// Milliseconds since 1970.
    Time,
}

impl Columns {
    pub(super) fn new(names: Option<&[Arc<str>]>, types: &BTreeMap<String, String>) -> Self {
        let mut columns = Self::default();
        for name in names.unwrap_or_default() {
            columns.position(name);
        }
        let declared = types.iter().filter_map(|(name, data_type)| {
            let kind = match data_type.to_ascii_lowercase().as_str() {
                "int" | "integer" | "long" | "short" | "byte" | "bigint" => Kind::Integer,
                "datetime" | "timestamp" => Kind::Time,
                other => match DataType::of(Some(other)) {
                    DataType::Number => Kind::Double,
                    DataType::Bool => Kind::Bool,
                    _ => return None,
                },
            };
            Some((name.clone(), kind))
        });
        columns.declared = declared.collect();
        columns
    }

    pub(super) fn names(&self) -> Vec<Arc<str>> {
        let columns = self.columns.iter();
        columns.map(|column| column.name.clone()).collect()
    }

    pub(super) fn count(&self) -> usize {
        self.columns.len()
    }

    /// Returns the size of all names.
    pub(super) fn names_bytes(&self) -> usize {
        self.names_bytes
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| &*column.name)
    }

    /// Returns the names and types; a column without values is text.
    #[cfg_attr(
        not(feature = "parquet"),
        allow(dead_code, reason = "only Parquet has types")
    )]
    pub(super) fn kinds(&self) -> impl Iterator<Item = (&str, Kind)> {
        let columns = self.columns.iter();
        columns.map(|column| (&*column.name, column.kind.unwrap_or(Kind::Text)))
    }

    /// Adds the columns of a record, and infers their types if they matter.
    pub(super) fn see(&mut self, row: &Row, typed: bool) {
        for (name, cell) in &row.0 {
            let position = self.position(name);
            if !typed || cell.is_empty() {
                continue;
            }
            let seen = kind(cell, self.declared.get(&**name).copied());
            if let Some(column) = self.columns.get_mut(position) {
                column.kind = Some(column.kind.map_or(seen, |known| common(known, seen)));
            }
        }
    }

    fn position(&mut self, name: &Arc<str>) -> usize {
        if let Some(position) = self.positions.get(name) {
            return *position;
        }
        let position = self.columns.len();
        self.names_bytes += name.len();
        self.positions.insert(name.clone(), position);
        self.columns.push(Column {
            name: name.clone(),
            kind: None,
        });
        position
    }
}

/// Returns the type of a value: the declared one if the value is of it. A value that no type can hold exactly is text.
fn kind(cell: &Cell, declared: Option<Kind>) -> Kind {
    let text = cell.text();
    let is = |kind: Kind| match kind {
        Kind::Text => true,
        Kind::Integer => text.trim().parse::<i64>().is_ok(),
        Kind::Double => is_double(&text),
        Kind::Bool => matches!(&*text, "true" | "false"),
        Kind::Time => time(&text).is_some(),
    };
    if let Some(declared) = declared {
        return if is(declared) { declared } else { Kind::Text };
    }
    match cell {
        Cell::Bool(_) => Kind::Bool,
        Cell::Number(_) if is(Kind::Integer) => Kind::Integer,
        Cell::Number(_) if is(Kind::Double) => Kind::Double,
        _ => Kind::Text,
    }
}

/// Returns whether a double represents a number exactly.
fn is_double(text: &str) -> bool {
    const DIGITS: usize = 15;
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    digits <= DIGITS && text.trim().parse::<f64>().is_ok_and(f64::is_finite)
}

fn common(left: Kind, right: Kind) -> Kind {
    match (left, right) {
        (left, right) if left == right => left,
        (Kind::Integer, Kind::Double) | (Kind::Double, Kind::Integer) => Kind::Double,
        _ => Kind::Text,
    }
}
