//! Tests of inputs in files, with the JSON of the AWS CLI.

use appflow_sdk::operation::create_flow::CreateFlowInput;
use appflow_sdk::primitives::DateTime;
use appflow_sdk::types::{ScheduledTriggerProperties, Task, TriggerType};
use serde_json::{Value, json};

fn flow() -> Value {
    json!({
        "flowName": "accounts",
        "triggerConfig": {
            "triggerType": "Scheduled",
            "triggerProperties": {"Scheduled": {
                "scheduleExpression": "rate(1hours)",
                "scheduleStartTime": "2024-01-02T03:04:05Z",
                "scheduleEndTime": "2024-01-02T03:04:05.25Z"
            }}
        },
        "sourceFlowConfig": {
            "connectorType": "Salesforce",
            "connectorProfileName": "crm",
            "sourceConnectorProperties": {"Salesforce": {
                "object": "Account", "enableDynamicFieldUpdate": false, "includeDeletedRecords": true
            }}
        },
        "destinationFlowConfigList": [{
            "connectorType": "S3",
            "destinationConnectorProperties": {"S3": {"bucketName": "sales-bucket"}}
        }],
        "tasks": [{
            "sourceFields": [],
            "connectorOperator": {"Salesforce": "NO_OP"},
            "taskType": "Map_all",
            "taskProperties": {"EXCLUDE_SOURCE_FIELDS_LIST": "[]", "NEW_KEY": "x"}
        }],
        "tags": {"team": "sales"}
    })
}

#[test]
fn a_flow_of_the_aws_cli_is_the_same_after_a_round_trip() {
    let input: CreateFlowInput = serde_json::from_value(flow()).unwrap();
    assert_eq!(input.flow_name(), Some("accounts"));
    let trigger = input.trigger_config().unwrap();
    assert_eq!(trigger.trigger_type(), &TriggerType::Scheduled);
    let mut written = serde_json::to_value(&input).unwrap();
    // Zero values that are the default may be left out; here is the one that is in the file.
    let salesforce = "/sourceFlowConfig/sourceConnectorProperties/Salesforce";
    written.pointer_mut(salesforce).unwrap()["enableDynamicFieldUpdate"] = json!(false);
    assert_eq!(written, flow());
    let again: CreateFlowInput = serde_json::from_value(written).unwrap();
    assert_eq!(again, input);
}

#[test]
fn timestamps_are_written_in_rfc_3339_and_read_in_any_form() {
    let time = DateTime::from_secs(1_704_164_645);
    let forms = [
        json!("2024-01-02T03:04:05Z"),
        json!("2024-01-02T04:04:05+01:00"),
        json!("2024-01-02T03:04:05.000Z"),
        json!("Tue, 02 Jan 2024 03:04:05 GMT"),
        json!(1_704_164_645),
        json!(1_704_164_645.0),
        json!("1704164645"),
    ];
    for form in forms {
        let json = json!({"scheduleExpression": "x", "scheduleStartTime": form});
        let properties: ScheduledTriggerProperties =
            serde_json::from_value(json).unwrap_or_else(|error| panic!("{form}: {error}"));
        assert_eq!(properties.schedule_start_time(), Some(&time), "{form}");
        let written = serde_json::to_value(&properties).unwrap();
        assert_eq!(written["scheduleStartTime"], "2024-01-02T03:04:05Z");
    }
}

#[test]
fn missing_required_members_are_an_error_that_names_all_of_them() {
    let json = json!({
        "flowName": "accounts",
        "triggerConfig": {},
        "sourceFlowConfig": {"connectorType": "S3", "sourceConnectorProperties": {"S3": {}}},
        "destinationFlowConfigList": [{"connectorType": "S3"}],
        "tasks": [{"taskType": "Map", "sourceFields": []}, {"taskType": null}]
    });
    let error = serde_json::from_value::<CreateFlowInput>(json).unwrap_err();
    let paths = [
        "triggerConfig.triggerType",
        "sourceFlowConfig.sourceConnectorProperties.S3.bucketName",
        "destinationFlowConfigList[0].destinationConnectorProperties",
        "tasks[1].sourceFields",
        "tasks[1].taskType",
    ];
    let text = error.to_string();
    for path in paths {
        assert!(text.contains(path), "{path} is not in: {text}");
    }
    assert!(text.starts_with("missing required: "), "{text}");
}

#[test]
fn a_wrong_type_is_an_error_with_its_place() {
    let table = [
        (
            json!({"taskType": 1, "sourceFields": []}),
            "taskType: invalid type: a number, expected text",
        ),
        (
            json!({"taskType": "Map", "sourceFields": ["a", 2]}),
            "sourceFields[1]: invalid type: a number, expected text",
        ),
        (
            json!({"taskType": "Map", "sourceFields": "a"}),
            "sourceFields: invalid type: text, expected a list",
        ),
        (
            json!({"taskType": "Map", "sourceFields": [], "taskProperties": {"VALUE": {"a": 1}}}),
            "taskProperties[\"VALUE\"]: invalid type: an object, expected text",
        ),
        (json!([]), "invalid type: a list, expected an object"),
    ];
    for (json, start) in table {
        let error = serde_json::from_value::<Task>(json)
            .unwrap_err()
            .to_string();
        assert!(error.starts_with(start), "{error}");
    }
}
