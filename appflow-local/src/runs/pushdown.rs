//! Converts the filters of a flow for custom connectors: field names, and an expression like the `WHERE` of SQL.
//!
//! Filters that the grammar cannot express are omitted. The filters of the flow are applied to the returned records too, so
//! the result is the same.

use super::steps::arithmetic;
use super::steps::filter::operands;
use super::steps::partition;
use super::steps::{property, result};
use super::types::{DataType, Number, time};
use crate::rules::tasks::operator;
use appflow_sdk::types::{OperatorPropertiesKeys, Task, TaskType};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use std::collections::BTreeSet;

/// Returns the fields to select, or `None` for all of them: those that a flow projects, and those that its other tasks and an
/// incremental run read. Without the latter, a filter would find no value in any record, and no record would pass.
pub(crate) fn fields(tasks: &[Task], time_field: Option<&str>) -> Option<Vec<String>> {
    let mut fields: Vec<String> = Vec::new();
    let projections = tasks.iter().filter(|task| is_projection(task));
    for task in projections {
        add(&mut fields, &task.source_fields);
    }
    if fields.is_empty() {
        return None;
    }
    add(&mut fields, &read_by_checks(tasks));
    add(&mut fields, &read_by_calculations(tasks));
    add(&mut fields, &read_by_partitions(tasks));
    if let Some(field) = time_field {
        add(&mut fields, &[field.to_owned()]);
    }
    Some(fields)
}

/// Adds the names that are missing.
fn add(fields: &mut Vec<String>, names: &[String]) {
    for name in names {
        if !fields.contains(name) {
            fields.push(name.clone());
        }
    }
}

fn is_projection(task: &Task) -> bool {
    task.task_type == TaskType::Filter
        && operator(task).is_some_and(|(_, operator)| operator == "PROJECTION")
}

/// Returns the fields of filters and validations.
fn read_by_checks(tasks: &[Task]) -> Vec<String> {
    let checks = tasks.iter().filter(|task| {
        let does_nothing = || operator(task).is_none_or(|(_, operator)| operator == "NO_OP");
        match task.task_type {
            TaskType::Filter => !does_nothing(),
            TaskType::Validate => true,
            _ => false,
        }
    });
    let fields = checks.flat_map(|task| task.source_fields.iter().cloned());
    fields.collect()
}

/// Returns the fields of calculations, without the results of earlier ones.
fn read_by_calculations(tasks: &[Task]) -> Vec<String> {
    let mut results = BTreeSet::new();
    let mut fields = Vec::new();
    for task in tasks {
        let operands = match task.task_type {
            TaskType::Arithmetic => arithmetic::operands(task),
            TaskType::Merge => task.source_fields.clone(),
            _ => continue,
        };
        let read = operands.into_iter();
        fields.extend(read.filter(|name| !results.contains(name.as_str())));
        results.insert(result(task));
    }
    fields
}

/// Returns the keys of partitions that are fields of the source: neither renamed nor computed ones.
fn read_by_partitions(tasks: &[Task]) -> Vec<String> {
    let is_made = |key: &String| {
        tasks.iter().any(|task| match task.task_type {
            TaskType::Map => {
                task.destination_field.as_ref() == Some(key) && !task.source_fields.contains(key)
            }
            TaskType::Arithmetic | TaskType::Merge => *result(task) == **key,
            _ => false,
        })
    };
    let partitions = tasks.iter();
    let partitions = partitions.filter(|task| task.task_type == TaskType::Partition);
    let keys = partitions.flat_map(partition::keys);
    keys.filter(|key| !is_made(key)).collect()
}

/// Returns the expression for the filters of a flow and the time range of an incremental run.
pub(crate) fn expression(tasks: &[Task], pull: Option<(&str, (i64, i64))>) -> Option<String> {
    let filters = tasks
        .iter()
        .filter(|task| task.task_type == TaskType::Filter);
    let mut terms: Vec<String> = filters.flat_map(comparisons).collect();
    if let Some((field, (from, until))) = pull
        && is_identifier(field)
        && let (Some(from), Some(until)) = (instant(from), instant(until))
    {
        terms.push(format!("{field} > {from}"));
        terms.push(format!("{field} <= {until}"));
    }
    (!terms.is_empty()).then(|| terms.join(" and "))
}

/// Returns the comparisons of a task, one for each of its fields.
fn comparisons(task: &Task) -> Vec<String> {
    let fields = task
        .source_fields
        .iter()
        .filter(|field| is_identifier(field));
    fields.filter_map(|field| comparison(task, field)).collect()
}

fn comparison(task: &Task, field: &str) -> Option<String> {
    let (_, operator) = operator(task)?;
    let data_type = DataType::of(property(task, OperatorPropertiesKeys::DataType));
    let bound = |key| literal(property(task, key)?, data_type);
    let symbol = match operator.as_str() {
        "EQUAL_TO" => "=",
        "NOT_EQUAL_TO" => "!=",
        "CONTAINS" => "contains",
        "LESS_THAN" => "<",
        "LESS_THAN_OR_EQUAL_TO" => "<=",
        "GREATER_THAN" => ">",
        "GREATER_THAN_OR_EQUAL_TO" => ">=",
        "BETWEEN" => {
            let lower = bound(OperatorPropertiesKeys::LowerBound)?;
            let upper = bound(OperatorPropertiesKeys::UpperBound)?;
            // Parsers disagree about the bounds of `between`, so it is written as two comparisons.
            return Some(format!("{field} >= {lower} and {field} <= {upper}"));
        }
        _ => return None,
    };
    let operands = operands(task).ok()?;
    let comparisons = operands.iter().map(|value| {
        let value = literal(value, data_type)?;
        Some(format!("{field} {symbol} {value}"))
    });
    let comparisons: Vec<String> = comparisons.collect::<Option<_>>()?;
    let joint = if operator == "NOT_EQUAL_TO" {
        " and "
    } else {
        " or "
    };
    match comparisons.as_slice() {
        [] => None,
        [comparison] => Some(comparison.clone()),
        comparisons => Some(format!("({})", comparisons.join(joint))),
    }
}

/// Returns whether a name is an identifier of the grammar.
fn is_identifier(name: &str) -> bool {
    const WORDS: [&str; 11] = [
        "and", "or", "not", "true", "false", "contains", "between", "null", "in", "limit", "like",
    ];
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
        && !WORDS.contains(&name.to_ascii_lowercase().as_str())
}

/// Formats a value as a literal of the grammar.
fn literal(value: &str, data_type: DataType) -> Option<String> {
    let is_number = || {
        let mut characters = value.chars();
        characters.all(|c| c.is_ascii_digit() || c == '.' || c == '-')
            && Number::parse(value).is_some()
    };
    match data_type {
        DataType::Time => instant(time(value)?),
        DataType::Bool => matches!(value, "true" | "false").then(|| value.to_owned()),
        DataType::Number | DataType::Guessed if is_number() => Some(value.to_owned()),
        DataType::Number | DataType::Guessed | DataType::Text => {
            let can_be_quoted =
                !value.contains(['"', '\\']) && !value.chars().any(char::is_control);
            can_be_quoted.then(|| format!("\"{value}\""))
        }
    }
}

/// Formats a time as a literal of the grammar.
fn instant(millis: i64) -> Option<String> {
    DateTime::from_millis(millis).fmt(Format::DateTime).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use appflow_sdk::types::{ConnectorOperator, Operator};
    use smithy_reqwest::shape::Shape;

    fn filter(operator: Operator, field: &str, properties: &[(&str, &str)]) -> Task {
        let mut task = Task::empty();
        task.task_type = TaskType::Filter;
        task.source_fields = vec![field.to_owned()];
        let operator = ConnectorOperator::builder()
            .custom_connector(operator)
            .build();
        task.connector_operator = Some(operator);
        let properties = properties.iter();
        let properties = properties.map(|(name, value)| ((*name).into(), (*value).to_owned()));
        task.task_properties = Some(properties.collect());
        task
    }

    #[test]
    fn filters_are_written_in_the_grammar_of_the_protocol() {
        let table = [
            (
                Operator::EqualTo,
                "Name",
                vec![("DATA_TYPE", "string"), ("VALUE", "a b")],
                "Name = \"a b\"",
            ),
            (
                Operator::EqualTo,
                "Name",
                vec![("DATA_TYPE", "string"), ("VALUE", "7")],
                "Name = \"7\"",
            ),
            (
                Operator::GreaterThan,
                "Amount",
                vec![("DATA_TYPE", "long"), ("VALUE", "-4.5")],
                "Amount > -4.5",
            ),
            (
                Operator::NotEqualTo,
                "Stage",
                vec![("DATA_TYPE", "string"), ("VALUES", "won, lost")],
                "(Stage != \"won\" and Stage != \"lost\")",
            ),
            (
                Operator::Contains,
                "Name",
                vec![("DATA_TYPE", "string"), ("VALUES", "a,b")],
                "(Name contains \"a\" or Name contains \"b\")",
            ),
            (
                Operator::Between,
                "At",
                vec![
                    ("DATA_TYPE", "datetime"),
                    ("LOWER_BOUND", "1600000000000"),
                    ("UPPER_BOUND", "2020-09-14"),
                ],
                "At >= 2020-09-13T12:26:40Z and At <= 2020-09-14T00:00:00Z",
            ),
            (
                Operator::EqualTo,
                "Open",
                vec![("DATA_TYPE", "boolean"), ("VALUE", "true")],
                "Open = true",
            ),
        ];
        for (operator, field, properties, expected) in table {
            let written = expression(&[filter(operator, field, &properties)], None);
            assert_eq!(written.as_deref(), Some(expected));
        }
    }

    #[test]
    fn filters_outside_the_grammar_are_omitted() {
        for (field, value) in [
            ("Na me", "x"),
            ("limit", "x"),
            ("Name", "a\"b"),
            ("Name", "a\nb"),
        ] {
            let task = filter(
                Operator::EqualTo,
                field,
                &[("DATA_TYPE", "string"), ("VALUE", value)],
            );
            assert_eq!(expression(&[task], None), None, "{field} {value:?}");
        }
    }

    #[test]
    fn an_incremental_run_sends_its_time_range_and_a_projection_its_fields() {
        let pull = Some(("UpdatedAt", (1_600_000_000_000, 1_600_000_060_000)));
        let expected = "UpdatedAt > 2020-09-13T12:26:40Z and UpdatedAt <= 2020-09-13T12:27:40Z";
        assert_eq!(expression(&[], pull).as_deref(), Some(expected));
        let mut task = filter(Operator::Projection, "Id", &[]);
        task.source_fields.push("Name".to_owned());
        let projected = fields(std::slice::from_ref(&task), None);
        assert_eq!(projected.unwrap(), ["Id", "Name"]);
        let with_time = fields(&[task], Some("UpdatedAt"));
        assert_eq!(with_time.unwrap(), ["Id", "Name", "UpdatedAt"]);
        assert_eq!(fields(&[], Some("UpdatedAt")), None);
    }

    #[test]
    fn a_projection_selects_the_fields_that_other_tasks_read() {
        let task = |kind: TaskType, fields: &[&str], to: &str| {
            let mut task = filter(Operator::NoOp, "", &[]);
            task.task_type = kind;
            task.source_fields = fields.iter().map(|name| (*name).to_owned()).collect();
            task.destination_field = Some(to.to_owned());
            task
        };
        let mut sum = task(TaskType::Arithmetic, &["x", "y"], "sum");
        let order = OperatorPropertiesKeys::MathOperationFieldsOrder;
        sum.task_properties = Some([(order, "[\"y\", \"x\"]".to_owned())].into());
        let mut keys = task(TaskType::Partition, &[], "");
        let order = OperatorPropertiesKeys::OrderedPartitionKeysList;
        let list = "region, name, sum".to_owned();
        keys.task_properties = Some([(order, list)].into());
        let tasks = [
            keys,
            filter(Operator::EqualTo, "stage", &[("VALUE", "won")]),
            task(TaskType::Filter, &["ignored"], ""),
            task(TaskType::Validate, &["amount"], ""),
            task(TaskType::Map, &["Name"], "name"),
            sum,
            task(TaskType::Merge, &["sum", "z"], "all"),
            task(TaskType::Mask, &["masked"], ""),
            filter(Operator::Projection, "Name", &[]),
        ];
        let expected = ["Name", "stage", "amount", "y", "x", "z", "region"];
        assert_eq!(fields(&tasks, None).unwrap(), expected);
    }
}
