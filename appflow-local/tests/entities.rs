//! Entities that are seeded, by the builder, the control API and the program, and connectors that AWS vends by label.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_local::{AppFlowLocal, SeededEntities};
use appflow_sdk::Client;
use appflow_sdk::types::{
    ConnectionMode, ConnectorProfileConfig, ConnectorProfileProperties, ConnectorType,
    CustomConnectorProfileProperties,
};
use common::http::control;
use common::program::{Program, command};
use common::salesforce_profile;

const SEEDS: &str = r#"{"Salesforce": {"Account": [{"name": "Region__c", "type": "picklist", "values": ["EU"]}],
    "Custom__c": ["Id", {"name": "Total__c", "type": "double"}]}}"#;

async fn entities(client: &Client) -> Vec<String> {
    let listed = client.list_connector_entities();
    let listed = listed.connector_profile_name("crm").send().await.unwrap();
    let objects = listed.connector_entity_map()["Objects"].iter();
    objects.map(|entity| entity.name().to_owned()).collect()
}

async fn fields(client: &Client, entity: &str) -> Option<Vec<String>> {
    let described = client.describe_connector_entity();
    let described = described
        .connector_profile_name("crm")
        .connector_entity_name(entity);
    let described = described.send().await.ok()?;
    let fields = described.connector_entity_fields().iter();
    Some(fields.map(|field| field.identifier().to_owned()).collect())
}

#[tokio::test]
async fn entities_are_seeded_and_a_reset_goes_back_to_those_of_the_start() {
    let seeds: SeededEntities = serde_json::from_str(SEEDS).unwrap();
    let local = AppFlowLocal::builder().entities(seeds);
    let local = local.start().await.unwrap();
    let client = local.client();
    salesforce_profile(&client, "crm").await.unwrap();
    let all = ["Account", "Contact", "Custom__c", "Opportunity"];
    assert_eq!(entities(&client).await, all);
    let custom = fields(&client, "Custom__c").await.unwrap();
    assert_eq!(custom, ["Id", "Total__c"]);
    let account = fields(&client, "Account").await.unwrap();
    assert!(account.contains(&"Region__c".to_owned()) && account.contains(&"Name".to_owned()));
    let put = r#"{"Salesforce": {"Other__c": ["Id"]}}"#;
    let (status, _) = control(local.address(), "PUT", "entities", put).await;
    assert_eq!(status, 200);
    assert_eq!(fields(&client, "Custom__c").await, None);
    assert_eq!(fields(&client, "Other__c").await.unwrap(), ["Id"]);
    local.reset().await.unwrap();
    salesforce_profile(&client, "crm").await.unwrap();
    assert_eq!(entities(&client).await, all);
}

#[tokio::test]
async fn the_program_reads_entities_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("entities.json");
    std::fs::write(&file, SEEDS).unwrap();
    let program = Program::start(&["--entities", file.to_str().unwrap()]).await;
    let client = program.client();
    salesforce_profile(&client, "crm").await.unwrap();
    assert!(entities(&client).await.contains(&"Custom__c".to_owned()));
    std::fs::write(&file, r#"{"Salesforce": {"Account": [7]}}"#).unwrap();
    for broken in [&file, &folder.path().join("absent.json")] {
        let mut command = command();
        command.args(["--port=0", "--entities"]).arg(broken);
        let output = command.stderr(std::process::Stdio::piped()).output();
        let output = output.await.unwrap();
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(broken.to_str().unwrap()), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

#[tokio::test]
async fn vended_connectors_are_there_without_registration() {
    let local = AppFlowLocal::start().await.unwrap();
    let client = local.client();
    let profile = |label: &str| {
        let properties = ConnectorProfileProperties::builder()
            .custom_connector(CustomConnectorProfileProperties::builder().build());
        let config = ConnectorProfileConfig::builder()
            .connector_profile_properties(properties.build())
            .build();
        client
            .create_connector_profile()
            .connector_profile_name(label.replace(' ', "-"))
            .connector_label(label)
            .connector_type(ConnectorType::Customconnector)
            .connection_mode(ConnectionMode::Public)
            .connector_profile_config(config)
    };
    for label in ["HubSpot", "GitHub", "GoogleAnalytics4", "JDBCsmall"] {
        profile(label).send().await.unwrap();
    }
    let refused = profile("Unheard-of").send().await.unwrap_err();
    assert!(refused.is_not_found(), "{refused}");
    let described = client
        .describe_connector()
        .connector_type(ConnectorType::Customconnector)
        .connector_label("HubSpot");
    let described = described.send().await.unwrap();
    let configuration = described.connector_configuration().unwrap();
    assert_eq!(configuration.connector_owner(), Some("AWS"));
    let registered = client.list_connectors().send().await.unwrap();
    assert!(registered.connectors().is_empty());
}
