//! Tests of the warnings about tasks; tasks of the builder have none.
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
fn each_doubtful_task_is_reported() {
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
            "task 2 (Map): `b` is not in the projection",
        ),
        (
            json!([map("a", "x"), map("b", "x")]),
            "task 1 (Map): a later Map to `x` replaces it",
        ),
        (
            json!([task("Map", "NO_OP", &["a", "b"], "x", json!({}))]),
            "task 1 (Map): several source fields: a Map has one",
        ),
        (
            json!([map("", "x")]),
            "task 1 (Map): empty name of a source field",
        ),
        (
            of_a(
                "Validate",
                "VALIDATE_NON_NULL",
                json!({"VALIDATION_ACTION": "Shout"}),
            ),
            "task 1 (Validate): invalid VALIDATION_ACTION `Shout`: it must be DropRecord or DropDataset",
        ),
        (
            of_a(
                "Validate",
                "NO_OP",
                json!({"VALIDATION_ACTION": "DropRecord"}),
            ),
            "task 1 (Validate): invalid operator: it must be a validation operator",
        ),
        (
            of_a("Truncate", "NO_OP", json!({"TRUNCATE_LENGTH": "many"})),
            "task 1 (Truncate): invalid TRUNCATE_LENGTH: it must be a number of characters",
        ),
        (
            of_a("Truncate", "NO_OP", json!({"TRUNCATE_LENGTH": "0"})),
            "task 1 (Truncate): TRUNCATE_LENGTH is 0",
        ),
        (
            of_a("Mask", "MASK_LAST_N", json!({"MASK_VALUE": "*"})),
            "task 1 (Mask): missing MASK_LENGTH",
        ),
        (
            of_a("Mask", "MASK_ALL", json!({"MASK_VALUE": "xx"})),
            "task 1 (Mask): invalid MASK_VALUE: it must be one character",
        ),
        (
            of_a("Mask", "NO_OP", json!({"MASK_LENGTH": "1"})),
            "task 1 (Mask): invalid operator: it must be MASK_ALL, MASK_FIRST_N or MASK_LAST_N",
        ),
        (
            json!([
                task("Mask", "MASK_ALL", &["b"], "", json!({})),
                map("a", "a")
            ]),
            "task 1 (Mask): no effect: no Map writes `b`",
        ),
        (
            filter("NO_OP", json!({})),
            "task 1 (Filter): no effect: missing operator",
        ),
        (
            filter("EQUAL_TO", json!({"VALUE": "x"})),
            "task 1 (Filter): missing DATA_TYPE",
        ),
        (
            filter("EQUAL_TO", json!({"DATA_TYPE": "string"})),
            "task 1 (Filter): missing operands of EQUAL_TO",
        ),
        (
            filter("LESS_THAN", json!({"DATA_TYPE": "int", "VALUE": "x"})),
            "task 1 (Filter): VALUE is not a value of type int",
        ),
        (
            filter("EQUAL_TO", json!({"DATA_TYPE": "double", "VALUES": "1, x"})),
            "task 1 (Filter): VALUES is not a value of type double",
        ),
        (
            filter(
                "BETWEEN",
                json!({"DATA_TYPE": "datetime", "LOWER_BOUND": "1"}),
            ),
            "task 1 (Filter): missing operands of BETWEEN",
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
            "task 1 (Arithmetic): fewer than two source fields",
        ),
        (
            json!([sum(&["a", "b"], "a,c"), map("a,b", "s")]),
            "task 1 (Arithmetic): MATH_OPERATION_FIELDS_ORDER names a field that is not a source field",
        ),
        (
            json!([sum(&["a", "b"], "a,b"), map("a", "a")]),
            "task 1 (Arithmetic): no Map writes its result `a,b`",
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
            "task 1 (Merge): another task masks `a`, but this one joins the unmasked value",
        ),
        (
            json!([merge(" "), sum(&["a", "b"], "a,b"), map("a,b", "s")]),
            "task 1 (Merge): another task also computes `a,b`",
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
            "task 2 (Passthrough): undocumented effect of this task type",
        ),
        (
            json!([projection]),
            "task 1 (Filter): no Map or Map_all writes the projected fields",
        ),
        (
            json!([
                map("a", "a"),
                task("Shuffle", "NO_OP", &["a"], "", json!({}))
            ]),
            "task 2 (Shuffle): unknown task type",
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
