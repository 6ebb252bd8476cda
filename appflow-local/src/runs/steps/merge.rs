//! Merge: joins fields into one text.

use super::property;
use crate::runs::cell::{Cell, Row};
use appflow_sdk::types::{OperatorPropertiesKeys, Task};
use std::sync::Arc;

/// A text made of fields.
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
    /// A format with `${name}` is a pattern; any other one stands between the fields.
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
        let result = task.destination_field.clone();
        let result = result.filter(|name| !name.is_empty());
        Self {
            pieces,
            result: result
                .unwrap_or_else(|| task.source_fields.join(","))
                .into(),
        }
    }

    /// Adds the text to a record. A field without a value adds nothing to it.
    pub(crate) fn join(&self, row: &mut Row) {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(constant) => text.push_str(constant),
                Piece::Field(name) => text.push_str(&row.get(name).unwrap_or(&Cell::Null).text()),
            }
        }
        row.set(&self.result, Cell::Text(text));
    }
}

/// The pieces of a pattern, if it names one of the fields.
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
