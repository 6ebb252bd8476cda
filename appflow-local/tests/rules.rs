//! What a flow or a profile must not be: each rule is told of in the service's words.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_local::{AccessKeys, AppFlowLocal};
use common::http::call;
use serde_json::{Value, json};

async fn start() -> AppFlowLocal {
    let builder = AppFlowLocal::builder().access_keys(AccessKeys::any());
    builder.start().await.unwrap()
}

/// Creates what is needed for a test.
async fn create(local: &AppFlowLocal, path: &str, body: &Value) {
    let (status, answer) = call(local.address(), path, body).await;
    assert_eq!(status, 200, "{path} {body}: {answer}");
}

/// Makes a call that must be refused in these words.
async fn refused(local: &AppFlowLocal, path: &str, body: &Value, expected: &str) {
    let (status, answer) = call(local.address(), path, body).await;
    assert_eq!(status, 400, "{path} {body}: {answer}");
    assert!(answer.contains(expected), "{body}: {answer}");
}

fn profile(name: &str, connector: &str, properties: Value, credentials: Value) -> Value {
    json!({
        "connectorProfileName": name,
        "connectorType": connector,
        "connectionMode": "Public",
        "connectorProfileConfig": {
            "connectorProfileProperties": { connector: properties },
            "connectorProfileCredentials": { connector: credentials },
        },
    })
}

/// One end of a flow, with a profile named after the connector.
fn end(connector: &str, properties: Value, which: &str) -> Value {
    json!({
        "connectorType": connector,
        "connectorProfileName": connector.to_lowercase(),
        which: { connector: properties },
    })
}

fn from(connector: &str, properties: Value) -> Value {
    end(connector, properties, "sourceConnectorProperties")
}

fn to(connector: &str, properties: Value) -> Value {
    end(connector, properties, "destinationConnectorProperties")
}

fn from_s3() -> Value {
    from(
        "S3",
        json!({ "bucketName": "source", "bucketPrefix": "in" }),
    )
}

fn to_s3() -> Value {
    to("S3", json!({ "bucketName": "target" }))
}

fn to_salesforce() -> Value {
    to("Salesforce", json!({ "object": "Account" }))
}

/// A flow from end to end on demand, that maps all.
fn flow(source: Value, destination: Value) -> Value {
    json!({
        "flowName": "flow",
        "triggerConfig": { "triggerType": "OnDemand" },
        "sourceFlowConfig": source,
        "destinationFlowConfigList": [destination],
        "tasks": [{ "taskType": "Map_all", "sourceFields": [], "taskProperties": {} }],
    })
}

/// The profiles that ends of flows name.
async fn profiles(local: &AppFlowLocal) {
    let keys = json!({ "apiKey": "key", "secretKey": "secret" });
    let oauth = json!({ "clientId": "id", "clientSecret": "secret", "accessToken": "token" });
    let instance = json!({ "instanceUrl": "https://example.com" });
    for profile in [
        profile(
            "salesforce",
            "Salesforce",
            json!({}),
            json!({ "accessToken": "token" }),
        ),
        profile("amplitude", "Amplitude", json!({}), keys),
        profile("slack", "Slack", instance, oauth),
    ] {
        create(local, "/create-connector-profile", &profile).await;
    }
}

#[tokio::test]
async fn flows_go_where_their_source_allows() {
    let local = start().await;
    profiles(&local).await;
    let amplitude = || from("Amplitude", json!({ "object": "events" }));
    let slack = || from("Slack", json!({ "object": "conversations" }));
    let metrics = || to("LookoutMetrics", json!({}));
    for (source, destination, expected) in [
        (
            amplitude(),
            to_salesforce(),
            "A flow from Amplitude cannot go to Salesforce",
        ),
        (
            slack(),
            metrics(),
            "A flow from Slack cannot go to LookoutMetrics",
        ),
        (
            from_s3(),
            to("EventBridge", json!({ "object": "bus" })),
            "An EventBridge destination needs a Salesforce source",
        ),
    ] {
        let flow = flow(source, destination);
        let expected = format!("Create Flow request failed: [{expected}]");
        refused(&local, "/create-flow", &flow, &expected).await;
    }
    for (number, (source, destination)) in [
        (amplitude(), to_s3()),
        (amplitude(), metrics()),
        (slack(), to_salesforce()),
        (from_s3(), to_salesforce()),
    ]
    .into_iter()
    .enumerate()
    {
        let mut flow = flow(source, destination);
        flow["flowName"] = json!(format!("flow-{number}"));
        create(&local, "/create-flow", &flow).await;
    }
}

#[tokio::test]
async fn credentials_are_of_the_kind_that_they_say() {
    let local = start().await;
    let lambda = json!({ "lambdaArn": "arn:aws:lambda:us-east-1:000000000000:function:connector" });
    let connector = json!({
        "connectorLabel": "memory",
        "connectorProvisioningType": "LAMBDA",
        "connectorProvisioningConfig": { "lambda": lambda },
    });
    create(&local, "/register-connector", &connector).await;
    let path = "/create-connector-profile";
    for (grant, is_fine) in [("CLIENT_CREDENTIALS", false), ("JWT_BEARER", true)] {
        let credentials = json!({ "oAuth2GrantType": grant, "jwtToken": "a.b.c" });
        let profile = profile("salesforce", "Salesforce", json!({}), credentials);
        if is_fine {
            create(&local, path, &profile).await;
        } else {
            let expected = "The grant type CLIENT_CREDENTIALS is not supported for Salesforce.";
            refused(&local, path, &profile, expected).await;
        }
    }
    let basic = json!({ "username": "user", "password": "password" });
    for (kind, block, value) in [
        ("OAUTH2", "oauth2", json!({ "clientId": "id" })),
        ("BASIC", "basic", basic.clone()),
        ("APIKEY", "apiKey", json!({ "apiKey": "key" })),
        (
            "CUSTOM",
            "custom",
            json!({ "customAuthenticationType": "own" }),
        ),
    ] {
        let custom = |block: &str, value: &Value| {
            let credentials = json!({ "authenticationType": kind, block: value });
            let mut profile = profile(kind, "CustomConnector", json!({}), credentials);
            profile["connectorLabel"] = json!("memory");
            profile
        };
        let expected = format!("The authentication type {kind} needs {block} credentials.");
        let (other, content) = match block {
            "basic" => ("apiKey", json!({ "apiKey": "key" })),
            _ => ("basic", basic.clone()),
        };
        refused(&local, path, &custom(other, &content), &expected).await;
        create(&local, path, &custom(block, &value)).await;
    }
}
