//! Tests of definitions and their file formats.

use crate::support::{own, own_named};
use appflow_sdk::flows::{FlowDefinition, diff};
use appflow_sdk::operation::create_flow::CreateFlowInput;

#[test]
fn every_definition_is_the_same_after_it_was_written_and_read() {
    let own = own();
    assert!(own.len() >= 20, "{}", own.len());
    for (name, definition) in own {
        let text = definition.to_json();
        let again = FlowDefinition::from_json(&text).unwrap();
        assert_eq!(again.to_json(), text, "{name}");
        assert_eq!(diff(&definition, &again), [], "{name}");
        assert_eq!(diff(&again, &definition), [], "{name}");
        assert!(text.ends_with("}\n") && !text.contains("null"), "{text}");
    }
}

#[test]
fn a_definition_becomes_the_input_that_creates_it_without_loss() {
    for (name, definition) in own() {
        let input = definition.to_create_input();
        let mut back = FlowDefinition::try_from(input.clone()).unwrap();
        back.active = definition.active;
        assert_eq!(back, definition, "{name}");
        let json = serde_json::to_string(&input).unwrap();
        let read: CreateFlowInput = serde_json::from_str(&json).unwrap();
        assert_eq!(read, input, "{name}");
        let update = definition.to_update_input();
        assert_eq!(update.tasks, input.tasks);
        assert_eq!(update.description, input.description);
    }
}

#[test]
fn the_same_flow_gives_the_same_bytes_in_whichever_order_its_tasks_come() {
    for (name, definition) in own() {
        let text = definition.to_json();
        let mut turned = definition.clone();
        turned.tasks.reverse();
        for task in &mut turned.tasks {
            if task.source_fields.len() > 1 && task.task_type.as_str() == "Filter" {
                task.source_fields.reverse();
            }
        }
        assert_eq!(turned.to_json(), text, "{name}");
    }
}

#[test]
fn people_read_the_projection_first_then_filters_then_mappings() {
    let text = own_named("filtered-by-time").to_json();
    let place = |word: &str| text.find(word).unwrap_or_else(|| panic!("{word}: {text}"));
    assert!(place("PROJECTION") < place("BETWEEN"));
    assert!(place("BETWEEN") < place("\"Map\""));
    insta::assert_snapshot!(text);
}

#[test]
fn a_misspelled_member_is_reported_with_line_column_and_the_nearest_name() {
    let text = own_named("plain-copy").to_json();
    let table = [
        (
            "flowName",
            "flowname",
            "unknown member `flowname`, did you mean `flowName`? at line 2 column 12",
        ),
        (
            "bucketPrefix",
            "buckt_prefix",
            "did you mean `bucketPrefix`?",
        ),
        (
            "\"taskType\": \"Map_all\"",
            "\"taskType\": 5",
            "tasks[0].taskType: invalid type: a number, expected text",
        ),
        (
            "\"tasks\"",
            "\"flowName\": \"twice\", \"tasks\"",
            "member `flowName` occurs twice",
        ),
        (
            "\"flowName\": \"plain-copy\",",
            "\"clientToken\": \"x\",",
            "unknown member `clientToken`",
        ),
    ];
    for (from, to, expected) in table {
        let error = FlowDefinition::from_json(&text.replacen(from, to, 1)).unwrap_err();
        let error = error.to_string();
        assert!(
            error.contains(expected) && error.contains(" at line "),
            "{error}"
        );
        assert_eq!(error.lines().count(), 1);
    }
    assert!(FlowDefinition::from_json("").is_err());
    assert!(
        FlowDefinition::from_json("{}")
            .unwrap_err()
            .to_string()
            .contains("flowName")
    );
}
