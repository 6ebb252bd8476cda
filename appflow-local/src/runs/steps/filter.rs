//! Filter: passes the records whose fields match a comparison.

use super::property;
use crate::runs::cell::{Cell, Row};
use crate::runs::types::DataType;
use appflow_sdk::types::{OperatorPropertiesKeys, Task};
use std::cmp::Ordering;

/// A comparison of fields.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    fields: Vec<String>,
    data_type: DataType,
    comparison: Comparison,
}

#[derive(Debug, Clone)]
enum Comparison {
    /// Equal to one of these.
    Equal(Vec<String>),
    /// Equal to none of these.
    NotEqual(Vec<String>),
    /// Contains at least one of these.
    Contains(Vec<String>),
    /// In this order to one of these.
    Ordered(fn(Ordering) -> bool, Vec<String>),
    /// From the first to the second, both included.
    Between(String, String),
}

impl Filter {
    pub(crate) fn new(task: &Task, operator: &str) -> Result<Self, String> {
        let data_type = DataType::of(property(task, OperatorPropertiesKeys::DataType));
        let comparison = match operator {
            "EQUAL_TO" => Comparison::Equal(operands(task)?),
            "NOT_EQUAL_TO" => Comparison::NotEqual(operands(task)?),
            "CONTAINS" => Comparison::Contains(operands(task)?),
            "LESS_THAN" => Comparison::Ordered(Ordering::is_lt, operands(task)?),
            "LESS_THAN_OR_EQUAL_TO" => Comparison::Ordered(Ordering::is_le, operands(task)?),
            "GREATER_THAN" => Comparison::Ordered(Ordering::is_gt, operands(task)?),
            "GREATER_THAN_OR_EQUAL_TO" => Comparison::Ordered(Ordering::is_ge, operands(task)?),
            "BETWEEN" => {
                let bound = |key: OperatorPropertiesKeys, name: &str| {
                    let text = property(task, key).map(str::to_owned);
                    text.ok_or_else(|| format!("{name} must be given"))
                };
                Comparison::Between(
                    bound(OperatorPropertiesKeys::LowerBound, "LOWER_BOUND")?,
                    bound(OperatorPropertiesKeys::UpperBound, "UPPER_BOUND")?,
                )
            }
            other => return Err(format!("{other} is not a filter operator")),
        };
        let filter = Self {
            fields: task.source_fields.clone(),
            data_type,
            comparison,
        };
        filter.check()?;
        Ok(filter)
    }

    /// Rejects operands that are not values of the data type: no field would ever match them.
    fn check(&self) -> Result<(), String> {
        let operands: Vec<&String> = match &self.comparison {
            Comparison::Contains(_) => return Ok(()),
            Comparison::Equal(values)
            | Comparison::NotEqual(values)
            | Comparison::Ordered(_, values) => values.iter().collect(),
            Comparison::Between(lower, upper) => vec![lower, upper],
        };
        if operands.iter().all(|text| self.data_type.accepts(text)) {
            return Ok(());
        }
        Err("an operand is not a value of DATA_TYPE".to_owned())
    }

    /// Returns whether a record passes.
    pub(crate) fn passes(&self, row: &Row) -> bool {
        let fields = self.fields.iter();
        fields
            .into_iter()
            .all(|field| self.passes_cell(row.get(field)))
    }

    /// Compares a field. Only `NOT_EQUAL_TO` passes a field without a value.
    fn passes_cell(&self, cell: Option<&Cell>) -> bool {
        let Some(cell) = cell.filter(|cell| !cell.is_empty()) else {
            return matches!(self.comparison, Comparison::NotEqual(_));
        };
        let text = cell.text();
        let compares = |operand: &String, test: fn(Ordering) -> bool| {
            self.data_type.compare(&text, operand).is_some_and(test)
        };
        match &self.comparison {
            Comparison::Equal(values) => values.iter().any(|it| compares(it, Ordering::is_eq)),
            Comparison::NotEqual(values) => !values.iter().any(|it| compares(it, Ordering::is_eq)),
            Comparison::Contains(values) => values.iter().any(|it| text.contains(it.as_str())),
            Comparison::Ordered(test, values) => values.iter().any(|it| compares(it, *test)),
            Comparison::Between(lower, upper) => {
                compares(lower, Ordering::is_ge) && compares(upper, Ordering::is_le)
            }
        }
    }
}

/// Returns the operands: `VALUE`, or the values of `VALUES`, separated by commas.
pub(crate) fn operands(task: &Task) -> Result<Vec<String>, String> {
    if let Some(values) = property(task, OperatorPropertiesKeys::Values) {
        return Ok(values
            .split(',')
            .map(|value| value.trim().to_owned())
            .collect());
    }
    let value = property(task, OperatorPropertiesKeys::Value).map(str::to_owned);
    value
        .map(|value| vec![value])
        .ok_or_else(|| "VALUE or VALUES must be given".to_owned())
}
