//! Tests of the test kit: queued responses, recorded requests, recordings without secrets.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use appflow_sdk::Client;
use appflow_sdk::operation::create_connector_profile::{
    CreateConnectorProfile, CreateConnectorProfileOutput,
};
use appflow_sdk::operation::list_flows::{ListFlows, ListFlowsOutput};
use appflow_sdk::operation::list_tags_for_resource::{
    ListTagsForResource, ListTagsForResourceOutput,
};
use appflow_sdk::testing::{RecordingTransport, TestTransport};
use appflow_sdk::types::{
    AuthenticationType, ConnectionMode, ConnectorProfileConfig, ConnectorProfileCredentials,
    ConnectorProfileProperties, ConnectorType, CustomAuthCredentials,
    CustomConnectorProfileCredentials, FlowDefinition,
};

#[tokio::test]
async fn a_program_is_tested_without_a_network() {
    let transport = TestTransport::new();
    let flow = FlowDefinition::builder().flow_name("one").build();
    transport
        .throttle::<ListFlows>()
        .answer::<ListFlows>(ListFlowsOutput::builder().flows(flow).build())
        .error::<ListTagsForResource>("ResourceNotFoundException", "no such flow")
        .answer::<ListTagsForResource>(ListTagsForResourceOutput::builder().tags("k", "v").build());
    let client = Client::from_conf(transport.config().build());
    let flows = client.list_flows().max_results(5).send().await.unwrap();
    assert_eq!(flows.flows()[0].flow_name(), Some("one"));
    let arn = "arn:aws:appflow:us-east-1:123456789012:flow/one two";
    let call = || client.list_tags_for_resource().resource_arn(arn);
    let error = call().send().await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let tags = call().send().await.unwrap();
    assert_eq!(tags.tags().unwrap()["k"], "v");
    let inputs = transport.inputs::<ListFlows>();
    assert_eq!(inputs[0].max_results(), Some(5));
    let inputs = transport.inputs::<ListTagsForResource>();
    assert_eq!(inputs[0].resource_arn(), Some(arn));
    transport.assert_exhausted();
}

/// Returns a profile configuration with made-up credentials, such as this key.
fn profile(key: &str) -> ConnectorProfileConfig {
    let custom = CustomAuthCredentials::builder()
        .custom_authentication_type("token")
        .credentials_map(key, "plantedValue")
        .build()
        .unwrap();
    let custom = CustomConnectorProfileCredentials::builder()
        .authentication_type(AuthenticationType::Custom)
        .custom(custom)
        .build()
        .unwrap();
    let credentials = ConnectorProfileCredentials::builder().custom_connector(custom);
    ConnectorProfileConfig::builder()
        .connector_profile_properties(ConnectorProfileProperties::builder().build())
        .connector_profile_credentials(credentials.build())
        .build()
}

#[tokio::test]
async fn a_recording_has_the_request_and_none_of_its_credentials() {
    let transport = TestTransport::new();
    let output = CreateConnectorProfileOutput::builder().connector_profile_arn("arn:x");
    transport.answer::<CreateConnectorProfile>(output.build());
    let recorder = RecordingTransport::new(transport.clone());
    let config = transport.config().transport(recorder.clone()).build();
    Client::from_conf(config)
        .create_connector_profile()
        .connector_profile_name("shop")
        .connector_type(ConnectorType::Customconnector)
        .connection_mode(ConnectionMode::Public)
        .connector_profile_config(profile("plantedKey"))
        .send()
        .await
        .unwrap();
    let name = format!("appflow-recording-{}.json", std::process::id());
    let file = std::env::temp_dir().join(name);
    recorder.save(&file).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(!text.contains("planted"), "{text}");
    for kept in [
        "\"connectorProfileName\": \"shop\"",
        "\"customAuthenticationType\": \"token\"",
        "\"connectorProfileArn\": \"arn:x\"",
    ] {
        assert!(text.contains(kept), "{kept} in {text}");
    }
    let sent = transport.requests()[0].json().to_string();
    assert!(sent.contains("plantedKey") && sent.contains("plantedValue"));
}

#[tokio::test]
async fn a_problem_with_a_secret_key_does_not_tell_the_key() {
    let transport = TestTransport::new();
    let client = Client::from_conf(transport.config().build());
    let error = client
        .create_connector_profile()
        .connector_profile_name("shop")
        .connector_type(ConnectorType::Customconnector)
        .connection_mode(ConnectionMode::Public)
        .connector_profile_config(profile(&"planted".repeat(100)))
        .send()
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("credentialsMap[…]: "), "{error}");
    assert!(!error.contains("planted"), "{error}");
}

#[cfg(feature = "blocking")]
#[test]
fn builders_and_paginators_send_without_async() {
    let transport = TestTransport::new();
    for token in [None, Some("2"), None] {
        let page = ListFlowsOutput::builder().flows(FlowDefinition::builder().build());
        let page = page.set_next_token(token.map(str::to_owned));
        transport.answer::<ListFlows>(page.build());
    }
    let client = Client::from_conf(transport.config().build());
    let page = client.list_flows().send_blocking().unwrap();
    assert_eq!(page.flows().len(), 1);
    let flows = client.list_flows().into_paginator().items().send_blocking();
    assert_eq!(flows.map(Result::unwrap).count(), 2);
}
