//! Truncate: cuts a value after so many characters.

use super::length;
use crate::runs::cell::{Cell, Row};
use appflow_sdk::types::{OperatorPropertiesKeys, Task};

/// A length of fields.
#[derive(Debug, Clone)]
pub(crate) struct Truncate {
    fields: Vec<String>,
    length: usize,
}

impl Truncate {
    pub(crate) fn new(task: &Task) -> Result<Self, String> {
        Ok(Self {
            fields: task.source_fields.clone(),
            length: length(task, OperatorPropertiesKeys::TruncateLength)?,
        })
    }

    /// Cuts the fields of a record. What is cut is text; what is short enough keeps its type.
    pub(crate) fn cut(&self, row: &mut Row) {
        for field in &self.fields {
            let Some(cell) = row.get_mut(field) else {
                continue;
            };
            let text = cell.text();
            if let Some((end, _)) = text.char_indices().nth(self.length) {
                *cell = Cell::Text(text[..end].to_owned());
            }
        }
    }
}
