//! Tests of Filter and Validate: which records pass.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use common::lab::{Lab, map, task};
use serde_json::{Value, json};

const PEOPLE: &str = "id,name,age,joined,active\n1,Ada,36,2026-01-01,true\n2,Bob,,2026-02-01,false\n3,C\u{e9}line,41,2026-03-01,true\n";

fn json_lines() -> Value {
    json!({"fileType": "JSON", "aggregationConfig": {"aggregationType": "SingleFile"}})
}

fn filter(operator: &str, field: &str, properties: Value) -> Value {
    task("Filter", operator, &[field], "", properties)
}

/// Runs tasks on the sample people; returns their names, joined.
async fn names(tasks: Vec<Value>) -> String {
    let lab = Lab::new().await;
    lab.write("from/data/people.csv", PEOPLE);
    let mut tasks = tasks;
    tasks.push(map("name", "n"));
    let ran = lab.run(&tasks, json_lines()).await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    let lines = ran.files.values().flat_map(|file| file.lines());
    let names = lines.map(|line| {
        let row: Value = serde_json::from_str(line).unwrap();
        row["n"].as_str().unwrap().to_owned()
    });
    names.collect::<Vec<_>>().join(" ")
}

/// Runs filters by operator, field and properties, and compares the names of those who pass.
async fn check(table: &[(&str, &str, Value, &str)]) {
    for (operator, field, properties, expected) in table {
        let found = names(vec![filter(operator, field, properties.clone())]).await;
        assert_eq!(found, *expected, "{operator} {field} {properties}");
    }
}

/// Returns the properties of a comparison with one value.
fn with(data_type: &str, value: &str) -> Value {
    json!({"DATA_TYPE": data_type, "VALUE": value})
}

#[tokio::test]
async fn filters_compare_by_data_type() {
    check(&[
        ("EQUAL_TO", "name", with("string", "Ada"), "Ada"),
        ("LESS_THAN", "id", with("int", "3"), "Ada Bob"),
        (
            "LESS_THAN_OR_EQUAL_TO",
            "id",
            with("int", "3.0"),
            "Ada Bob C\u{e9}line",
        ),
        ("GREATER_THAN", "age", with("double", "36"), "C\u{e9}line"),
        (
            "GREATER_THAN_OR_EQUAL_TO",
            "age",
            with("double", "36"),
            "Ada C\u{e9}line",
        ),
        (
            "EQUAL_TO",
            "active",
            with("boolean", "TRUE"),
            "Ada C\u{e9}line",
        ),
    ])
    .await;
}

#[tokio::test]
async fn filters_take_lists_and_bounds() {
    let several = |values: &str| json!({"DATA_TYPE": "string", "VALUES": values});
    let dates =
        json!({"DATA_TYPE": "date", "LOWER_BOUND": "1767225600000", "UPPER_BOUND": "2026-02-01"});
    let numbers = json!({"LOWER_BOUND": "2", "UPPER_BOUND": "10"});
    check(&[
        ("EQUAL_TO", "name", several("Ada, Bob"), "Ada Bob"),
        ("NOT_EQUAL_TO", "name", several("Ada,Bob"), "C\u{e9}line"),
        ("BETWEEN", "joined", dates, "Ada Bob"),
        ("BETWEEN", "id", numbers, "Bob C\u{e9}line"),
    ])
    .await;
}

#[tokio::test]
async fn a_missing_value_passes_only_not_equal_to() {
    check(&[
        ("NOT_EQUAL_TO", "age", with("int", "36"), "Bob C\u{e9}line"),
        ("EQUAL_TO", "absent", with("string", "x"), ""),
    ])
    .await;
}

#[tokio::test]
async fn all_filters_must_pass() {
    let both = vec![
        filter("GREATER_THAN", "id", with("int", "1")),
        filter("EQUAL_TO", "active", with("boolean", "true")),
    ];
    assert_eq!(names(both).await, "C\u{e9}line");
}

#[tokio::test]
async fn validations_drop_records() {
    let drop = json!({"VALIDATION_ACTION": "DropRecord"});
    let table = [
        ("VALIDATE_NON_NULL", "a", "0 -1 x"),
        ("VALIDATE_NON_ZERO", "a", "-1 x "),
        ("VALIDATE_NON_NEGATIVE", "a", "0 x "),
        ("VALIDATE_NUMERIC", "a", "0 -1 "),
        ("VALIDATE_NON_NULL", "absent", ""),
    ];
    for (operator, field, expected) in table {
        let lab = Lab::new().await;
        lab.write("from/data/rows.csv", "a,k\n0,1\n-1,2\nx,3\n,4\n");
        let check = task("Validate", operator, &[field], "", drop.clone());
        let ran = lab
            .run(&[map("a", "a"), check], json!({"fileType": "CSV"}))
            .await;
        assert_eq!(ran.status, "Successful", "{ran:?}");
        let file = ran.files.values().next().map_or("", String::as_str);
        let values: Vec<&str> = file
            .lines()
            .skip(1)
            .map(|line| line.trim_matches('"'))
            .collect();
        assert_eq!(values.join(" "), expected, "{operator} {field}");
        assert_eq!(ran.result["recordsProcessed"], 4);
    }
}

#[tokio::test]
async fn a_validation_that_drops_the_dataset_ends_the_run_with_nothing_written() {
    let lab = Lab::new().await;
    lab.write("from/data/1.csv", "a\n1\n2\n");
    lab.write("from/data/2.csv", "a\n3\n0\n");
    let check = task(
        "Validate",
        "VALIDATE_NON_ZERO",
        &["a"],
        "",
        json!({"VALIDATION_ACTION": "DropDataset"}),
    );
    let ran = lab.run(&[map("a", "a"), check], json_lines()).await;
    assert_eq!(ran.status, "Error");
    assert!(ran.message().contains("VALIDATE_NON_ZERO of a"), "{ran:?}");
    assert!(ran.files.is_empty(), "{ran:?}");
}
