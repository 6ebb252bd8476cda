//! Tests of successful responses that deviate from the model.

use crate::support::call;
use appflow_sdk::types::{ConnectorType, FlowStatus};
use serde_json::json;
use workspace_tests::server::{Answer, Server};

#[tokio::test]
async fn explicit_nulls_are_absent_members() {
    let answer = json!({"flows": [{"flowName": null, "tags": null, "createdAt": null, "flowStatus": null}], "nextToken": null});
    let (output, _) = call(answer, async |client| client.list_flows().send().await).await;
    let flow = &output.flows()[0];
    assert_eq!(
        (
            flow.flow_name(),
            flow.tags(),
            flow.created_at(),
            flow.flow_status()
        ),
        (None, None, None, None)
    );
    assert_eq!(output.next_token(), None);
    let (output, _) = call(json!({"flows": null}), async |client| {
        client.list_flows().send().await
    })
    .await;
    assert_eq!(output.flows, None);
}

#[tokio::test]
async fn nulls_in_dense_collections_are_dropped() {
    let answer = json!({"flows": [null, {"flowName": "a", "tags": {"a": null, "b": "c"}}, null]});
    let (output, _) = call(answer, async |client| client.list_flows().send().await).await;
    let [flow] = output.flows() else {
        panic!("{output:?}")
    };
    let tags = flow.tags().unwrap();
    assert_eq!((tags.len(), tags["b"].as_str()), (1, "c"));
}

#[tokio::test]
async fn unknown_members_are_ignored() {
    let answer = json!({
        "brandNew": {"a": [1, {"b": null}]},
        "flows": [{"alsoNew": [[]], "flowName": "a"}],
        "__type": "com.amazonaws.appflow#ListFlowsResponse"
    });
    let (output, _) = call(answer, async |client| client.list_flows().send().await).await;
    assert_eq!(output.flows()[0].flow_name(), Some("a"));
}

#[tokio::test]
async fn unknown_enum_values_survive_a_round_trip() {
    let answer = json!({"flows": [{"flowStatus": "Dreaming", "sourceConnectorType": "Brandnew"}]});
    let (output, _) = call(answer, async |client| client.list_flows().send().await).await;
    let flow = &output.flows()[0];
    let status = flow.flow_status().unwrap();
    assert!(matches!(status, FlowStatus::Unknown(_)));
    assert_eq!(
        (status.as_str(), status.to_string().as_str()),
        ("Dreaming", "Dreaming")
    );
    let connector: ConnectorType = flow.source_connector_type().unwrap().clone();
    let (_, request) = call(json!({}), async |client| {
        client
            .describe_connector()
            .connector_type(connector)
            .send()
            .await
    })
    .await;
    assert_eq!(request.json(), json!({"connectorType": "Brandnew"}));
}

#[tokio::test]
async fn missing_required_members_do_not_fail_a_call() {
    let (output, _) = call(json!({}), async |client| {
        client.list_connector_entities().send().await
    })
    .await;
    assert_eq!(output.connector_entity_map().len(), 0);
    let answer =
        json!({"tasks": [{}], "triggerConfig": {}, "sourceFlowConfig": {"connectorType": "S3"}});
    let (output, _) = call(answer, async |client| {
        client.describe_flow().flow_name("accounts").send().await
    })
    .await;
    let task = &output.tasks()[0];
    assert_eq!(
        (task.task_type().as_str(), task.source_fields().len()),
        ("", 0)
    );
    let source = output.source_flow_config().unwrap();
    assert_eq!(
        (
            source.connector_type(),
            source.source_connector_properties()
        ),
        (&ConnectorType::S3, None)
    );
}

#[tokio::test]
async fn an_empty_body_is_an_empty_output() {
    for body in ["", "{}"] {
        let server =
            Server::start([Answer::new(200, body).header("x-amz-request-id", "request-2")]).await;
        let output = crate::support::client(&server)
            .list_flows()
            .send()
            .await
            .unwrap();
        assert_eq!(
            (output.flows().len(), output.request_id()),
            (0, Some("request-2"))
        );
    }
}
