//! The story: the calls that every client makes to appflow-local, with their parameters.

use serde_json::{Value, json};

/// Returns the calls in order; some of them fail.
pub(crate) fn story() -> Vec<(&'static str, Value)> {
    let flow = flow();
    let mut nightly = flow.clone();
    let mut refused = flow.clone();
    refused["description"] = json!("not a word: é 漢 🦀");
    nightly["flowName"] = json!("nightly");
    nightly["description"] = json!("by schedule");
    nightly["triggerConfig"] = json!({
        "triggerType": "Scheduled",
        "triggerProperties": {"Scheduled": {
            "scheduleExpression": "rate(1days)", "scheduleStartTime": "2100-01-01T02:00:00Z", "timezone": "Europe/Berlin",
        }},
    });
    let named = |name: &str| json!({ "flowName": name });
    let arn = "arn:aws:appflow:us-west-2:000000000000:flow/copy";
    vec![
        ("ListFlows", json!({})),
        ("DescribeFlow", named("copy")),
        ("CreateFlow", refused),
        ("CreateFlow", flow.clone()),
        ("CreateFlow", flow),
        ("CreateFlow", nightly),
        ("DescribeFlow", named("copy")),
        ("DescribeFlow", named("nightly")),
        ("ListFlows", json!({"maxResults": 1})),
        (
            "TagResource",
            json!({"resourceArn": arn, "tags": {"a/b": "c/d e"}}),
        ),
        (
            "UntagResource",
            json!({"resourceArn": arn, "tagKeys": ["team", "none"]}),
        ),
        ("ListTagsForResource", json!({"resourceArn": arn})),
        ("StartFlow", named("copy")),
        ("StopFlow", named("copy")),
        ("StartFlow", named("nightly")),
        ("StopFlow", named("nightly")),
        ("DescribeFlowExecutionRecords", named("nightly")),
        ("DescribeConnector", json!({"connectorType": "Salesforce"})),
        (
            "DescribeConnectors",
            json!({"connectorTypes": ["S3", "Slack"]}),
        ),
        ("DescribeConnectorProfiles", json!({})),
        (
            "DeleteFlow",
            json!({"flowName": "copy", "forceDelete": true}),
        ),
        (
            "DeleteFlow",
            json!({"flowName": "copy", "forceDelete": true}),
        ),
        ("ListFlows", json!({})),
    ]
}

/// Returns the parameters of an on-demand flow.
fn flow() -> Value {
    json!({
        "flowName": "copy",
        "description": "one bucket to the other",
        "triggerConfig": {"triggerType": "OnDemand"},
        "sourceFlowConfig": {"connectorType": "S3", "sourceConnectorProperties": {"S3": {"bucketName": "from-here", "bucketPrefix": "in"}}},
        "destinationFlowConfigList": [{"connectorType": "S3", "destinationConnectorProperties": {"S3": {"bucketName": "to-there"}}}],
        "tasks": [{
            "sourceFields": ["id", "name"],
            "connectorOperator": {"S3": "PROJECTION"},
            "taskType": "Filter",
            "taskProperties": {"DATA_TYPE": "string"},
        }],
        "tags": {"team": "data"},
    })
}
