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

#[tokio::test]
async fn the_ends_of_a_flow_have_what_they_need() {
    let local = start().await;
    profiles(&local).await;
    let without = |mut value: Value, key: &str| {
        value.as_object_mut().unwrap().remove(key);
        value
    };
    let with = |mut value: Value, key: &str, inner: Value| {
        value[key] = inner;
        value
    };
    let upsert = json!({ "object": "Account", "writeOperationType": "UPSERT" });
    for (source, destination, expected) in [
        (
            from_s3(),
            to("Salesforce", upsert),
            "Create Flow request failed: [The UPSERT write operation needs idFieldNames]",
        ),
        (
            with(from_s3(), "sourceConnectorProperties", json!({})),
            to_s3(),
            "Create Flow request failed: [The source connector properties of S3 must be given]",
        ),
        (
            from_s3(),
            with(
                to_salesforce(),
                "destinationConnectorProperties",
                to_s3()["destinationConnectorProperties"].clone(),
            ),
            "The destination connector properties of S3 do not belong to connector type Salesforce",
        ),
        (
            from_s3(),
            without(to_salesforce(), "connectorProfileName"),
            "[A connector profile must be given for Salesforce]",
        ),
        (
            from("Redshift", json!({ "object": "x" })),
            to_s3(),
            "Redshift cannot be the source of a flow",
        ),
    ] {
        let mut flow = flow(source, destination);
        if expected.starts_with("Redshift") {
            flow["sourceFlowConfig"]["sourceConnectorProperties"] = json!({});
        }
        refused(&local, "/create-flow", &flow, expected).await;
    }
    // A profile of another connector is as good as none.
    for name in ["slack", "absent"] {
        let destination = with(to_salesforce(), "connectorProfileName", json!(name));
        let body = flow(from_s3(), destination);
        let (status, answer) = call(local.address(), "/create-flow", &body).await;
        assert_eq!(status, 404, "{answer}");
        let expected = format!("Connector Profile with name {name} does not exist.");
        assert!(answer.contains(&expected), "{answer}");
    }
}

#[tokio::test]
async fn tasks_have_what_their_type_needs() {
    let local = start().await;
    profiles(&local).await;
    let task = |kind: &str, operator: Value| {
        json!({
            "taskType": kind,
            "sourceFields": ["name"],
            "destinationField": "name",
            "taskProperties": {},
            "connectorOperator": operator,
        })
    };
    let mut fieldless = task("Map", json!({ "S3": "NO_OP" }));
    fieldless["sourceFields"] = json!([]);
    for (task, expected) in [
        (
            task("Map", json!({ "Slack": "NO_OP" })),
            "task 2 (Map): the operator of Slack belongs neither to the source S3 nor to the destination Salesforce",
        ),
        (
            task("Map", json!({ "S3": "NO_OP", "Salesforce": "NO_OP" })),
            "task 2 (Map): only one connector operator may be set",
        ),
        (fieldless, "task 2 (Map): sourceFields must name a field"),
        (
            task("Truncate", json!({ "S3": "NO_OP" })),
            "task 2 (Truncate): TRUNCATE_LENGTH must be given",
        ),
        (
            task("Validate", json!({ "S3": "VALIDATE_NON_NULL" })),
            "task 2 (Validate): VALIDATION_ACTION must be given",
        ),
        (
            task("Merge", json!({})),
            "task 2 (Merge): CONCAT_FORMAT must be given",
        ),
    ] {
        let mut flow = flow(from_s3(), to_salesforce());
        flow["tasks"].as_array_mut().unwrap().push(task);
        let expected = format!("Create Flow request failed: [Task Validation Error: {expected}]");
        refused(&local, "/create-flow", &flow, &expected).await;
    }
    let mut nothing = flow(from("Slack", json!({ "object": "conversations" })), to_s3());
    nothing["tasks"] = json!([task("Map", json!({ "Slack": "NO_OP" }))]);
    let expected = "You must specify a projection task or a MAP_ALL task";
    refused(&local, "/create-flow", &nothing, expected).await;
}

fn scheduled(properties: Value) -> Value {
    json!({
        "triggerType": "Scheduled",
        "triggerProperties": { "Scheduled": properties },
    })
}

/// Creates flows from sources with triggers; those with a text must be refused with it.
async fn try_triggers(local: &AppFlowLocal, cases: Vec<(Value, Value, Option<&str>)>) {
    for (number, (source, trigger, expected)) in cases.into_iter().enumerate() {
        let mut flow = flow(source, to_s3());
        flow["flowName"] = json!(format!("flow-{number}"));
        flow["triggerConfig"] = trigger;
        match expected {
            Some(expected) => refused(local, "/create-flow", &flow, expected).await,
            None => create(local, "/create-flow", &flow).await,
        }
    }
}

#[tokio::test]
async fn schedules_are_not_more_frequent_than_the_source_allows() {
    let local = start().await;
    profiles(&local).await;
    let keys = json!({ "clientId": "id", "clientSecret": "secret", "accessToken": "token" });
    let instance = json!({ "instanceUrl": "https://example.com" });
    let marketo = profile("marketo", "Marketo", instance, keys);
    create(&local, "/create-connector-profile", &marketo).await;
    let amplitude = || from("Amplitude", json!({ "object": "events" }));
    let marketo = || from("Marketo", json!({ "object": "leads" }));
    let every = |expression: &str| scheduled(json!({ "scheduleExpression": expression }));
    let cases = vec![
        (
            amplitude(),
            every("rate(1hours)"),
            Some("The schedule expression rate(1hours) is more frequent than Amplitude allows"),
        ),
        (amplitude(), every("rate(1days)"), None),
        (
            marketo(),
            every("rate(30minutes)"),
            Some("The schedule expression rate(30minutes) is more frequent than Marketo allows"),
        ),
        (marketo(), every("rate(1hours)"), None),
        (from_s3(), every("rate(1minutes)"), None),
    ];
    try_triggers(&local, cases).await;
}

#[tokio::test]
async fn triggers_make_sense() {
    let local = start().await;
    let from_to = |start: i64, end: i64| {
        let (from, until) = ("scheduleStartTime", "scheduleEndTime");
        scheduled(json!({ "scheduleExpression": "rate(1days)", from: start, until: end }))
    };
    let ends_first = Some("The schedule ends before it starts");
    let cases = [
        (
            scheduled(json!({ "scheduleExpression": "soon" })),
            Some("The schedule expression soon is not valid"),
        ),
        (from_to(1_800_000_000, 1_700_000_000), ends_first),
        (from_to(1_800_000_000, 1_800_000_000), ends_first),
        (from_to(1_700_000_000, 1_800_000_000), None),
        (
            json!({ "triggerType": "Scheduled" }),
            Some("A Scheduled trigger needs triggerProperties.Scheduled"),
        ),
        (
            json!({ "triggerType": "Event" }),
            Some("S3 has no events that trigger flows"),
        ),
    ];
    let cases = cases.map(|(trigger, expected)| (from_s3(), trigger, expected));
    try_triggers(&local, cases.into()).await;
}

#[tokio::test]
async fn a_client_token_is_one_call() {
    let local = start().await;
    create(&local, "/create-flow", &flow(from_s3(), to_s3())).await;
    let mut update = flow(from_s3(), to_s3());
    update["clientToken"] = json!("token");
    let lambda = json!({ "lambdaArn": "arn:aws:lambda:us-east-1:000000000000:function:connector" });
    let register = json!({
        "connectorLabel": "memory",
        "connectorProvisioningType": "LAMBDA",
        "connectorProvisioningConfig": { "lambda": lambda },
        "clientToken": "token",
    });
    for (path, body) in [("/update-flow", update), ("/register-connector", register)] {
        let first = call(local.address(), path, &body).await;
        let retry = call(local.address(), path, &body).await;
        assert_eq!((first.0, &first), (200, &retry), "{path}");
        let mut other = body;
        other["description"] = json!("another");
        let (status, answer) = call(local.address(), path, &other).await;
        assert_eq!(status, 409, "{path}: {answer}");
        let expected = "The client token token was already used with other parameters.";
        assert!(answer.contains(expected), "{path}: {answer}");
    }
}
