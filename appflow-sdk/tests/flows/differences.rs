//! Tests of differences between flows, and of edits that are not differences.

use crate::support::{into_salesforce, own, own_named};
use appflow_sdk::flows::{Change, FlowDefinition, diff};
use appflow_sdk::types::{
    AggregationConfig, AggregationType, ConnectorOperator, FileType, OperatorPropertiesKeys,
    PrefixConfig, S3OutputFormatConfig, SalesforceDataTransferApi, Task, TaskType,
    TriggerProperties, TriggerType,
};
use std::collections::HashMap;

fn read(json: &str) -> Task {
    serde_json::from_str(json).unwrap()
}

type Edit = fn(&mut FlowDefinition);

/// An edit for each rule, which must not be a difference in either direction.
#[test]
fn equivalent_definitions_do_not_differ() {
    let table: &[(&str, &str, Edit)] = &[
        ("projection-last", "order of tasks", |flow| {
            flow.tasks.reverse()
        }),
        ("plain-copy", "an empty text as field", |flow| {
            flow.tasks[0].source_fields = vec![String::new()]
        }),
        ("plain-copy", "an empty first task", |flow| {
            flow.tasks
                .insert(0, read(r#"{"taskType": "Map", "sourceFields": []}"#));
        }),
        (
            "plain-copy",
            "an empty first task with empty parts",
            |flow| {
                let empty = r#"{"taskType": "Map", "sourceFields": [""], "taskProperties": {}, "connectorOperator": {}}"#;
                flow.tasks.insert(0, read(empty));
            },
        ),
        ("plain-copy", "empty trigger properties", |flow| {
            flow.trigger_config.trigger_properties = Some(TriggerProperties::default());
        }),
        ("plain-copy", "empty task properties", |flow| {
            flow.tasks[0].task_properties = Some(HashMap::new())
        }),
        ("plain-copy", "an empty destination field", |flow| {
            flow.tasks[0].destination_field = Some(String::new())
        }),
        ("plain-copy", "an empty list of excluded fields", |flow| {
            let key = OperatorPropertiesKeys::ExcludeSourceFieldsList;
            flow.tasks[0].task_properties = Some(HashMap::from([(key, "[]".to_owned())]));
        }),
        ("plain-copy", "an empty description", |flow| {
            flow.description = Some(String::new())
        }),
        (
            "plain-copy",
            "the format that the service fills in",
            |flow| {
                let properties = flow.destination_flow_config_list[0]
                    .destination_connector_properties
                    .as_mut();
                let mut format = S3OutputFormatConfig::default();
                format.file_type = Some(FileType::Json);
                format.prefix_config = Some(PrefixConfig::default());
                format.aggregation_config = Some(
                    AggregationConfig::builder()
                        .aggregation_type(AggregationType::None)
                        .build(),
                );
                format.preserve_source_data_typing = Some(false);
                properties
                    .unwrap()
                    .s3
                    .as_mut()
                    .unwrap()
                    .s3_output_format_config = Some(format);
            },
        ),
        ("plain-copy", "tags of CloudFormation", |flow| {
            flow.tags = Some(HashMap::from([(
                "aws:cloudformation:stack-name".to_owned(),
                "x".to_owned(),
            )]));
        }),
        ("plain-copy", "an empty prefix", |flow| {
            let destination = &mut flow.destination_flow_config_list[0];
            let properties = destination.destination_connector_properties.as_mut();
            let s3 = properties.unwrap().s3.as_mut().unwrap();
            assert_eq!(s3.bucket_prefix, None);
            s3.bucket_prefix = Some(String::new());
        }),
        ("plain-copy", "an empty profile of S3", |flow| {
            flow.source_flow_config.connector_profile_name = Some(String::new());
            let destination = &mut flow.destination_flow_config_list[0];
            destination.connector_profile_name = Some(String::new());
        }),
        ("plain-copy", "an empty key", |flow| {
            flow.kms_arn = Some(String::new())
        }),
        ("without-operators", "an operator that names none", |flow| {
            flow.tasks[0].connector_operator = Some(ConnectorOperator::default());
        }),
        (
            "projection-last",
            "a field that a projection lists twice",
            |flow| {
                let field = flow.tasks[2].source_fields[0].clone();
                flow.tasks[2].source_fields.push(field);
            },
        ),
        (
            "projection-last",
            "the transfer that the service chooses",
            |flow| {
                let properties = flow.source_flow_config.source_connector_properties.as_mut();
                properties
                    .unwrap()
                    .salesforce
                    .as_mut()
                    .unwrap()
                    .data_transfer_api = Some(SalesforceDataTransferApi::Automatic);
            },
        ),
        (
            "masked-into-crm",
            "the write operation that the service fills in",
            |flow| {
                into_salesforce(flow).write_operation_type = None;
            },
        ),
        ("plain-copy", "an on-demand flow that is active", |flow| {
            flow.active = true
        }),
        ("hourly-increments", "a blank in the rate", |flow| {
            let properties = flow.trigger_config.trigger_properties.as_mut().unwrap();
            properties.scheduled.as_mut().unwrap().schedule_expression = "rate(1 hours)".to_owned();
        }),
        ("masked-into-crm", "an empty time zone", |flow| {
            let properties = flow.trigger_config.trigger_properties.as_mut().unwrap();
            properties.scheduled.as_mut().unwrap().timezone = Some(String::new());
        }),
        ("hourly-increments", "no offset", |flow| {
            let properties = flow.trigger_config.trigger_properties.as_mut().unwrap();
            properties.scheduled.as_mut().unwrap().schedule_offset = None;
        }),
    ];
    for (name, rule, edit) in table {
        let definition = own_named(name);
        let mut edited = definition.clone();
        edit(&mut edited);
        assert_ne!(edited, definition, "{rule}: the edit does nothing");
        assert_eq!(diff(&definition, &edited), [], "{rule}");
        assert_eq!(diff(&edited, &definition), [], "{rule}, the other way");
        // The same flow gives the same bytes.
        assert_eq!(edited.to_json(), definition.to_json(), "{rule}");
    }
}

#[test]
fn the_stable_form_of_a_task_has_no_operator_that_names_none() {
    let definition = own_named("without-operators");
    let mut edited = definition.clone();
    edited.tasks[0].connector_operator = Some(ConnectorOperator::default());
    assert_eq!(edited.canonical(), definition.canonical());
}

/// Keys of maps are never mistaken for members that the service sets.
#[test]
fn keys_of_maps_are_compared_regardless_of_their_names() {
    let texts = |value: &str| HashMap::from([("fileType".to_owned(), value.to_owned())]);
    let mut current = own_named("custom-connector");
    let mut desired = current.clone();
    for (flow, value) in [(&mut current, "JSON"), (&mut desired, "CSV")] {
        flow.tags = Some(texts(value));
        let properties = flow.source_flow_config.source_connector_properties.as_mut();
        let custom = properties.unwrap().custom_connector.as_mut().unwrap();
        custom.custom_properties = Some(texts(value));
    }
    let changes = diff(&current, &desired);
    let changes: Vec<String> = changes.iter().map(ToString::to_string).collect();
    assert_eq!(
        changes,
        [
            "sourceFlowConfig.sourceConnectorProperties.CustomConnector.customProperties.fileType: \"JSON\" -> \"CSV\"",
            "tags.fileType: \"JSON\" -> \"CSV\"",
        ]
    );
}

#[test]
fn a_schedule_that_becomes_on_demand_is_a_change_of_the_trigger_and_not_of_the_state() {
    let current = own_named("hourly-and-active");
    let mut desired = current.clone();
    desired.trigger_config.trigger_type = TriggerType::Ondemand;
    desired.trigger_config.trigger_properties = None;
    let paths = |changes: Vec<Change>| -> Vec<String> {
        changes.into_iter().map(|change| change.path).collect()
    };
    let trigger = [
        "triggerConfig.triggerType",
        "triggerConfig.triggerProperties",
    ];
    assert_eq!(paths(diff(&current, &desired)), trigger);
    // The other way, it has to be activated.
    let back = paths(diff(&desired, &current));
    assert_eq!(back, [&["active"], &trigger[..]].concat());
}

#[test]
fn a_state_is_reported_in_full_though_definitions_leave_false_out() {
    let active = own_named("hourly-and-active");
    let mut suspended = active.clone();
    suspended.active = false;
    let told = |changes: Vec<Change>| changes[0].to_string();
    assert_eq!(told(diff(&active, &suspended)), "active: true -> false");
    assert_eq!(told(diff(&suspended, &active)), "active: false -> true");
}

#[test]
fn the_key_that_the_service_chose_is_no_difference_but_another_key_is() {
    let with_key = own_named("with-a-key");
    let mut without = with_key.clone();
    without.kms_arn = None;
    assert_eq!(diff(&with_key, &without), []);
    let changes = diff(&without, &with_key);
    assert_eq!(changes.len(), 1);
    assert!(changes[0].needs_new_flow && changes[0].path == "kmsArn");
}

#[test]
fn the_tasks_that_the_service_makes_of_excluded_fields_are_no_difference() {
    let desired = own_named("excluded-fields");
    let mut current = desired.clone();
    current.tasks = vec![
        read(
            r#"{"taskType": "Map", "sourceFields": ["Id"], "destinationField": "Id", "connectorOperator": {"Salesforce": "NO_OP"}}"#,
        ),
        read(
            r#"{"taskType": "Filter", "sourceFields": ["Id", "Name"], "connectorOperator": {"Salesforce": "PROJECTION"}}"#,
        ),
        read(
            r#"{"taskType": "Map", "sourceFields": ["Name"], "destinationField": "Name", "connectorOperator": {"Salesforce": "NO_OP"}}"#,
        ),
    ];
    assert_eq!(diff(&current, &desired), []);
    // Another name, or a field that is left out, is no such thing.
    for (field, name) in [("Name", "label"), ("Phone", "Phone")] {
        let mut changed = current.clone();
        changed.tasks[2].source_fields = vec![field.to_owned()];
        changed.tasks[2].destination_field = Some(name.to_owned());
        assert_ne!(diff(&changed, &desired), [], "{field}");
    }
    let mut filtered = current.clone();
    filtered.tasks.push(read(
        r#"{"taskType": "Filter", "sourceFields": ["Name"], "connectorOperator": {"Salesforce": "CONTAINS"}}"#,
    ));
    assert_ne!(diff(&filtered, &desired), []);
}

#[test]
fn each_change_is_reported_by_itself_with_its_path_and_whether_it_needs_a_new_flow() {
    let definition = own_named("projection-last");
    let table: &[(Edit, &str)] = &[
        (
            |flow| flow.description = Some("People".to_owned()),
            "description: (none) -> \"People\"",
        ),
        (
            |flow| flow.tasks[0].destination_field = Some("label".to_owned()),
            "tasks[Map Name].destinationField: \"full_name\" -> \"label\"",
        ),
        (
            |flow| flow.tasks[2].source_fields.push("Phone".to_owned()),
            "tasks[projection].sourceFields: [\"Email\", \"Name\"] -> [\"Email\", \"Name\", \"Phone\"]",
        ),
        (
            |flow| flow.tags = Some(HashMap::from([("a:b".to_owned(), "c".to_owned())])),
            "tags: (none) -> {\"a:b\": \"c\"}",
        ),
        (
            |flow| {
                let properties = flow.destination_flow_config_list[0]
                    .destination_connector_properties
                    .as_mut();
                let s3 = properties.unwrap().s3.as_mut().unwrap();
                s3.s3_output_format_config.as_mut().unwrap().file_type = Some(FileType::Csv);
            },
            "destinationFlowConfigList[0].destinationConnectorProperties.S3.s3OutputFormatConfig.fileType: \
             \"PARQUET\" -> \"CSV\"",
        ),
        (
            |flow| {
                let properties = flow.destination_flow_config_list[0]
                    .destination_connector_properties
                    .as_mut();
                properties.unwrap().s3.as_mut().unwrap().bucket_prefix = Some("people".to_owned());
            },
            "destinationFlowConfigList[0].destinationConnectorProperties.S3.bucketPrefix: \"contacts\" -> \"people\" \
             (needs a new flow)",
        ),
        (
            |flow| {
                let properties = flow
                    .source_flow_config
                    .source_connector_properties
                    .as_mut()
                    .unwrap();
                properties.salesforce.as_mut().unwrap().object = "Lead".to_owned();
            },
            "sourceFlowConfig.sourceConnectorProperties.Salesforce.object: \"Contact\" -> \"Lead\" (needs a new flow)",
        ),
        (
            |flow| flow.source_flow_config.connector_profile_name = Some("other".to_owned()),
            "sourceFlowConfig.connectorProfileName: \"crm\" -> \"other\" (needs a new flow)",
        ),
        (|flow| flow.tasks.truncate(0), "tasks[projection]: "),
    ];
    for (edit, expected) in table {
        let mut desired = definition.clone();
        edit(&mut desired);
        let changes = diff(&definition, &desired);
        let text = changes[0].to_string();
        assert!(text.starts_with(expected), "{text}\nis not\n{expected}");
        let several = desired.tasks.is_empty();
        assert!(several || changes.len() == 1, "{changes:?}");
    }
}

#[test]
fn any_two_of_the_definitions_differ() {
    let own = own();
    for (name, one) in &own {
        for (other_name, other) in &own {
            assert_eq!(
                diff(one, other).is_empty(),
                name == other_name,
                "{name} {other_name}"
            );
        }
    }
}

#[test]
fn added_and_removed_tasks_are_reported_whole() {
    let current = own_named("masked-and-cut");
    let mut desired = current.clone();
    desired
        .tasks
        .retain(|task| task.task_type != TaskType::Mask);
    let changes = diff(&current, &desired);
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].path, "tasks[Mask MASK_LAST_N iban]");
    assert!(changes[0].before.is_some() && changes[0].after.is_none());
}
