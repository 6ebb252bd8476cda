//! Merge: joins fields into one text.

use super::{property, result};
use crate::runs::cell::{Cell, Row};
use crate::runs::read::MAX_RECORD_BYTES;
use appflow_sdk::types::{OperatorPropertiesKeys, Task};
use std::sync::Arc;

/// A text that is built from fields.
#[derive(Debug, Clone)]
pub(crate) struct Merge {
    pieces: Vec<Piece>,
    pub(crate) result: Arc<str>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(String),
}

impl Merge {
    /// Parses a format. With `${name}` it is a pattern; otherwise it separates the fields.
    pub(crate) fn new(task: &Task) -> Self {
        let format = property(task, OperatorPropertiesKeys::ConcatFormat).unwrap_or_default();
        let pieces = pattern(format, &task.source_fields).unwrap_or_else(|| {
            let mut pieces = Vec::new();
            for field in &task.source_fields {
                if !pieces.is_empty() {
                    pieces.push(Piece::Text(format.to_owned()));
                }
                pieces.push(Piece::Field(field.clone()));
            }
            pieces
        });
        Self {
            pieces,
            result: result(task),
        }
    }

    /// Adds the text to a record. Fields without a value are empty. A text that is longer than a record may be is an error:
    /// a pattern may repeat a field.
    pub(crate) fn join(&self, row: &mut Row) -> Result<(), String> {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(constant) => text.push_str(constant),
                Piece::Field(name) => text.push_str(&row.get(name).unwrap_or(&Cell::Null).text()),
            }
            if text.len() > MAX_RECORD_BYTES {
                return Err(format!("{} is longer than 16 MB", self.result));
            }
        }
        row.set(&self.result, Cell::Text(text));
        Ok(())
    }
}

/// Returns the pieces of a pattern, if it names one of the fields.
fn pattern(format: &str, fields: &[String]) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut names_one = false;
    let mut rest = format;
    while let Some(start) = rest.find("${") {
        let after = &rest[start + 2..];
        let Some(end) = after.find('}') else { break };
        let name = &after[..end];
        if fields.iter().any(|field| field == name) {
            pieces.push(Piece::Text(rest[..start].to_owned()));
            pieces.push(Piece::Field(name.to_owned()));
            names_one = true;
        } else {
            pieces.push(Piece::Text(rest[..start + 2 + end + 1].to_owned()));
        }
        rest = &after[end + 1..];
    }
    pieces.push(Piece::Text(rest.to_owned()));
    names_one.then_some(pieces)
}
