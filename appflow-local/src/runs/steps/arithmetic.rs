//! Arithmetic: exact decimal calculations on fields.

use super::{names, property, result};
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
            other => return Err(format!("{other} is not an arithmetic operator")),
        };
        let operands = operands(task);
        if operands.len() < 2 {
            return Err("arithmetic requires two source fields".to_owned());
        }
        Ok(Self {
            result: result(task),
            operands,
            operation,
        })
    }

    /// Adds the result to a record; it is null if an operand is.
    pub(crate) fn calculate(&self, row: &mut Row) -> Result<(), String> {
        let mut result: Option<Decimal> = None;
        for name in &self.operands {
            let Some(cell) = row.get(name).filter(|cell| !cell.is_empty()) else {
                row.set(&self.result, Cell::Null);
                return Ok(());
            };
            let Some(Number::Exact(operand)) = number(cell) else {
                return Err(format!("{name} is not a number"));
            };
            result = Some(match result {
                None => operand,
                Some(left) => (self.operation)(left, operand)
                    .ok_or_else(|| format!("cannot calculate {}", self.result))?,
            });
        }
        let result = result.unwrap_or_default().normalize().to_string();
        row.set(&self.result, Cell::Number(result));
        Ok(())
    }
}

/// Returns the fields of a calculation, in its order.
pub(crate) fn operands(task: &Task) -> Vec<String> {
    let order = property(task, OperatorPropertiesKeys::MathOperationFieldsOrder);
    order.map_or_else(|| task.source_fields.clone(), names)
}
