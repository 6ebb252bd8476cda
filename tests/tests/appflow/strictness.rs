//! Tests that files are parsed strictly, with errors that have the position and the nearest name.

use appflow_sdk::operation::create_flow::CreateFlowInput;
use appflow_sdk::operation::describe_flow::DescribeFlowOutput;
use appflow_sdk::operation::update_flow::UpdateFlowInput;
use appflow_sdk::read::ReadOptions;
use appflow_sdk::types::{ConnectorProfileConfig, ExecutionRecord, Task};

/// Returns a flow on eight lines, with `member` on the fourth.
fn flow(member: &str) -> String {
    format!(
        r#"{{
  "flowName": "accounts", "triggerConfig": {{"triggerType": "OnDemand"}},
  "tasks": [{{"taskType": "Map_all", "sourceFields": []}}],
  {member}
  "sourceFlowConfig": {{"connectorType": "S3", "sourceConnectorProperties": {{"S3": {{"bucketName": "in-bucket"}}}}}},
  "destinationFlowConfigList": [
    {{"connectorType": "S3", "destinationConnectorProperties": {{"S3": {{"bucketName": "out-bucket"}}}}}}]
}}"#
    )
}

#[test]
fn a_member_that_the_model_does_not_have_is_rejected_with_place_and_nearest_name() {
    let table = [
        (
            flow(r#""descripton": "x","#),
            "unknown member `descripton`, did you mean `description`? at line 4 column 14",
        ),
        (
            flow(r#""kmsARN": "x","#),
            "unknown member `kmsARN`, did you mean `kmsArn`? at line 4 column 10",
        ),
        (
            flow(r#""createdAt": 1.5,"#),
            "unknown member `createdAt`, CreateFlowInput has no such member at line 4 column 13",
        ),
        (
            flow(r#""tags": {"a": "b"}, "tags": {},"#),
            "member `tags` occurs twice at line 4 column 28",
        ),
        (
            flow("").replace("\"sourceFields\": []", "\"sourceField\": []"),
            "tasks[0]: unknown member `sourceField`, did you mean `sourceFields`? at line 3 column 49",
        ),
        (
            flow("").replace(
                "{\"bucketName\": \"out-bucket\"}",
                "{\"buketname\": \"out-bucket\"}",
            ),
            "destinationFlowConfigList[0].destinationConnectorProperties.S3: unknown member `buketname`, \
             did you mean `bucketName`? at line 7 column 81",
        ),
    ];
    for (text, expected) in table {
        let error = serde_json::from_str::<CreateFlowInput>(&text).unwrap_err();
        assert_eq!(error.to_string(), expected);
        let error = serde_json::from_str::<UpdateFlowInput>(&text).unwrap_err();
        assert!(error.line() > 0, "{error}");
    }
    serde_json::from_str::<CreateFlowInput>(&flow("")).unwrap();
}

#[test]
fn shapes_of_inputs_are_strict_and_shapes_of_outputs_only_are_lenient() {
    let task = r#"{"taskType": "Map", "sourceFields": [], "newMember": 1}"#;
    assert!(serde_json::from_str::<Task>(task).is_err());
    assert!(serde_json::from_str::<Vec<Task>>(&format!("[{task}]")).is_err());
    serde_json::from_str::<ExecutionRecord>(r#"{"executionId": "a", "newMember": 1}"#).unwrap();
    let described = format!(r#"{{"flowName": "a", "newMember": 1, "tasks": [{task}]}}"#);
    let described: DescribeFlowOutput = serde_json::from_str(&described).unwrap();
    assert_eq!(described.tasks().len(), 1);
}

#[test]
fn an_input_is_read_leniently_on_request() {
    let text = flow(r#""descripton": "x", "tags": {"a": "b"}, "tags": {},"#);
    let input: CreateFlowInput = ReadOptions::lenient().from_json(&text).unwrap();
    assert_eq!(input.description(), None);
    assert!(
        ReadOptions::strict()
            .from_json::<CreateFlowInput>(&text)
            .is_err()
    );
    let task = r#"{"taskType": "Map", "newMember": 1}"#;
    let error = ReadOptions::lenient().from_json::<Task>(task).unwrap_err();
    assert_eq!(error.to_string(), "missing required: sourceFields");
}

#[test]
fn a_template_without_required_members_is_read_on_request() {
    let template = r#"{"triggerConfig": {}, "tasks": [{"taskType": "Map_all"}]}"#;
    assert!(serde_json::from_str::<CreateFlowInput>(template).is_err());
    let options = ReadOptions::strict().allow_missing();
    let input: CreateFlowInput = options.from_json(template).unwrap();
    assert_eq!(input.flow_name(), None);
    assert_eq!(input.tasks()[0].source_fields().len(), 0);
    // What is there must still be right.
    let error = options
        .from_json::<CreateFlowInput>(r#"{"triggerConfig": {"triggerTyp": "OnDemand"}}"#)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "triggerConfig: unknown member `triggerTyp`, did you mean `triggerType`? at line 1 column 31"
    );
}

#[test]
fn an_unknown_name_is_cut_and_escaped() {
    let text = format!(r#"{{"{}": 1}}"#, "\\u001b[31m".repeat(100));
    let error = serde_json::from_str::<ConnectorProfileConfig>(&text).unwrap_err();
    let error = error.to_string();
    assert!(
        error.contains("\\u{1b}[31m") && error.len() < 400,
        "{error}"
    );
    assert!(error.contains("`connectorProfileCredentials`"), "{error}");
}
