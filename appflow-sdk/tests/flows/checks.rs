//! Tests of the checks before a definition is applied.

use crate::support::{into_salesforce, own, own_named};
use appflow_sdk::flows::{FlowDefinition, Severity, check};
use appflow_sdk::types::{ConnectorType, TaskType, TriggerType};

type Edit = fn(&mut FlowDefinition);

#[test]
fn our_own_definitions_have_no_errors() {
    for (name, definition) in own() {
        let errors: Vec<_> = check(&definition)
            .into_iter()
            .filter(|finding| finding.is_error())
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

#[test]
fn rejected_tasks_are_errors_and_tasks_without_effect_are_warnings() {
    use Severity::{Error, Warning};
    let table: &[(&str, Edit, Severity, &str)] = &[
        (
            "projection-last",
            |flow| flow.tasks.truncate(2),
            Error,
            "tasks: no task moves data",
        ),
        (
            "masked-and-cut",
            |flow| {
                flow.tasks.remove(0);
            },
            Warning,
            "tasks: no field is read",
        ),
        (
            "plain-copy",
            |flow| flow.flow_name = "a".repeat(300),
            Error,
            "flowName: 300 characters",
        ),
        (
            "plain-copy",
            |flow| flow.tasks[0].task_type = TaskType::from("Map_al"),
            Error,
            "tasks[0].taskType: unknown value \"Map_al\", did you mean \"Map_all\"?",
        ),
        (
            "plain-copy",
            |flow| flow.trigger_config.trigger_type = TriggerType::from("Scheduled"),
            Error,
            "triggerConfig: a scheduled flow needs triggerProperties.Scheduled",
        ),
        (
            "hourly-increments",
            |flow| {
                let properties = flow.trigger_config.trigger_properties.as_mut().unwrap();
                properties.scheduled.as_mut().unwrap().schedule_expression =
                    "rate(1hour)".to_owned();
            },
            Warning,
            "triggerConfig.triggerProperties.Scheduled.scheduleExpression: AppFlow writes units in the plural, even for 1: `rate(1hours)`",
        ),
        (
            "plain-copy",
            |flow| flow.source_flow_config.connector_type = ConnectorType::Salesforce,
            Error,
            "sourceFlowConfig.connectorProfileName: missing: Salesforce needs a connector profile",
        ),
        (
            "chat-messages",
            |flow| {
                let properties = flow
                    .source_flow_config
                    .source_connector_properties
                    .as_mut()
                    .unwrap();
                properties.zendesk = serde_json::from_str(r#"{"object": "tickets"}"#).unwrap();
            },
            Error,
            "sourceFlowConfig.sourceConnectorProperties.Zendesk: does not belong to the connector type Slack",
        ),
        (
            "plain-copy",
            |flow| flow.destination_flow_config_list.clear(),
            Error,
            "destinationFlowConfigList: expected exactly one destination, found 0",
        ),
        (
            "upsert-into-crm",
            |flow| {
                into_salesforce(flow).id_field_names = None;
            },
            Error,
            "destinationFlowConfigList[0].destinationConnectorProperties.Salesforce.idFieldNames: the write operation",
        ),
        (
            "plain-copy",
            |flow| flow.active = true,
            Warning,
            "active: has no effect",
        ),
        (
            "plain-copy",
            |flow| flow.tasks[0].source_fields = vec!["id".to_owned()],
            Warning,
            "tasks[0]: sourceFields have no effect",
        ),
        (
            "merged-names",
            |flow| flow.tasks[2].source_fields = vec!["Email".to_owned()],
            Warning,
            "tasks[2].sourceFields: \"Email\" is not read",
        ),
        (
            "masked-and-cut",
            |flow| {
                flow.tasks[2].task_properties = None;
            },
            Error,
            "tasks[2]: missing: a Truncate task needs the property TRUNCATE_LENGTH",
        ),
    ];
    for (name, edit, severity, expected) in table {
        let mut definition = own_named(name);
        edit(&mut definition);
        let findings = check(&definition);
        let found = findings
            .iter()
            .find(|finding| finding.to_string().starts_with(expected));
        assert_eq!(
            found.map(|found| found.severity),
            Some(*severity),
            "{expected}: {findings:?}"
        );
    }
}
