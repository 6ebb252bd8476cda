//! Doubtful tasks, one a row, and what is said of each; and that tasks of the builder are not doubtful.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use appflow_sdk::tasks::{Calculation, Check, Comparison, OnFailure, Tasks, doubts};
use appflow_sdk::types::{ConnectorType, Task};
use serde_json::{Value, json};

fn tasks(values: Value) -> Vec<Task> {
    serde_json::from_value(values).unwrap()
}

fn task(kind: &str, operator: &str, fields: &[&str], to: &str, properties: Value) -> Value {
    json!({"taskType": kind, "sourceFields": fields, "destinationField": to, "taskProperties": properties,
           "connectorOperator": {"Salesforce": operator}})
}

fn map(from: &str, to: &str) -> Value {
    task("Map", "NO_OP", &[from], to, json!({}))
}

#[test]
fn each_doubtful_task_is_told_of() {
    let projection = task("Filter", "PROJECTION", &["a"], "", json!({}));
    let of_a = |kind: &str, operator: &str, properties: Value| {
        json!([task(kind, operator, &["a"], "", properties), map("a", "a")])
    };
    let filter = |operator: &str, properties: Value| of_a("Filter", operator, properties);
    let merge = |format: &str| {
        task(
            "Merge",
            "NO_OP",
            &["a", "b"],
            "a,b",
            json!({"CONCAT_FORMAT": format}),
        )
    };
    let sum = |fields: &[&str], order: &str| {
        task(
            "Arithmetic",
            "ADDITION",
            fields,
            "a,b",
            json!({"MATH_OPERATION_FIELDS_ORDER": order}),
        )
    };
    let table = [
        (
            json!([projection, map("b", "b")]),
            "task 2 (Map): it reads `b`, which the projection does not fetch",
        ),
        (
            json!([map("a", "x"), map("b", "x")]),
            "task 1 (Map): another Map goes to `x`, too, and takes its place",
        ),
        (
            json!([task("Map", "NO_OP", &["a", "b"], "x", json!({}))]),
            "task 1 (Map): it maps several fields; a Map has one",
        ),
        (
            json!([map("", "x")]),
            "task 1 (Map): a source field has no name",
        ),
        (
            of_a(
                "Validate",
                "VALIDATE_NON_NULL",
                json!({"VALIDATION_ACTION": "Shout"}),
            ),
            "task 1 (Validate): VALIDATION_ACTION `Shout` is neither DropRecord nor DropDataset",
        ),
        (
            of_a(
                "Validate",
                "NO_OP",
                json!({"VALIDATION_ACTION": "DropRecord"}),
            ),
            "task 1 (Validate): its operator does not validate",
        ),
        (
            of_a("Truncate", "NO_OP", json!({"TRUNCATE_LENGTH": "many"})),
            "task 1 (Truncate): TRUNCATE_LENGTH is not a number of characters",
        ),
        (
            of_a("Truncate", "NO_OP", json!({"TRUNCATE_LENGTH": "0"})),
            "task 1 (Truncate): TRUNCATE_LENGTH is 0",
        ),
        (
            of_a("Mask", "MASK_LAST_N", json!({"MASK_VALUE": "*"})),
            "task 1 (Mask): MASK_LENGTH is missing",
        ),
        (
            of_a("Mask", "MASK_ALL", json!({"MASK_VALUE": "xx"})),
            "task 1 (Mask): MASK_VALUE is not one character",
        ),
        (
            of_a("Mask", "NO_OP", json!({"MASK_LENGTH": "1"})),
            "task 1 (Mask): its operator is not one of MASK_ALL, MASK_FIRST_N, MASK_LAST_N",
        ),
        (
            json!([
                task("Mask", "MASK_ALL", &["b"], "", json!({})),
                map("a", "a")
            ]),
            "task 1 (Mask): no Map carries `b` over, so it has no effect",
        ),
        (
            filter("NO_OP", json!({})),
            "task 1 (Filter): it has no operator, so it neither projects nor compares",
        ),
        (
            filter("EQUAL_TO", json!({"VALUE": "x"})),
            "task 1 (Filter): it compares without DATA_TYPE",
        ),
        (
            filter("EQUAL_TO", json!({"DATA_TYPE": "string"})),
            "task 1 (Filter): EQUAL_TO has nothing to compare with",
        ),
        (
            filter("LESS_THAN", json!({"DATA_TYPE": "int", "VALUE": "x"})),
            "task 1 (Filter): VALUE is not of type int",
        ),
        (
            filter("EQUAL_TO", json!({"DATA_TYPE": "double", "VALUES": "1, x"})),
            "task 1 (Filter): VALUES is not of type double",
        ),
        (
            filter(
                "BETWEEN",
                json!({"DATA_TYPE": "datetime", "LOWER_BOUND": "1"}),
            ),
            "task 1 (Filter): BETWEEN has nothing to compare with",
        ),
        (
            filter(
                "BETWEEN",
                json!({"DATA_TYPE": "datetime", "LOWER_BOUND": "2", "UPPER_BOUND": "1"}),
            ),
            "task 1 (Filter): LOWER_BOUND is greater than UPPER_BOUND",
        ),
        (
            json!([sum(&["a"], "a"), map("a,b", "s")]),
            "task 1 (Arithmetic): it has fewer than two fields to calculate with",
        ),
        (
            json!([sum(&["a", "b"], "a,c"), map("a,b", "s")]),
            "task 1 (Arithmetic): MATH_OPERATION_FIELDS_ORDER names a field that is not a source field",
        ),
        (
            json!([sum(&["a", "b"], "a,b"), map("a", "a")]),
            "task 1 (Arithmetic): no Map carries its result `a,b` over",
        ),
        (
            json!([merge("${a} ${c}"), map("a,b", "s")]),
            "task 1 (Merge): CONCAT_FORMAT names `c`, which is not a source field",
        ),
        (
            json!([
                merge(" "),
                map("a,b", "s"),
                map("a", "a"),
                task("Mask", "MASK_ALL", &["a"], "", json!({}))
            ]),
            "task 1 (Merge): it joins `a`, which is masked, as it is without the mask",
        ),
        (
            json!([merge(" "), sum(&["a", "b"], "a,b"), map("a,b", "s")]),
            "task 1 (Merge): another task makes `a,b`, too",
        ),
        (
            json!([
                map("a", "a"),
                task(
                    "Partition",
                    "NO_OP",
                    &[],
                    "",
                    json!({"ORDERED_PARTITION_KEYS_LIST": "[]"})
                )
            ]),
            "task 2 (Partition): ORDERED_PARTITION_KEYS_LIST names no field",
        ),
        (
            json!([task(
                "Map_all",
                "NO_OP",
                &[],
                "",
                json!({"EXCLUDE_SOURCE_FIELDS_LIST": "a"})
            )]),
            "task 1 (Map_all): EXCLUDE_SOURCE_FIELDS_LIST is not a JSON list",
        ),
        (
            json!([
                map("a", "a"),
                task("Passthrough", "NO_OP", &["a"], "", json!({}))
            ]),
            "task 2 (Passthrough): its effect is not documented",
        ),
        (
            json!([
                map("a", "a"),
                task("Shuffle", "NO_OP", &["a"], "", json!({}))
            ]),
            "task 2 (Shuffle): its type is not known",
        ),
    ];
    for (values, expected) in table {
        let found: Vec<String> = doubts(&tasks(values))
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(found, [expected]);
    }
}

#[test]
fn tasks_of_the_builder_are_not_doubtful() {
    let tasks = Tasks::of(ConnectorType::Salesforce)
        .map_typed("Id", "id", "id", "string")
        .keep(["Name", "Type", "Amount", "Count"])
        .merge(["First", "Last"], "${First} ${Last}", "name")
        .calculate("Amount", Calculation::Multiply, "Count", "total")
        .mask_to("Name", 5, '*')
        .truncate("Type", 3)
        .validate("Name", Check::NotNull, OnFailure::DropRecord)
        .filter(
            "Type",
            "string",
            Comparison::OneOf(vec!["a".to_owned(), "b".to_owned()]),
        )
        .partition_by(["Type"]);
    assert_eq!(tasks.doubts(), []);
    let doubtful = Tasks::of(ConnectorType::Salesforce)
        .map("a", "x")
        .map("b", "x");
    assert_eq!(doubtful.doubts().len(), 1);
}
