//! Arithmetic: calculates with fields, exactly, in decimals.

use super::property;
use crate::runs::cell::{Cell, Row};
use crate::runs::types::{Number, number};
use appflow_sdk::types::{OperatorPropertiesKeys, Task};
use rust_decimal::Decimal;
use std::sync::Arc;

type Operation = fn(Decimal, Decimal) -> Option<Decimal>;

/// A calculation.
#[derive(Debug, Clone)]
pub(crate) struct Arithmetic {
    /// The operands, the first one first.
    operands: Vec<String>,
    operation: Operation,
    pub(crate) result: Arc<str>,
}

impl Arithmetic {
    pub(crate) fn new(task: &Task, operator: &str) -> Result<Self, String> {
        let operation: Operation = match operator {
            "ADDITION" => Decimal::checked_add,
            "SUBTRACTION" => Decimal::checked_sub,
            "MULTIPLICATION" => Decimal::checked_mul,
            "DIVISION" => Decimal::checked_div,
            other => return Err(format!("{other} does not calculate")),
        };
        let order = property(task, OperatorPropertiesKeys::MathOperationFieldsOrder);
        let operands = order.map_or_else(|| task.source_fields.clone(), super::names);
        if operands.len() < 2 {
            return Err("a calculation needs two fields".to_owned());
        }
        let result = task.destination_field.clone();
        let result = result.filter(|name| !name.is_empty());
        Ok(Self {
            result: result
                .unwrap_or_else(|| task.source_fields.join(","))
                .into(),
            operands,
            operation,
        })
    }

    /// Adds the result to a record: null where an operand is. An error says why a record has no result.
    pub(crate) fn calculate(&self, row: &mut Row) -> Result<(), String> {
        let mut result: Option<Decimal> = None;
        for name in &self.operands {
            let Some(cell) = row.get(name).filter(|cell| !cell.is_nothing()) else {
                row.set(&self.result, Cell::Null);
                return Ok(());
            };
            let Some(Number::Exact(operand)) = number(cell) else {
                return Err(format!("{name} is not a number to calculate with"));
            };
            result = Some(match result {
                None => operand,
                Some(left) => (self.operation)(left, operand)
                    .ok_or_else(|| format!("{} cannot be calculated", self.result))?,
            });
        }
        let result = result.unwrap_or_default().normalize().to_string();
        row.set(&self.result, Cell::Number(result));
        Ok(())
    }
}
