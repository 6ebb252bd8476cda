//! Converts the filters of a flow for custom connectors: field names, and an expression like the `WHERE` of SQL.
//!
//! Filters that the grammar cannot express are omitted. The filters of the flow are applied to the returned records too, so
//! the result is the same.

use super::steps::filter::operands;
use super::steps::property;
use super::types::{DataType, Number, time};
use crate::rules::tasks::operator;
use appflow_sdk::types::{OperatorPropertiesKeys, Task, TaskType};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

/// Returns the fields that a flow projects, or `None` if it has no projection.
pub(crate) fn projection(tasks: &[Task]) -> Option<Vec<String>> {
    let projections = tasks.iter().filter(|task| {
        task.task_type == TaskType::Filter
            && operator(task).is_some_and(|(_, operator)| operator == "PROJECTION")
    });
    let fields: Vec<String> = projections
        .flat_map(|task| task.source_fields.clone())
        .collect();
    (!fields.is_empty()).then_some(fields)
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
        assert_eq!(projection(&[task]).unwrap(), ["Id", "Name"]);
        assert_eq!(projection(&[]), None);
    }
}
