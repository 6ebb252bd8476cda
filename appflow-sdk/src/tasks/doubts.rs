//! Warnings about tasks that AppFlow accepts, but that likely do not have the intended effect.

use crate::types::{OperatorPropertiesKeys as Key, Task, TaskType};
use smithy_reqwest::shape::{Structure, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A warning about a task.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Doubt {
    /// The position of the task in the list, from 0.
    pub task: usize,
    /// The type of the task.
    pub task_type: TaskType,
    /// The message.
    pub reason: String,
}

impl fmt::Display for Doubt {
    /// Formats `task 2 (Map): …`; the first task is task 1.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "task {} ({}): {}",
            self.task + 1,
            self.task_type,
            self.reason
        )
    }
}

/// Returns warnings about the tasks of a flow, in the order of tasks.
///
/// AppFlow accepts these tasks, but each is likely a mistake: a mapped field that is not projected, two fields with one
/// destination, an invalid number.
pub fn doubts(tasks: &[Task]) -> Vec<Doubt> {
    let all = All::new(tasks);
    let mut found = Vec::new();
    for (position, task) in tasks.iter().enumerate() {
        let mut reasons = Vec::new();
        of_task(task, &mut reasons);
        all.of_task(task, position, &mut reasons);
        found.extend(reasons.into_iter().map(|reason| Doubt {
            task: position,
            task_type: task.task_type.clone(),
            reason,
        }));
    }
    found
}

/// Returns the operator of a task, for any connector.
fn operator(task: &Task) -> Option<String> {
    let operator = task.connector_operator.as_ref()?;
    let members = operator.schema().members.len();
    (0..members).find_map(|index| match operator.member(index) {
        Value::Enum(value) => Some(value.wire_value().to_owned()),
        _ => None,
    })
}

fn property<'a>(task: &'a Task, key: &Key) -> Option<&'a str> {
    let properties = task.task_properties.as_ref()?;
    properties.get(key).map(String::as_str)
}

/// Returns the destination field, if it is set.
fn destination(task: &Task) -> Option<&str> {
    task.destination_field
        .as_deref()
        .filter(|name| !name.is_empty())
}

/// Returns the name of the result of a Merge or Arithmetic task, which Map tasks can read.
fn made(task: &Task) -> Option<String> {
    match task.task_type {
        TaskType::Merge | TaskType::Arithmetic => {
            let named = destination(task).map(str::to_owned);
            Some(named.unwrap_or_else(|| task.source_fields.join(",")))
        }
        _ => None,
    }
}

/// Adds the warnings about a task by itself.
fn of_task(task: &Task, found: &mut Vec<String>) {
    let operator = operator(task);
    let operator = operator.as_deref();
    if task.task_type != TaskType::MapAll && task.source_fields.iter().any(String::is_empty) {
        found.push("empty name of a source field".to_owned());
    }
    let fits = |prefix: &str| operator.is_some_and(|operator| operator.starts_with(prefix));
    match task.task_type {
        TaskType::Filter => of_filter(task, operator, found),
        TaskType::Map if task.source_fields.len() > 1 => {
            found.push("several source fields: a Map has one".to_owned());
        }
        TaskType::MapAll => of_exclusions(task, found),
        TaskType::Mask => {
            if !fits("MASK_") {
                found.push(
                    "invalid operator: it must be MASK_ALL, MASK_FIRST_N or MASK_LAST_N".to_owned(),
                );
            }
            let is_whole = operator == Some("MASK_ALL");
            of_length(task, &Key::MaskLength, !is_whole, found);
            if property(task, &Key::MaskValue).is_some_and(|by| by.chars().count() != 1) {
                found.push("invalid MASK_VALUE: it must be one character".to_owned());
            }
        }
        TaskType::Truncate => of_length(task, &Key::TruncateLength, true, found),
        TaskType::Validate => {
            if !fits("VALIDATE_") {
                found.push("invalid operator: it must be a validation operator".to_owned());
            }
            let action = property(task, &Key::ValidationAction).unwrap_or_default();
            if !["DropRecord", "DropDataset"].contains(&action) {
                found.push(format!(
                    "invalid VALIDATION_ACTION `{action}`: it must be DropRecord or DropDataset"
                ));
            }
        }
        TaskType::Arithmetic => of_calculation(task, operator, found),
        TaskType::Merge => of_format(task, found),
        TaskType::Partition if list(property(task, &Key::OrderedPartitionKeysList)).is_empty() => {
            found.push("ORDERED_PARTITION_KEYS_LIST names no field".to_owned());
        }
        TaskType::Passthrough => found.push("undocumented effect of this task type".to_owned()),
        TaskType::Unknown(_) => found.push("unknown task type".to_owned()),
        _ => {}
    }
}

fn of_filter(task: &Task, operator: Option<&str>, found: &mut Vec<String>) {
    let operator = match operator {
        Some("PROJECTION") => return,
        None | Some("NO_OP") => {
            found.push("no effect: missing operator".to_owned());
            return;
        }
        Some(operator) => operator,
    };
    let values: Vec<(&str, &str)> = match operator {
        "BETWEEN" => [
            ("LOWER_BOUND", &Key::LowerBound),
            ("UPPER_BOUND", &Key::UpperBound),
        ]
        .into_iter()
        .filter_map(|(name, key)| Some((name, property(task, key)?)))
        .collect(),
        _ => {
            let several = property(task, &Key::Values);
            let several = several.into_iter().flat_map(|values| values.split(','));
            let several = several.map(|value| ("VALUES", value.trim()));
            let one = property(task, &Key::Value).map(|value| ("VALUE", value));
            several.chain(one).collect()
        }
    };
    let Some(data_type) = property(task, &Key::DataType) else {
        found.push("missing DATA_TYPE".to_owned());
        return;
    };
    if values.len() < if operator == "BETWEEN" { 2 } else { 1 } {
        found.push(format!("missing operands of {operator}"));
    }
    if operator != "CONTAINS" {
        let wrong = values.iter().find(|(_, value)| !is_of(data_type, value));
        if let Some((name, _)) = wrong {
            found.push(format!("{name} is not a value of type {data_type}"));
        }
    }
    if let [(_, lower), (_, upper)] = values.as_slice()
        && operator == "BETWEEN"
        && let (Ok(lower), Ok(upper)) = (lower.parse::<f64>(), upper.parse::<f64>())
        && lower > upper
    {
        found.push("LOWER_BOUND is greater than UPPER_BOUND".to_owned());
    }
}

/// Returns whether a text can be a value of a data type. For an unknown type, any text can.
fn is_of(data_type: &str, value: &str) -> bool {
    match data_type.to_ascii_lowercase().as_str() {
        "int" | "integer" | "long" | "short" | "byte" | "bigint" | "double" | "float"
        | "number" | "numeric" | "decimal" | "currency" | "percent" => {
            value.trim().parse::<f64>().is_ok()
        }
        "boolean" | "bool" => {
            let value = value.trim().to_ascii_lowercase();
            ["true", "false", "0", "1", "yes", "no"].contains(&value.as_str())
        }
        "date" | "datetime" | "timestamp" => {
            let starts = value
                .trim()
                .bytes()
                .take(4)
                .filter(u8::is_ascii_digit)
                .count();
            starts == value.trim().len().min(4) && starts > 0
        }
        _ => true,
    }
}

fn of_length(task: &Task, key: &Key, required: bool, found: &mut Vec<String>) {
    let name = key.as_str();
    match property(task, key).map(|text| text.trim().parse::<u32>()) {
        None if required => found.push(format!("missing {name}")),
        Some(Err(_)) => found.push(format!("invalid {name}: it must be a number of characters")),
        Some(Ok(0)) => found.push(format!("{name} is 0")),
        _ => {}
    }
}

fn of_exclusions(task: &Task, found: &mut Vec<String>) {
    let list = property(task, &Key::ExcludeSourceFieldsList).map(str::trim);
    if list.is_some_and(|list| !(list.starts_with('[') && list.ends_with(']'))) {
        found.push("EXCLUDE_SOURCE_FIELDS_LIST is not a JSON list".to_owned());
    }
}

fn of_calculation(task: &Task, operator: Option<&str>, found: &mut Vec<String>) {
    const OPERATORS: [&str; 4] = ["ADDITION", "SUBTRACTION", "MULTIPLICATION", "DIVISION"];
    if operator.is_none_or(|operator| !OPERATORS.contains(&operator)) {
        found.push("invalid operator: it must be an arithmetic operator".to_owned());
    }
    if task.source_fields.len() < 2 {
        found.push("fewer than two source fields".to_owned());
    }
    let order = property(task, &Key::MathOperationFieldsOrder);
    let order = list(order);
    if order.iter().any(|name| !task.source_fields.contains(name)) {
        found.push(
            "MATH_OPERATION_FIELDS_ORDER names a field that is not a source field".to_owned(),
        );
    }
}

fn of_format(task: &Task, found: &mut Vec<String>) {
    let mut rest = property(task, &Key::ConcatFormat).unwrap_or_default();
    while let Some((_, after)) = rest.split_once("${") {
        let Some((name, behind)) = after.split_once('}') else {
            return;
        };
        if !task.source_fields.iter().any(|field| field == name) {
            found.push(format!(
                "CONCAT_FORMAT names `{name}`, which is not a source field"
            ));
        }
        rest = behind;
    }
}

/// Returns names that are separated by commas, or in a JSON list.
fn list(text: Option<&str>) -> Vec<String> {
    let text = text.unwrap_or_default().trim();
    let text = text
        .strip_prefix('[')
        .and_then(|it| it.strip_suffix(']'))
        .unwrap_or(text);
    let names = text.split(',').map(|name| name.trim().trim_matches('"'));
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The combined effect of the tasks of a flow.
struct All<'a> {
    /// The projected fields, if there is a projection.
    projected: Option<BTreeSet<&'a str>>,
    /// The results of other tasks by name.
    made: BTreeMap<String, usize>,
    /// The fields that Map tasks read.
    mapped: BTreeSet<&'a str>,
    maps_all: bool,
    masked: BTreeSet<&'a str>,
    /// The position of the last Map to each destination field.
    destinations: BTreeMap<&'a str, usize>,
}

impl<'a> All<'a> {
    fn new(tasks: &'a [Task]) -> Self {
        let mut all = Self {
            projected: None,
            made: BTreeMap::new(),
            mapped: BTreeSet::new(),
            maps_all: false,
            masked: BTreeSet::new(),
            destinations: BTreeMap::new(),
        };
        for (position, task) in tasks.iter().enumerate() {
            let fields = task.source_fields.iter().map(String::as_str);
            match task.task_type {
                TaskType::Filter if operator(task).as_deref() == Some("PROJECTION") => {
                    all.projected.get_or_insert_default().extend(fields);
                }
                TaskType::Map => {
                    all.mapped.extend(fields);
                    let to = destination(task).or(task.source_fields.first().map(String::as_str));
                    all.destinations.extend(to.map(|to| (to, position)));
                }
                TaskType::MapAll => all.maps_all = true,
                TaskType::Mask => all.masked.extend(fields),
                _ => {}
            }
            all.made.extend(made(task).map(|name| (name, position)));
        }
        all
    }

    fn of_task(&self, task: &Task, position: usize, found: &mut Vec<String>) {
        if let Some(name) = made(task) {
            if !self.mapped.contains(name.as_str()) {
                found.push(format!("no Map writes its result `{name}`"));
            }
            if self.made.get(&name).is_some_and(|last| *last != position) {
                found.push(format!("another task also computes `{name}`"));
            }
        }
        match task.task_type {
            TaskType::Filter
                if operator(task).as_deref() == Some("PROJECTION")
                    && self.mapped.is_empty()
                    && !self.maps_all =>
            {
                found.push("no Map or Map_all writes the projected fields".to_owned());
            }
            TaskType::Map => self.of_map(task, position, found),
            TaskType::Merge => {
                let masked = task
                    .source_fields
                    .iter()
                    .find(|it| self.masked.contains(it.as_str()));
                if let Some(name) = masked {
                    found.push(format!(
                        "another task masks `{name}`, but this one joins the unmasked value"
                    ));
                }
            }
            TaskType::Mask | TaskType::Truncate => {
                let carried = |name: &String| {
                    let is_projected = || {
                        let projected = self.projected.as_ref();
                        projected.is_none_or(|fields| fields.contains(name.as_str()))
                    };
                    self.mapped.contains(name.as_str()) || (self.maps_all && is_projected())
                };
                if let Some(name) = task.source_fields.iter().find(|name| !carried(name)) {
                    found.push(format!("no effect: no Map writes `{name}`"));
                }
            }
            _ => {}
        }
    }

    fn of_map(&self, task: &Task, position: usize, found: &mut Vec<String>) {
        if let Some(projected) = &self.projected {
            let missing = task.source_fields.iter().find(|name| {
                !projected.contains(name.as_str()) && !self.made.contains_key(name.as_str())
            });
            if let Some(name) = missing {
                found.push(format!("`{name}` is not in the projection"));
            }
        }
        let to = destination(task).or(task.source_fields.first().map(String::as_str));
        if let Some(to) = to.filter(|to| self.destinations.get(to) != Some(&position)) {
            found.push(format!("a later Map to `{to}` replaces it"));
        }
    }
}
