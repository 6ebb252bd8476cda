//! Tests of AppFlow's model: it loads, is in normal form, and has the facts that the SDK relies on.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod common;

use common::{id, names};
use serde_json::json;
use smithy_model::{Closure, Model, ShapeId, import, known};
use std::{collections::BTreeSet, path::PathBuf};

const NS: &str = "com.amazonaws.appflow";

fn path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "appflow", name]
        .iter()
        .collect()
}

fn appflow() -> (Model, Closure) {
    let model = Model::load(&[path("service.json"), path("extensions.json")])
        .unwrap_or_else(|e| panic!("{e}"));
    let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
    (model, closure)
}

fn shape(name: &str) -> ShapeId {
    id(&format!("{NS}#{name}"))
}

#[test]
fn the_service_and_its_operations() {
    let (model, closure) = appflow();
    assert_eq!(closure.service, shape("Appflow"));
    assert_eq!(closure.operations.len(), 25);
    assert!(
        closure
            .operations
            .contains(&shape("ResetConnectorMetadataCache"))
    );
    let service = model.service().unwrap();
    assert!(service.traits.has("aws.protocols#restJson1"));
    assert_eq!(
        service.traits.get::<known::SigV4>().unwrap().name,
        "appflow"
    );
    assert!(
        service
            .traits
            .get::<known::StandardRegionalEndpoints>()
            .is_some()
    );
    let member =
        |name: &str, member: &str| model.expect(&shape(name)).unwrap().member(member).is_some();
    assert!(member("ConnectorOAuthRequest", "codeVerifier"));
    assert!(member("SnowflakeConnectorProfileCredentials", "privateKey"));
}

#[test]
fn service_json_is_the_output_of_import() {
    let path = path("service.json");
    let written = std::fs::read_to_string(&path).unwrap();
    assert_eq!(import(&path).unwrap().text, written);
    assert!(!written.contains("smithy.api#documentation"));
}

#[test]
fn extensions_add_to_the_model() {
    let (model, closure) = appflow();
    let variants = |name: &str| names(model.expect(&shape(name)).unwrap());
    assert_eq!(variants("AggregationType"), ["NONE", "SINGLE_FILE"]);
    assert_eq!(variants("TriggerType"), ["SCHEDULED", "EVENT", "ONDEMAND"]);
    let paginated: Vec<(&str, known::Paginated)> = closure
        .operations
        .iter()
        .filter_map(|id| Some((id.name(), model.shape(id)?.traits.get()?)))
        .collect();
    let items: Vec<_> = paginated
        .iter()
        .map(|(name, p)| (*name, p.items.as_deref().unwrap()))
        .collect();
    assert_eq!(
        items,
        [
            ("DescribeConnectorProfiles", "connectorProfileDetails"),
            ("DescribeConnectors", "connectors"),
            ("DescribeFlowExecutionRecords", "flowExecutions"),
            ("ListConnectorEntities", "connectorEntityMap"),
            ("ListConnectors", "connectors"),
            ("ListFlows", "flows"),
        ]
    );
    let default = |name: &str| {
        model
            .expect(&shape(name))
            .unwrap()
            .traits
            .raw("smithy.api#default")
            .cloned()
    };
    assert_eq!(
        (default("Boolean"), default("Double")),
        (Some(json!(false)), Some(json!(0)))
    );
    let throttling = model.expect(&shape("ThrottlingException")).unwrap();
    assert!(
        throttling
            .traits
            .get::<known::Retryable>()
            .unwrap()
            .throttling
    );
}

/// Every operation whose input and output have a `nextToken` is paginated, so a re-import cannot add one unseen.
#[test]
fn no_list_operation_is_left_without_pagination() {
    let (model, closure) = appflow();
    for operation in &closure.operations {
        let operation = model.expect(operation).unwrap();
        let has_token = |end: &Option<ShapeId>| {
            end.as_ref()
                .and_then(|id| model.shape(id))
                .is_some_and(|s| s.member("nextToken").is_some())
        };
        let ends = operation.as_operation().unwrap();
        let expected = has_token(&ends.input) && has_token(&ends.output);
        assert_eq!(
            operation.traits.has("smithy.api#paginated"),
            expected,
            "{}",
            operation.id
        );
    }
}

/// Every string in the credentials of a connector profile is either sensitive or listed here as harmless, so a re-import
/// cannot add a secret that is printed.
#[test]
fn every_credential_is_sensitive() {
    let harmless: BTreeSet<&str> = [
        "ClientId",
        "Username",
        "String",
        "RedirectUri",
        "CustomAuthenticationType",
    ]
    .into();
    let (model, _) = appflow();
    let mut waiting = vec![shape("ConnectorProfileCredentials")];
    let mut seen = BTreeSet::new();
    let mut secrets = 0;
    while let Some(id) = waiting.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        for member in model.expect(&id).unwrap().members.values() {
            let target = model.expect(&member.target).unwrap();
            if target.kind == smithy_model::ShapeKind::String {
                let sensitive = |t: &smithy_model::Traits| t.has("smithy.api#sensitive");
                let secret = sensitive(&member.traits) || sensitive(&target.traits);
                secrets += usize::from(secret);
                assert!(
                    secret || harmless.contains(target.id.name()),
                    "{} prints",
                    member.id
                );
            }
            waiting.push(member.target.clone());
        }
    }
    assert!(secrets >= 30, "only {secrets} secrets found");
}
