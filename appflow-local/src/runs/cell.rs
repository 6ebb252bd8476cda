//! [`Cell`] and [`Row`]: a value and a record on their way from a source to a destination.

use std::borrow::Cow;
use std::sync::Arc;

/// A value. Numbers are kept as they were written, so that none loses digits.
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
    /// Returns whether it holds nothing. A CSV file cannot tell nothing from an empty text.
    pub(crate) fn is_nothing(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            _ => false,
        }
    }

    /// Returns the value as text; nothing is empty.
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
    // Writing a text into memory cannot fail.
    let _ = serde_json::to_writer(out, text);
}

/// A record: names and values, in their order. No name stands twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Row(pub(crate) Vec<(Arc<str>, Cell)>);

impl Row {
    pub(crate) fn get(&self, name: &str) -> Option<&Cell> {
        let mut cells = self.0.iter();
        cells
            .find(|(found, _)| **found == *name)
            .map(|(_, cell)| cell)
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
