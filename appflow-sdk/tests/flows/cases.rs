//! Applies every definition: a second plan is empty, the export is equal, and so is a second account.
//!
//! Our own definitions are in the folders `definitions`, `profiles`, and `refused`, whose files are named for the reason.
//! To run those of another folder:
//! `APPFLOW_FLOW_CASES=FOLDER cargo test --package appflow-sdk --test flows -- --ignored of_a_folder --nocapture`. It contains
//! definitions, or objects with a `request` and, if the service rejects it, the reason in `expect`.

use crate::support::{
    apply, client, create_profiles, exported, files, own, own_files, plan, register,
};
use appflow_local::AppFlowLocal;
use appflow_sdk::flows::{
    Account, Definitions, FlowDefinition, Plan, PlanOptions, ProfileDefinition, Secrets, diff,
};
use appflow_sdk::operation::create_connector_profile::CreateConnectorProfileInput;
use serde_json::Value;
use std::path::Path;

#[tokio::test]
async fn every_definition_of_our_own_converges_and_moves_to_a_second_account() {
    for (name, definition) in own() {
        converges(&name, definition).await;
    }
}

#[tokio::test]
async fn every_profile_of_our_own_converges_and_no_secret_comes_back() {
    let profiles = own_files("profiles");
    assert!(profiles.len() >= 9);
    for (name, text) in profiles {
        profile_converges(&name, &text).await;
    }
}

#[tokio::test]
async fn changes_that_the_service_rejects_are_reported_before_anything_is_changed() {
    let refused = own_files("refused");
    assert!(refused.len() >= 4);
    for (name, text) in refused {
        let reason = name.trim_end_matches(".json").replace('-', " ");
        match FlowDefinition::from_json(&text) {
            Ok(definition) => is_refused(&name, &definition, &reason).await,
            Err(error) => assert!(error.to_string().contains(&reason), "{name}: {error}"),
        }
    }
}

#[tokio::test]
#[ignore = "takes a folder of definitions, which APPFLOW_FLOW_CASES names"]
async fn every_definition_of_a_folder_converges_and_moves_to_a_second_account() {
    let folder = std::env::var("APPFLOW_FLOW_CASES").expect("APPFLOW_FLOW_CASES names a folder");
    let (mut flows, mut profiles, mut refused) = (0, 0, 0);
    for (name, text) in files(Path::new(&folder)) {
        let mut case: Value = serde_json::from_str(&text).unwrap();
        let expect = case["expect"].as_str().map(str::to_owned);
        let request = match case.get_mut("request") {
            Some(request) => request.take(),
            None => case.clone(),
        };
        let request = serde_json::to_string_pretty(&request).unwrap();
        if case["op"].as_str() == Some("create_connector_profile") {
            profile_converges(&name, &request).await;
            profiles += 1;
            continue;
        }
        let definition = match FlowDefinition::from_json(&request) {
            Ok(definition) => definition,
            // A template from which a value was to be filled in.
            Err(error) if error.to_string().contains("invalid timestamp at line ") => {
                println!("{name}: refused when it is read: {error}");
                refused += 1;
                continue;
            }
            Err(error) => panic!("{name}: {error}"),
        };
        match expect {
            Some(reason) => {
                is_refused(&name, &definition, &reason).await;
                refused += 1;
            }
            None if breaks_a_pattern(&definition).await => {
                println!("{name}: the service refuses it by a pattern of the model");
                refused += 1;
            }
            None => {
                converges(&name, definition).await;
                flows += 1;
            }
        }
    }
    println!("{flows} flows and {profiles} profiles converge, {refused} flows are refused");
    assert!(flows + profiles + refused > 0, "{folder} holds no cases");
}

async fn converges(name: &str, definition: FlowDefinition) {
    let (first, second) = (
        AppFlowLocal::start().await.unwrap(),
        AppFlowLocal::start().await.unwrap(),
    );
    let mut texts = Vec::new();
    let mut definition = definition;
    for local in [&first, &second] {
        let account = Account::new(client(local));
        create_profiles(account.client(), [&definition]).await;
        let planned = plan(&account, std::slice::from_ref(&definition)).await;
        assert!(!planned.is_empty(), "{name}");
        assert!(
            !planned.has_errors(),
            "{name}: {:?}",
            planned.flows[0].findings
        );
        apply(&account, &planned).await;
        let again = plan(&account, std::slice::from_ref(&definition)).await;
        assert!(again.is_empty(), "{name}: {:?}", again.flows);
        let exported = exported(&account)
            .await
            .remove(&definition.flow_name)
            .unwrap();
        assert_eq!(diff(&definition, &exported), [], "{name}");
        assert_eq!(diff(&exported, &definition), [], "{name}");
        assert_eq!(exported.to_json(), definition.to_json(), "{name}");
        texts.push(exported.to_json());
        // The second account gets what was exported from the first.
        definition = FlowDefinition::from_json(&exported.to_json()).unwrap();
    }
    assert_eq!(texts[0], texts[1], "{name}");
}

/// Patterns are checked before a plan only with the feature `patterns`; without it, the service reports them.
async fn breaks_a_pattern(definition: &FlowDefinition) -> bool {
    let local = AppFlowLocal::start().await.unwrap();
    let client = client(&local);
    create_profiles(&client, [definition]).await;
    let created = client
        .create_flow()
        .with_input(definition.to_create_input())
        .send()
        .await;
    created.is_err_and(|error| error.to_string().contains("regular expression pattern"))
}

/// Definitions that the service rejects are reported before any change.
async fn is_refused(name: &str, definition: &FlowDefinition, reason: &str) {
    let local = AppFlowLocal::start().await.unwrap();
    let account = Account::new(client(&local));
    create_profiles(account.client(), [definition]).await;
    let planned = plan(&account, std::slice::from_ref(definition)).await;
    // Without the feature `patterns`, only the service knows them.
    if cfg!(feature = "patterns") || !breaks_a_pattern(definition).await {
        tells(name, &planned, reason);
    }
    assert!(exported(&account).await.is_empty());
    let sent = account
        .client()
        .create_flow()
        .with_input(definition.to_create_input())
        .send()
        .await;
    assert!(sent.is_err(), "{name}: the service takes it");
}

fn tells(name: &str, planned: &Plan, reason: &str) {
    assert!(planned.has_errors(), "{name} is not refused");
    let findings: Vec<String> = planned.flows[0]
        .findings
        .iter()
        .map(|finding| finding.to_string().to_lowercase())
        .collect();
    assert!(
        findings.iter().any(|finding| finding.contains(reason)),
        "{name}: {findings:?}"
    );
}

async fn profile_converges(name: &str, request: &str) {
    let local = AppFlowLocal::start().await.unwrap();
    let account = Account::new(client(&local));
    let input: CreateConnectorProfileInput = serde_json::from_str(request).unwrap();
    let desired =
        ProfileDefinition::from_json(request).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(
        serde_json::to_value(&input).unwrap()["connectorProfileName"],
        desired.connector_profile_name
    );
    if let Some(label) = &desired.connector_label {
        register(account.client(), label).await;
    }
    let definitions = Definitions {
        flows: Vec::new(),
        profiles: vec![desired.clone()],
    };
    let options = PlanOptions::default().secrets(Secrets::default());
    let planned = account.plan(&definitions, &options).await.unwrap();
    assert!(
        !planned.is_empty() && !planned.has_errors(),
        "{name}: {:?}",
        planned.profiles
    );
    apply(&account, &planned).await;
    let again = account.plan(&definitions, &options).await.unwrap();
    assert!(again.is_empty(), "{name}: {:?}", again.profiles);
    let exported = account.export_profiles().await.unwrap();
    assert_eq!(exported.len(), 1);
    assert_eq!(exported[0].diff(&desired), [], "{name}");
    // No secret of the request comes back.
    let text = exported[0].to_json();
    let credentials = &serde_json::to_value(&input).unwrap()["connectorProfileConfig"]["connectorProfileCredentials"];
    for secret in texts(credentials) {
        assert!(
            !text.contains(&format!("{secret:?}")) || secret.len() < 5,
            "{name}: {secret}"
        );
    }
    assert!(
        ProfileDefinition::from_json(&text).is_ok(),
        "{name}: {text}"
    );
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(elements) => elements.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}
