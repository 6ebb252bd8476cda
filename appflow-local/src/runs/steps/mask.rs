//! Mask: hides a value or a part of it.

use super::{length, property};
use crate::runs::cell::{Cell, Row};
use appflow_sdk::types::{OperatorPropertiesKeys, Task};

/// A mask over fields.
#[derive(Debug, Clone)]
pub(crate) struct Mask {
    fields: Vec<String>,
    part: Part,
    by: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// All of it; with a length, by so many characters whatever its own length is.
    All(Option<usize>),
    First(usize),
    Last(usize),
}

impl Mask {
    pub(crate) fn new(task: &Task, operator: &str) -> Result<Self, String> {
        let key = OperatorPropertiesKeys::MaskLength;
        let given = || length(task, key.clone());
        let part = match operator {
            "MASK_ALL" if property(task, key.clone()).is_none() => Part::All(None),
            "MASK_ALL" => Part::All(Some(given()?)),
            "MASK_FIRST_N" => Part::First(given()?),
            "MASK_LAST_N" => Part::Last(given()?),
            other => return Err(format!("{other} does not mask")),
        };
        let by = property(task, OperatorPropertiesKeys::MaskValue).unwrap_or("*");
        Ok(Self {
            fields: task.source_fields.clone(),
            part,
            by: by.to_owned(),
        })
    }

    /// Masks the fields of a record; what holds nothing stays as it is.
    pub(crate) fn hide(&self, row: &mut Row) {
        for field in &self.fields {
            let cell = row.get_mut(field).filter(|cell| !cell.is_nothing());
            if let Some(cell) = cell {
                *cell = Cell::Text(self.masked(&cell.text()));
            }
        }
    }

    fn masked(&self, text: &str) -> String {
        let length = text.chars().count();
        let hidden = match self.part {
            Part::All(None) => 0..length,
            Part::All(Some(count)) => return self.by.repeat(count),
            Part::First(count) => 0..count.min(length),
            Part::Last(count) => length.saturating_sub(count)..length,
        };
        let mut masked = String::with_capacity(text.len());
        for (position, character) in text.chars().enumerate() {
            if hidden.contains(&position) {
                masked.push_str(&self.by);
            } else {
                masked.push(character);
            }
        }
        masked
    }
}
