//! Tests of the JSON of built tasks.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use appflow_sdk::tasks::{Calculation, Check, Comparison, OnFailure, Tasks, TasksError};
use appflow_sdk::types::ConnectorType;
use serde_json::{Value, json};

fn wire(tasks: Tasks) -> Value {
    serde_json::to_value(tasks.build().unwrap()).unwrap()
}

#[test]
fn mapped_fields_bring_their_projection() {
    let tasks = Tasks::of(ConnectorType::Servicenow)
        .map("a", "b")
        .keep(["c"])
        .map("a", "d");
    let operator = |name: &str| json!({ "ServiceNow": name });
    let map = |from: &str, to: &str| json!({"taskType": "Map", "connectorOperator": operator("NO_OP"), "sourceFields": [from], "destinationField": to});
    let expected = json!([
        {"taskType": "Filter", "connectorOperator": operator("PROJECTION"), "sourceFields": ["a", "c"]},
        map("a", "b"),
        map("c", "c"),
        map("a", "d"),
    ]);
    assert_eq!(wire(tasks), expected);
}

#[test]
fn calculations_and_types_are_written_as_appflow_reads_them() {
    let tasks = Tasks::of(ConnectorType::S3)
        .calculate("price", Calculation::Subtract, "rebate", "total")
        .map_typed("id", "integer", "key", "string");
    let operator = |name: &str| json!({ "S3": name });
    let expected = json!([
        {"taskType": "Filter", "connectorOperator": operator("PROJECTION"), "sourceFields": ["price", "rebate", "id"]},
        {"taskType": "Arithmetic", "connectorOperator": operator("SUBTRACTION"), "sourceFields": ["price", "rebate"],
         "destinationField": "price,rebate", "taskProperties": {"MATH_OPERATION_FIELDS_ORDER": "price,rebate"}},
        {"taskType": "Map", "connectorOperator": operator("NO_OP"), "sourceFields": ["price,rebate"],
         "destinationField": "total"},
        {"taskType": "Map", "connectorOperator": operator("NO_OP"), "sourceFields": ["id"], "destinationField": "key",
         "taskProperties": {"SOURCE_DATA_TYPE": "integer", "DESTINATION_DATA_TYPE": "string"}},
    ]);
    assert_eq!(wire(tasks), expected);
}

#[test]
fn all_fields_need_no_projection() {
    let tasks = Tasks::of(ConnectorType::S3).map_all_except(["a", "b\"c"]);
    let expected = json!([{
        "taskType": "Map_all", "connectorOperator": {"S3": "NO_OP"}, "sourceFields": [],
        "taskProperties": {"EXCLUDE_SOURCE_FIELDS_LIST": r#"["a","b\"c"]"#}
    }]);
    assert_eq!(wire(tasks), expected);
}

#[test]
fn each_step_has_its_operator_and_properties() {
    let of = || Tasks::of(ConnectorType::Salesforce).map_all();
    let table = [
        (
            of().mask("f", '*'),
            "Mask",
            "MASK_ALL",
            json!({"MASK_VALUE": "*"}),
        ),
        (
            of().mask_first("f", 2, '#'),
            "Mask",
            "MASK_FIRST_N",
            json!({"MASK_LENGTH": "2", "MASK_VALUE": "#"}),
        ),
        (
            of().mask_last("f", 4, '#'),
            "Mask",
            "MASK_LAST_N",
            json!({"MASK_LENGTH": "4", "MASK_VALUE": "#"}),
        ),
        (
            of().mask_to("f", 5, '*'),
            "Mask",
            "MASK_ALL",
            json!({"MASK_LENGTH": "5", "MASK_VALUE": "*"}),
        ),
        (
            of().partition_by(["f"]),
            "Partition",
            "NO_OP",
            json!({"ORDERED_PARTITION_KEYS_LIST": "[\"f\"]"}),
        ),
        (
            of().filter(
                "f",
                "string",
                Comparison::OneOf(vec!["a".to_owned(), "b".to_owned()]),
            ),
            "Filter",
            "EQUAL_TO",
            json!({"DATA_TYPE": "string", "VALUES": "a,b"}),
        ),
        (
            of().truncate("f", 9),
            "Truncate",
            "NO_OP",
            json!({"TRUNCATE_LENGTH": "9"}),
        ),
        (
            of().validate("f", Check::NotNull, OnFailure::DropRecord),
            "Validate",
            "VALIDATE_NON_NULL",
            json!({"VALIDATION_ACTION": "DropRecord"}),
        ),
        (
            of().filter("f", "string", Comparison::Contains("x".to_owned())),
            "Filter",
            "CONTAINS",
            json!({"DATA_TYPE": "string", "VALUE": "x"}),
        ),
        (
            of().filter(
                "f",
                "datetime",
                Comparison::Between("1".to_owned(), "2".to_owned()),
            ),
            "Filter",
            "BETWEEN",
            json!({"DATA_TYPE": "datetime", "LOWER_BOUND": "1", "UPPER_BOUND": "2"}),
        ),
    ];
    for (tasks, task_type, operator, properties) in table {
        let expected = json!({
            "taskType": task_type, "connectorOperator": {"Salesforce": operator},
            "sourceFields": ["f"], "taskProperties": properties
        });
        assert_eq!(wire(tasks)[1], expected);
    }
}

#[test]
fn the_output_of_a_merge_is_mapped_and_not_read() {
    let tasks = wire(Tasks::of(ConnectorType::Zendesk).merge(["a", "b"], ", ", "c"));
    assert_eq!(tasks[0]["sourceFields"], json!(["a", "b"]));
    assert_eq!(tasks[1]["destinationField"], json!("a,b"));
    assert_eq!(tasks[1]["taskProperties"], json!({"CONCAT_FORMAT": ", "}));
    assert_eq!(tasks[2]["sourceFields"], json!(["a,b"]));
    assert_eq!(tasks[2]["destinationField"], json!("c"));
}

#[test]
fn tasks_that_the_service_would_reject_are_errors() {
    let of = Tasks::of;
    assert_eq!(
        of(ConnectorType::Slack).mask("f", '*').build(),
        Err(TasksError::NothingMapped)
    );
    assert_eq!(
        of(ConnectorType::Slack).map_all().map("a", "b").build(),
        Err(TasksError::MappedTwice)
    );
    let error = of(ConnectorType::Amplitude)
        .map("a", "b")
        .build()
        .unwrap_err();
    assert_eq!(error.to_string(), "Amplitude has no operator PROJECTION");
    // It knows no NO_OP either, but then none is needed.
    assert_eq!(
        wire(of(ConnectorType::Amplitude).map_all())[0].get("connectorOperator"),
        None
    );
}
