//! Helpers for tests: the definitions of the folder, an account, and the profiles that flows need.

use appflow_local::AppFlowLocal;
use appflow_sdk::Client;
use appflow_sdk::config::RetrySettings;
use appflow_sdk::flows::{Account, ApplyOptions, Definitions, FlowDefinition, Plan, PlanOptions};
use appflow_sdk::types::{
    ConnectionMode, ConnectorProfileConfig, ConnectorProfileProperties,
    ConnectorProvisioningConfig, ConnectorProvisioningType, ConnectorType,
    LambdaConnectorProvisioningConfig, SalesforceDestinationProperties,
};
use smithy_reqwest::shape::{Slot, Structure};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Returns our definitions by file name.
pub(crate) fn own() -> BTreeMap<String, FlowDefinition> {
    own_files("definitions")
        .into_iter()
        .map(|(name, text)| {
            let definition = FlowDefinition::from_json(&text);
            (
                name.clone(),
                definition.unwrap_or_else(|error| panic!("{name}: {error}")),
            )
        })
        .collect()
}

/// The files of one of our own folders.
pub(crate) fn own_files(folder: &str) -> Vec<(String, String)> {
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flows");
    files(&folders.join(folder))
}

pub(crate) fn own_named(name: &str) -> FlowDefinition {
    own().remove(&format!("{name}.json")).unwrap()
}

/// The properties of a flow's destination, which is Salesforce.
pub(crate) fn into_salesforce(flow: &mut FlowDefinition) -> &mut SalesforceDestinationProperties {
    let properties = &mut flow.destination_flow_config_list[0].destination_connector_properties;
    properties.as_mut().unwrap().salesforce.as_mut().unwrap()
}

pub(crate) fn files(folder: &Path) -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// Returns a client that retries without delay.
pub(crate) fn client(local: &AppFlowLocal) -> Client {
    let retry = RetrySettings::standard()
        .with_max_attempts(5)
        .with_initial_backoff(Duration::from_millis(1))
        .with_max_backoff(Duration::from_millis(2));
    Client::from_conf(local.config().to_builder().retry_config(retry).build())
}

pub(crate) async fn plan(account: &Account, flows: &[FlowDefinition]) -> Plan {
    let definitions = Definitions {
        flows: flows.to_vec(),
        profiles: Vec::new(),
    };
    account
        .plan(&definitions, &PlanOptions::default())
        .await
        .unwrap()
}

/// Applies a plan that must have no errors and must succeed.
pub(crate) async fn apply(account: &Account, plan: &Plan) {
    assert!(!plan.has_errors(), "{plan:?}");
    let report = account.apply(plan, &ApplyOptions::default()).await;
    let failures: Vec<String> = report
        .failures()
        .map(|failure| format!("{failure:?}"))
        .collect();
    assert!(failures.is_empty(), "{failures:?}");
}

/// Returns the definitions of an account by name.
pub(crate) async fn exported(account: &Account) -> BTreeMap<String, FlowDefinition> {
    let mut flows = BTreeMap::new();
    let keep = |exported| {
        if let appflow_sdk::flows::Exported::Flow(flow) = exported {
            flows.insert(flow.flow_name.clone(), *flow);
        }
    };
    account.export(&[], keep).await.unwrap();
    flows
}

/// Creates every profile that the flows need, with the minimum that the model allows.
pub(crate) async fn create_profiles<'a>(
    client: &Client,
    flows: impl IntoIterator<Item = &'a FlowDefinition>,
) {
    let mut wanted = BTreeSet::new();
    for flow in flows {
        let source = &flow.source_flow_config;
        let destinations = flow.destination_flow_config_list.iter();
        let ends = destinations
            .map(|end| {
                (
                    end.connector_type.clone(),
                    end.connector_profile_name.clone(),
                )
            })
            .chain([(
                source.connector_type.clone(),
                source.connector_profile_name.clone(),
            )]);
        for (connector, profile) in ends {
            if let Some(profile) = profile.filter(|_| connector != ConnectorType::S3) {
                wanted.insert((connector.to_string(), profile));
            }
        }
    }
    for (connector, profile) in wanted {
        let custom = connector == "CustomConnector";
        if custom {
            register(client, "custom-label").await;
        }
        let created = client
            .create_connector_profile()
            .connector_profile_name(&profile)
            .connector_type(ConnectorType::from(connector.as_str()))
            .set_connector_label(custom.then(|| "custom-label".to_owned()))
            .connection_mode(ConnectionMode::Public)
            .connector_profile_config(
                ConnectorProfileConfig::builder()
                    .connector_profile_properties(properties(&connector))
                    .build(),
            )
            .send()
            .await;
        created.unwrap_or_else(|error| panic!("{connector} {profile}: {error}"));
    }
}

/// Registers a custom connector, unless it is registered.
pub(crate) async fn register(client: &Client, label: &str) {
    let lambda = LambdaConnectorProvisioningConfig::builder()
        .lambda_arn("arn:aws:lambda:us-east-1:000000000000:function:connector")
        .build()
        .unwrap();
    let provisioning = ConnectorProvisioningConfig::builder()
        .lambda(lambda)
        .build();
    let registered = client
        .register_connector()
        .connector_label(label)
        .connector_provisioning_type(ConnectorProvisioningType::Lambda)
        .connector_provisioning_config(provisioning)
        .send()
        .await;
    if let Err(error) = registered {
        assert!(error.is_conflict(), "{error}");
    }
}

fn properties(connector: &str) -> ConnectorProfileProperties {
    let mut properties = ConnectorProfileProperties::default();
    let mut members = properties.schema().members.iter();
    let index = members.position(|member| member.name.eq_ignore_ascii_case(connector));
    match index.map(|index| properties.member_slot(index).fill()) {
        Some(Slot::Structure(block)) => fill_required(block),
        _ => panic!("{connector} has no profile properties"),
    }
    properties
}

fn fill_required(structure: &mut dyn Structure) {
    for (index, member) in structure.schema().members.iter().enumerate() {
        if !member.required {
            continue;
        }
        let pattern = member
            .target
            .and_then(|target| target.pattern)
            .unwrap_or_default();
        match structure.member_slot(index).fill() {
            Slot::String(place) if member.name == "roleArn" => {
                *place = "arn:aws:iam::000000000000:role/some".to_owned();
            }
            Slot::String(place) if pattern.contains("http") => {
                *place = "https://example.my.service.com".to_owned();
            }
            Slot::String(place) if member.name == "applicationServicePath" => {
                *place = "/sap".to_owned()
            }
            Slot::String(place) if member.name == "clientNumber" => *place = "100".to_owned(),
            Slot::String(place) => *place = "some".to_owned(),
            Slot::Integer(place) => *place = 443,
            Slot::Structure(part) => fill_required(part),
            _ => {}
        }
    }
}
