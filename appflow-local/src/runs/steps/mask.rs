//! Mask: replaces the characters of a value or of a part of it.

use super::{length, property};
use crate::runs::cell::{Cell, Row};
use crate::runs::read::MAX_RECORD_BYTES;
use appflow_sdk::types::{OperatorPropertiesKeys, Task};

/// The maximum `MASK_LENGTH` of MASK_ALL, which is the length of its result.
const MAX_LENGTH: usize = 10_000;
/// The maximum length of `MASK_VALUE`, which replaces each character. AWS documents one.
const MAX_VALUE_LENGTH: usize = 10;

/// A mask over fields.
#[derive(Debug, Clone)]
pub(crate) struct Mask {
    fields: Vec<String>,
    part: Part,
    by: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The whole value; with a length, the result has that length.
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
            "MASK_ALL" => match given()? {
                length if length > MAX_LENGTH => {
                    return Err(format!("MASK_LENGTH must be at most {MAX_LENGTH}"));
                }
                length => Part::All(Some(length)),
            },
            "MASK_FIRST_N" => Part::First(given()?),
            "MASK_LAST_N" => Part::Last(given()?),
            other => return Err(format!("{other} is not a mask operator")),
        };
        let by = property(task, OperatorPropertiesKeys::MaskValue).unwrap_or("*");
        if by.chars().count() > MAX_VALUE_LENGTH {
            let message = format!("MASK_VALUE must have at most {MAX_VALUE_LENGTH} characters");
            return Err(message);
        }
        Ok(Self {
            fields: task.source_fields.clone(),
            part,
            by: by.to_owned(),
        })
    }

    /// Masks the fields of a record. Empty values do not change. A text that is longer than a record may be is an error:
    /// each mask may make a value several times as long.
    pub(crate) fn hide(&self, row: &mut Row) -> Result<(), String> {
        for field in &self.fields {
            let cell = row.get_mut(field).filter(|cell| !cell.is_empty());
            if let Some(cell) = cell {
                let masked = self.masked(&cell.text());
                *cell = Cell::Text(masked.ok_or_else(|| format!("{field} is longer than 16 MB"))?);
            }
        }
        Ok(())
    }

    /// Returns the masked text, or `None` if it is longer than a record may be.
    fn masked(&self, text: &str) -> Option<String> {
        let length = text.chars().count();
        let hidden = match self.part {
            Part::All(None) => 0..length,
            Part::All(Some(count)) => return Some(self.by.repeat(count)),
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
            if masked.len() > MAX_RECORD_BYTES {
                return None;
            }
        }
        Some(masked)
    }
}
