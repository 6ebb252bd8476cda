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
    /// `true` if there is an integer that a double would round.
    has_long_integer: bool,
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
                column.add(cell, seen);
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
            has_long_integer: false,
        });
        position
    }
}

impl Column {
    /// Adds a value and its type.
    fn add(&mut self, cell: &Cell, seen: Kind) {
        self.has_long_integer |= seen == Kind::Integer && is_long(&cell.text());
        let known = self.kind.unwrap_or(seen);
        self.kind = Some(match common(known, seen) {
            Kind::Double if self.has_long_integer => Kind::Text,
            common => common,
        });
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
        Kind::Time => has_millis(&text) && time(&text).is_some(),
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

/// Returns whether a double represents a number with all of its digits.
fn is_double(text: &str) -> bool {
    const DIGITS: usize = 15;
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    let is_zero = !mantissa.contains(|c: char| matches!(c, '1'..='9'));
    let number = text.trim().parse::<f64>();
    // Numbers near zero have fewer digits, or are zero.
    digits <= DIGITS && number.is_ok_and(|number| number.is_normal() || is_zero && number == 0.0)
}

/// Returns whether a double would round an integer.
fn is_long(text: &str) -> bool {
    const MAX_EXACT: u64 = 1 << 53;
    let number = text.trim().parse::<i64>();
    number.is_ok_and(|number| number.unsigned_abs() > MAX_EXACT)
}

/// Returns whether milliseconds represent a time with all of its digits.
fn has_millis(text: &str) -> bool {
    const DIGITS: usize = 3;
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    let end = fraction.find(|c: char| !c.is_ascii_digit());
    let digits = fraction.get(..end.unwrap_or(fraction.len()));
    digits.is_some_and(|digits| digits.trim_end_matches('0').len() <= DIGITS)
}

fn common(left: Kind, right: Kind) -> Kind {
    match (left, right) {
        (left, right) if left == right => left,
        (Kind::Integer, Kind::Double) | (Kind::Double, Kind::Integer) => Kind::Double,
        _ => Kind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the type of a column with these values.
    fn kind_of(declared: &str, cells: &[Cell]) -> Kind {
        let types = BTreeMap::from([("c".to_owned(), declared.to_owned())]);
        let mut columns = Columns::new(None, &types);
        for cell in cells {
            columns.see(&Row(vec![("c".into(), cell.clone())]), true);
        }
        columns.kinds().next().unwrap().1
    }

    #[test]
    fn a_type_that_would_lose_digits_becomes_text() {
        let table: [(&[&str], Kind); 12] = [
            (&["1", "0.5"], Kind::Double),
            (&["9007199254740992", "0.5"], Kind::Double),
            (&["9007199254740993"], Kind::Integer),
            (&["9007199254740993", "0.5"], Kind::Text),
            (&["0.5", "9007199254740993"], Kind::Text),
            (&["-9007199254740993", "1", "0.5", "2"], Kind::Text),
            (&["9223372036854775808"], Kind::Text),
            (&["0.1234567890123456"], Kind::Text),
            (&["0.0", "-0.0e5", "1e300"], Kind::Double),
            (&["1e400"], Kind::Text),
            (&["1e-400"], Kind::Text),
            (&["1.23456789e-320"], Kind::Text),
        ];
        for (numbers, expected) in table {
            let cells = numbers.iter();
            let cells: Vec<_> = cells.map(|it| Cell::Number((*it).to_owned())).collect();
            assert_eq!(kind_of("", &cells), expected, "{numbers:?}");
        }
        for (time, expected) in [
            ("1767225600000", Kind::Time),
            ("2026-01-01T00:00:00Z", Kind::Time),
            ("2026-01-01T00:00:00.123Z", Kind::Time),
            ("2026-01-01T00:00:00.123000+01:00", Kind::Time),
            ("2026-01-01T00:00:00.123456Z", Kind::Text),
            ("2026-01-01 00:00:00.0001", Kind::Text),
        ] {
            let cell = Cell::Text(time.to_owned());
            assert_eq!(kind_of("datetime", &[cell]), expected, "{time}");
        }
    }
}
