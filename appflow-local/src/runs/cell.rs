//! [`Cell`] and [`Row`]: a value and a record between source and destination.

use std::borrow::Cow;
use std::sync::Arc;

/// A value. Numbers keep their text, so that no digits are lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Null,
    Bool(bool),
    /// A number, as JSON writes it.
    Number(String),
    Text(String),
    /// An object or an array, as JSON.
    Nested(String),
}

impl Cell {
    /// Returns whether it is null or empty. A CSV file does not distinguish the two.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            _ => false,
        }
    }

    /// Returns the value as text; null is empty.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Null => Cow::Borrowed(""),
            Self::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Self::Number(text) | Self::Text(text) | Self::Nested(text) => Cow::Borrowed(text),
        }
    }

    /// Appends the value as JSON.
    pub(crate) fn write_json(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.extend_from_slice(b"null"),
            Self::Text(text) => write_json_text(text, out),
            other => out.extend_from_slice(other.text().as_bytes()),
        }
    }
}

/// Appends a text as JSON.
pub(crate) fn write_json_text(text: &str, out: &mut Vec<u8>) {
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(out, text);
}

/// A record: names and values in order. Names are unique.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Row(pub(crate) Vec<(Arc<str>, Cell)>);

impl Row {
    pub(crate) fn get(&self, name: &str) -> Option<&Cell> {
        let mut cells = self.0.iter();
        cells
            .find(|(found, _)| **found == *name)
            .map(|(_, cell)| cell)
    }

    /// Returns the value of a name that is most likely at a position, since records of a source have one order.
    pub(crate) fn get_near(&self, position: usize, name: &str) -> Option<&Cell> {
        match self.0.get(position) {
            Some((found, cell)) if **found == *name => Some(cell),
            _ => self.get(name),
        }
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Cell> {
        let mut cells = self.0.iter_mut();
        cells
            .find(|(found, _)| **found == *name)
            .map(|(_, cell)| cell)
    }

    /// Sets a value, in place or at the end.
    pub(crate) fn set(&mut self, name: &Arc<str>, cell: Cell) {
        match self.get_mut(name) {
            Some(found) => *found = cell,
            None => self.0.push((name.clone(), cell)),
        }
    }

    /// Returns its size in memory in bytes, about: its names, texts and cells.
    #[cfg_attr(
        not(feature = "parquet"),
        allow(dead_code, reason = "only Parquet has row groups")
    )]
    pub(crate) fn size(&self) -> usize {
        let texts = self.0.iter();
        let texts = texts.map(|(name, cell)| name.len() + cell.text().len());
        texts.sum::<usize>() + self.0.len() * size_of::<(Arc<str>, Cell)>()
    }

    /// Appends the record as a JSON object.
    pub(crate) fn write_json(&self, out: &mut Vec<u8>) {
        out.push(b'{');
        for (position, (name, cell)) in self.0.iter().enumerate() {
            if position > 0 {
                out.push(b',');
            }
            write_json_text(name, out);
            out.push(b':');
            cell.write_json(out);
        }
        out.push(b'}');
    }

    /// Returns the record as a JSON object.
    pub(crate) fn json(&self) -> String {
        let mut out = Vec::new();
        self.write_json(&mut out);
        String::from_utf8_lossy(&out).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_a_row_includes_its_cells() {
        let empty = |column: u32| (column.to_string().into(), Cell::Null);
        let row = Row((0..1000).map(empty).collect());
        assert!(row.size() >= 1000 * size_of::<Cell>());
    }

    #[test]
    fn rows_are_written_as_json_with_their_types() {
        let row = Row(vec![
            ("n".into(), Cell::Number("12345678901234567890.10".into())),
            ("t".into(), Cell::Text("a \"b\"\n\u{1F980}".into())),
            ("b".into(), Cell::Bool(true)),
            ("e".into(), Cell::Null),
            ("o".into(), Cell::Nested("{\"x\":[1]}".into())),
        ]);
        assert_eq!(
            row.json(),
            "{\"n\":12345678901234567890.10,\"t\":\"a \\\"b\\\"\\n\u{1F980}\",\"b\":true,\"e\":null,\"o\":{\"x\":[1]}}"
        );
    }
}
