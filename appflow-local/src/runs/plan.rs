//! [`Plan`]: the tasks of a flow as steps that process each record.
//!
//! The order of tasks does not matter. Steps always run in one order: filters and validations on the source's values,
//! then arithmetic, merge, truncate, mask, map and partition.

use super::cell::Row;
use super::steps::arithmetic::Arithmetic;
use super::steps::filter::Filter;
use super::steps::map::Mapping;
use super::steps::mask::Mask;
use super::steps::merge::Merge;
use super::steps::partition;
use super::steps::truncate::Truncate;
use super::steps::validate::Validation;
use crate::rules::tasks::operator;
use appflow_sdk::types::{Task, TaskType};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The steps that process records.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    filters: Vec<Filter>,
    validations: Vec<Validation>,
    made: Vec<Computed>,
    truncations: Vec<Truncate>,
    masks: Vec<Mask>,
    mapping: Mapping,
    partition_keys: Vec<String>,
}

/// A field that is computed from others.
#[derive(Debug, Clone)]
enum Computed {
    Calculated(Arithmetic),
    Joined(Merge),
}

/// The outcome for a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The record goes to this folder of the destination.
    Written(Row, String),
    /// A filter excluded the record.
    Filtered,
    /// A validation dropped the record.
    Dropped,
    /// A validation ends the run.
    EndsRun(String),
    /// The record cannot be processed.
    Failed(String),
}

impl Plan {
    /// Creates a plan. An error names the task.
    pub(crate) fn new(tasks: &[Task]) -> Result<Self, String> {
        let mut plan = Self::default();
        for (position, task) in tasks.iter().enumerate() {
            plan.add(task).map_err(|reason| {
                format!("task {} ({}): {reason}", position + 1, task.task_type)
            })?;
        }
        plan.mapping.complete();
        Ok(plan)
    }

    fn add(&mut self, task: &Task) -> Result<(), String> {
        let operator = operator(task).map_or_else(String::new, |(_, operator)| operator);
        match task.task_type {
            TaskType::Filter => match operator.as_str() {
                "PROJECTION" => self.mapping.project(&task.source_fields),
                // These do not filter.
                "NO_OP" | "" => {}
                operator => self.filters.push(Filter::new(task, operator)?),
            },
            TaskType::Validate => self.validations.push(Validation::new(task, &operator)?),
            TaskType::Arithmetic => {
                let calculation = Arithmetic::new(task, &operator)?;
                self.mapping.made(&calculation.result);
                self.made.push(Computed::Calculated(calculation));
            }
            TaskType::Merge => {
                let merge = Merge::new(task);
                self.mapping.made(&merge.result);
                self.made.push(Computed::Joined(merge));
            }
            TaskType::Truncate => self.truncations.push(Truncate::new(task)?),
            TaskType::Mask => self.masks.push(Mask::new(task, &operator)?),
            TaskType::Map => self.mapping.add_map(task),
            TaskType::MapAll => self.mapping.add_map_all(task),
            TaskType::Partition => self.partition_keys.extend(partition::keys(task)),
            // No effect is documented.
            _ => {}
        }
        Ok(())
    }

    /// Returns the columns of the destination, unless they depend on the records.
    pub(crate) fn columns(&self) -> Option<Vec<Arc<str>>> {
        self.mapping.columns()
    }

    /// Returns the types of the destination's fields.
    pub(crate) fn types(&self) -> &BTreeMap<String, String> {
        &self.mapping.types
    }

    /// Applies all steps to a record.
    pub(crate) fn apply(&self, row: &mut Row) -> Outcome {
        if !self.filters.iter().all(|filter| filter.passes(row)) {
            return Outcome::Filtered;
        }
        for validation in &self.validations {
            if !validation.accepts(row) {
                return if validation.drops_dataset {
                    Outcome::EndsRun(validation.message())
                } else {
                    Outcome::Dropped
                };
            }
        }
        for made in &self.made {
            match made {
                Computed::Calculated(calculation) => {
                    if let Err(reason) = calculation.calculate(row) {
                        return Outcome::Failed(reason);
                    }
                }
                Computed::Joined(merge) => {
                    if let Err(reason) = merge.join(row) {
                        return Outcome::Failed(reason);
                    }
                }
            }
        }
        for truncation in &self.truncations {
            truncation.cut(row);
        }
        for mask in &self.masks {
            if let Err(reason) = mask.hide(row) {
                return Outcome::Failed(reason);
            }
        }
        let mapped = self.mapping.map(row);
        let folder = partition::path(&self.partition_keys, &mapped, row);
        Outcome::Written(mapped, folder)
    }
}
