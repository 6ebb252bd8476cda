//! [`Plan`]: the tasks of a flow in; what becomes of each record out.
//!
//! The order of tasks does not matter, so records go through the steps in one order always: filters and validations see
//! the source's values, then fields are calculated and joined, cut, masked, mapped, and sorted into folders.

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

/// What becomes of records.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    filters: Vec<Filter>,
    validations: Vec<Validation>,
    made: Vec<Made>,
    truncations: Vec<Truncate>,
    masks: Vec<Mask>,
    mapping: Mapping,
    partition_keys: Vec<String>,
}

/// A field that is made of others.
#[derive(Debug, Clone)]
enum Made {
    Calculated(Arithmetic),
    Joined(Merge),
}

/// What became of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It goes to the destination, into this folder.
    Written(Row, String),
    /// A filter did not pass it.
    Filtered,
    /// A validation dropped it.
    Dropped,
    /// A validation ends the run over it.
    EndsRun(String),
    /// It cannot be processed.
    Failed(String),
}

impl Plan {
    /// Makes a plan; an error names the task.
    pub(crate) fn new(tasks: &[Task]) -> Result<Self, String> {
        let mut plan = Self::default();
        for (position, task) in tasks.iter().enumerate() {
            plan.add(task).map_err(|reason| {
                format!("task {} ({}): {reason}", position + 1, task.task_type)
            })?;
        }
        Ok(plan)
    }

    fn add(&mut self, task: &Task) -> Result<(), String> {
        let operator = operator(task).map_or_else(String::new, |(_, operator)| operator);
        match task.task_type {
            TaskType::Filter => match operator.as_str() {
                "PROJECTION" => self.mapping.project(&task.source_fields),
                // It compares with nothing.
                "NO_OP" | "" => {}
                operator => self.filters.push(Filter::new(task, operator)?),
            },
            TaskType::Validate => self.validations.push(Validation::new(task, &operator)?),
            TaskType::Arithmetic => {
                let calculation = Arithmetic::new(task, &operator)?;
                self.mapping.made(&calculation.result);
                self.made.push(Made::Calculated(calculation));
            }
            TaskType::Merge => {
                let merge = Merge::new(task);
                self.mapping.made(&merge.result);
                self.made.push(Made::Joined(merge));
            }
            TaskType::Truncate => self.truncations.push(Truncate::new(task)?),
            TaskType::Mask => self.masks.push(Mask::new(task, &operator)?),
            TaskType::Map => self.mapping.add_map(task),
            TaskType::MapAll => self.mapping.add_map_all(task),
            TaskType::Partition => self.partition_keys.extend(partition::keys(task)),
            // It has no documented effect.
            _ => {}
        }
        Ok(())
    }

    /// The columns of the destination, where they do not depend on the records.
    pub(crate) fn columns(&self) -> Option<Vec<Arc<str>>> {
        self.mapping.columns()
    }

    /// The types that the destination's fields were given.
    pub(crate) fn types(&self) -> &BTreeMap<String, String> {
        &self.mapping.types
    }

    /// Takes a record through all steps.
    pub(crate) fn apply(&self, row: &mut Row) -> Fate {
        if !self.filters.iter().all(|filter| filter.passes(row)) {
            return Fate::Filtered;
        }
        for validation in &self.validations {
            if !validation.accepts(row) {
                return if validation.drops_dataset {
                    Fate::EndsRun(validation.message())
                } else {
                    Fate::Dropped
                };
            }
        }
        for made in &self.made {
            match made {
                Made::Calculated(calculation) => {
                    if let Err(reason) = calculation.calculate(row) {
                        return Fate::Failed(reason);
                    }
                }
                Made::Joined(merge) => merge.join(row),
            }
        }
        for truncation in &self.truncations {
            truncation.cut(row);
        }
        for mask in &self.masks {
            mask.hide(row);
        }
        let mapped = self.mapping.map(row);
        let folder = partition::path(&self.partition_keys, &mapped, row);
        Fate::Written(mapped, folder)
    }
}
