//! Tests of the task types that change records, on files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use common::lab::{Lab, map, map_all, task};
use serde_json::{Value, json};

fn json_lines() -> Value {
    json!({"fileType": "JSON", "aggregationConfig": {"aggregationType": "SingleFile"}})
}

/// Runs tasks on one file; returns the one output file.
async fn result(source: &str, tasks: &[Value]) -> String {
    let lab = Lab::new().await;
    lab.write("from/data/rows", source);
    let ran = lab.run(tasks, json_lines()).await;
    assert_eq!(ran.status, "Successful", "{ran:?}");
    ran.file().to_owned()
}

#[tokio::test]
async fn calculations_are_exact() {
    let table = [
        ("ADDITION", "0.1", "0.2", "0.3"),
        ("SUBTRACTION", "1", "0.9", "0.1"),
        ("MULTIPLICATION", "1.10", "3", "3.3"),
        ("DIVISION", "1", "8", "0.125"),
        ("ADDITION", "9007199254740993", "1", "9007199254740994"),
        ("ADDITION", "", "1", "null"),
    ];
    for (operator, a, b, expected) in table {
        let order = json!({"MATH_OPERATION_FIELDS_ORDER": "a,b"});
        let tasks = [
            task("Arithmetic", operator, &["a", "b"], "a,b", order),
            map("a,b", "r"),
        ];
        let found = result(&format!("a,b\n{a},{b}\n"), &tasks).await;
        assert_eq!(
            found,
            format!("{{\"r\":{expected}}}\n"),
            "{operator} {a} {b}"
        );
    }
    let order = json!({"MATH_OPERATION_FIELDS_ORDER": "b,a"});
    let tasks = [
        task("Arithmetic", "SUBTRACTION", &["a", "b"], "a,b", order),
        map("a,b", "r"),
    ];
    assert_eq!(
        result("a,b\n1,10\n", &tasks).await,
        "{\"r\":9}\n",
        "the order counts"
    );
}

#[tokio::test]
async fn a_failed_calculation_fails_only_its_record() {
    let lab = Lab::new().await;
    lab.write("from/data/rows.csv", "a,b\n1,0\n4,2\nx,1\n");
    let order = json!({"MATH_OPERATION_FIELDS_ORDER": "a,b"});
    let tasks = [
        task("Arithmetic", "DIVISION", &["a", "b"], "a,b", order),
        map("a,b", "r"),
    ];
    let ran = lab.run(&tasks, json_lines()).await;
    assert_eq!(
        (ran.status.as_str(), ran.file()),
        ("Successful", "{\"r\":2}\n")
    );
    assert_eq!(ran.result["errorInfo"]["putFailuresCount"], 2, "{ran:?}");
    assert!(
        ran.message()
            .contains("data/rows.csv: cannot calculate a,b"),
        "{ran:?}"
    );
    lab.write("from/data/rows.csv", "a,b\n1,0\n");
    let ran = lab.start("flow").await;
    assert_eq!(ran.status, "Error", "nothing but failures is no success");
}

const CARDS: &str = "first,last,card\nAda,Lovelace,\u{e9}234567\n";

#[tokio::test]
async fn fields_are_joined() {
    let table = [
        ("${first} ${last}", "Ada Lovelace"),
        ("${last}, ${first} (${other})", "Lovelace, Ada (${other})"),
        (" - ", "Ada - Lovelace"),
    ];
    for (format, expected) in table {
        let format = json!({"CONCAT_FORMAT": format});
        let merge = task("Merge", "NO_OP", &["first", "last"], "first,last", format);
        let found = result(CARDS, &[merge, map("first,last", "r")]).await;
        assert_eq!(found, format!("{{\"r\":\"{expected}\"}}\n"));
    }
}

fn mask(operator: &str, properties: Value) -> Value {
    task("Mask", operator, &["card"], "", properties)
}

fn cut(length: &str) -> Value {
    let properties = json!({ "TRUNCATE_LENGTH": length });
    task("Truncate", "NO_OP", &["card"], "", properties)
}

#[tokio::test]
async fn fields_are_cut_and_masked() {
    let some = |length: &str| json!({"MASK_VALUE": "*", "MASK_LENGTH": length});
    let table = [
        (vec![cut("3")], "\u{e9}23"),
        (vec![cut("99")], "\u{e9}234567"),
        (
            vec![mask("MASK_ALL", json!({"MASK_VALUE": "#"}))],
            "#######",
        ),
        (vec![mask("MASK_ALL", some("5"))], "*****"),
        (vec![mask("MASK_FIRST_N", some("3"))], "***4567"),
        (vec![mask("MASK_LAST_N", some("4"))], "\u{e9}23****"),
        (vec![mask("MASK_LAST_N", some("99"))], "*******"),
        // The order of tasks does not matter: what is cut is masked then.
        (vec![mask("MASK_LAST_N", some("1")), cut("4")], "\u{e9}23*"),
    ];
    for (mut tasks, expected) in table {
        tasks.insert(1, map("card", "r"));
        let found = result(CARDS, &tasks).await;
        assert_eq!(found, format!("{{\"r\":\"{expected}\"}}\n"), "{tasks:?}");
    }
}

#[tokio::test]
async fn fields_are_mapped_projected_and_left_out() {
    let source =
        "{\"a\":1.50,\"b\":null,\"c\":{\"d\":[true]}}\n{\"a\":\"x\",\"e\":\"\u{1F980}\"}\n";
    let projection = |fields: &[&str]| task("Filter", "PROJECTION", fields, "", json!({}));
    let except = |list: &str| {
        task(
            "Map_all",
            "NO_OP",
            &[],
            "",
            json!({"EXCLUDE_SOURCE_FIELDS_LIST": list}),
        )
    };
    let table = [
        (
            vec![map_all()],
            "{\"a\":1.50,\"b\":null,\"c\":{\"d\":[true]}}\n{\"a\":\"x\",\"e\":\"\u{1F980}\"}\n",
        ),
        (
            vec![except("[\"a\",\"c\"]")],
            "{\"b\":null}\n{\"e\":\"\u{1F980}\"}\n",
        ),
        (vec![except("a,c")], "{\"b\":null}\n{\"e\":\"\u{1F980}\"}\n"),
        (
            vec![map("a", "A"), map("e", "")],
            "{\"A\":1.50}\n{\"A\":\"x\",\"e\":\"\u{1F980}\"}\n",
        ),
        (
            vec![projection(&["a"]), map("a", "a"), map("b", "b")],
            "{\"a\":1.50}\n{\"a\":\"x\"}\n",
        ),
        (
            vec![projection(&["b", "e"]), map_all()],
            "{\"b\":null}\n{\"e\":\"\u{1F980}\"}\n",
        ),
        (
            vec![map_all(), map("a", "copy"), except("[\"b\",\"c\",\"e\"]")],
            "{\"a\":1.50,\"copy\":1.50}\n{\"a\":\"x\",\"copy\":\"x\"}\n",
        ),
        (
            vec![map("a", "x"), map("e", "x")],
            "{\"x\":1.50}\n{\"x\":\"\u{1F980}\"}\n",
        ),
    ];
    for (tasks, expected) in table {
        assert_eq!(result(source, &tasks).await, expected, "{tasks:?}");
    }
}

fn filter(operator: &str, field: &str, properties: Value) -> Value {
    task("Filter", operator, &[field], "", properties)
}

#[tokio::test]
async fn tasks_that_cannot_be_done_fail_the_run_and_name_the_task() {
    let table = [
        (
            task(
                "Truncate",
                "NO_OP",
                &["a"],
                "",
                json!({"TRUNCATE_LENGTH": "many"}),
            ),
            "task 2 (Truncate): TRUNCATE_LENGTH must be a number",
        ),
        (
            filter(
                "GREATER_THAN",
                "a",
                json!({"DATA_TYPE": "int", "VALUE": "x"}),
            ),
            "task 2 (Filter): an operand is not a value of DATA_TYPE",
        ),
        (
            filter("EQUAL_TO", "a", json!({})),
            "task 2 (Filter): VALUE or VALUES must be given",
        ),
        (
            task("Mask", "MASK_FIRST_N", &["a"], "", json!({})),
            "task 2 (Mask): MASK_LENGTH must be given",
        ),
        (
            task(
                "Validate",
                "VALIDATE_NON_NULL",
                &["a"],
                "",
                json!({"VALIDATION_ACTION": "Shout"}),
            ),
            "VALIDATION_ACTION must be",
        ),
        (
            task("Arithmetic", "ADDITION", &["a"], "", json!({})),
            "task 2 (Arithmetic): arithmetic requires two source fields",
        ),
    ];
    for (wrong, expected) in table {
        let lab = Lab::new().await;
        lab.write("from/data/rows.csv", "a\n1\n");
        let ran = lab.run(&[map("a", "a"), wrong], json_lines()).await;
        assert_eq!(ran.status, "Error");
        assert!(ran.message().contains(expected), "{expected}: {ran:?}");
        assert!(ran.files.is_empty());
    }
}
