//! Validate: drops records, or the whole run, by what a field holds.

use super::property;
use crate::runs::cell::{Cell, Row};
use crate::runs::types::number;
use appflow_sdk::types::{OperatorPropertiesKeys, Task};
use std::cmp::Ordering;

/// A check of fields.
#[derive(Debug, Clone)]
pub(crate) struct Validation {
    fields: Vec<String>,
    check: fn(&Cell) -> bool,
    /// Whether a record that fails ends the run with nothing written.
    pub(crate) drops_dataset: bool,
    operator: String,
}

impl Validation {
    pub(crate) fn new(task: &Task, operator: &str) -> Result<Self, String> {
        let check: fn(&Cell) -> bool = match operator {
            "VALIDATE_NON_NULL" => |cell| !cell.is_nothing(),
            // What is no number is neither zero nor negative; VALIDATE_NUMERIC is for that.
            "VALIDATE_NON_ZERO" => |cell| {
                let sign = number(cell).and_then(|number| number.sign());
                sign != Some(Ordering::Equal)
            },
            "VALIDATE_NON_NEGATIVE" => |cell| {
                let sign = number(cell).and_then(|number| number.sign());
                sign != Some(Ordering::Less)
            },
            "VALIDATE_NUMERIC" => |cell| cell.is_nothing() || number(cell).is_some(),
            other => return Err(format!("{other} does not validate")),
        };
        let action = property(task, OperatorPropertiesKeys::ValidationAction);
        let drops_dataset = match action.unwrap_or_default() {
            "DropRecord" => false,
            "DropDataset" => true,
            _ => return Err("VALIDATION_ACTION must be DropRecord or DropDataset".to_owned()),
        };
        Ok(Self {
            fields: task.source_fields.clone(),
            check,
            drops_dataset,
            operator: operator.to_owned(),
        })
    }

    /// Returns whether a record is valid.
    pub(crate) fn accepts(&self, row: &Row) -> bool {
        let cells = self.fields.iter();
        cells
            .into_iter()
            .all(|field| (self.check)(row.get(field).unwrap_or(&Cell::Null)))
    }

    /// What a run says that this ended.
    pub(crate) fn message(&self) -> String {
        let fields = self.fields.join(", ");
        format!("A record failed {} of {fields}", self.operator)
    }
}
