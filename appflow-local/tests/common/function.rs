//! A Lambda endpoint with one function: a connector of contacts, which records its requests.

use super::http::call;
use super::lab::{Lab, builder};
use appflow_local::AppFlowLocal;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// The ARN of the function.
pub(crate) const ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function:contacts";

/// Overrides the response of the function to a request.
type Behavior = Box<dyn Fn(&Value) -> Option<Value> + Send + Sync>;

/// A Lambda endpoint on a port of the loopback interface.
pub(crate) struct Endpoint {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Endpoint {
    /// Starts the endpoint on a free port.
    pub(crate) async fn start(
        behavior: impl Fn(&Value) -> Option<Value> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<(String, Value)>>> = Arc::default();
        let (notes, behavior): (_, Arc<Behavior>) = (asked.clone(), Arc::new(Box::new(behavior)));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (notes, behavior) = (notes.clone(), behavior.clone());
                let answer =
                    service_fn(move |request| answer(request, notes.clone(), behavior.clone()));
                let connection = hyper::server::conn::http1::Builder::new();
                tokio::spawn(connection.serve_connection(TokioIo::new(stream), answer));
            }
        });
        Self { url, asked }
    }

    /// Returns the requests of a type so far.
    pub(crate) fn asked(&self, kind: &str) -> Vec<Value> {
        let asked = self.asked.lock().unwrap();
        let requests = asked.iter().map(|(_, request)| request);
        requests
            .filter(|request| request["type"] == kind)
            .cloned()
            .collect()
    }

    /// Returns the paths of all requests so far.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.asked
            .lock()
            .unwrap()
            .iter()
            .map(|(path, _)| path.clone())
            .collect()
    }

    /// Starts a service that calls the endpoint.
    pub(crate) async fn service(&self) -> AppFlowLocal {
        builder()
            .lambda_endpoint(&self.url)
            .unwrap()
            .start()
            .await
            .unwrap()
    }
}

async fn answer(
    request: Request<Incoming>,
    notes: Arc<Mutex<Vec<(String, Value)>>>,
    behavior: Arc<Behavior>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let path = request.uri().to_string();
    let body = request.into_body().collect().await.unwrap().to_bytes();
    let question: Value = serde_json::from_slice(&body).unwrap();
    let answer = behavior(&question).unwrap_or_else(|| own_answer(&question));
    notes.lock().unwrap().push((path, question));
    let mut response = Response::new(Full::from(answer.to_string()));
    if let Some(status) = answer["status"].as_u64() {
        *response.status_mut() = StatusCode::from_u16(status.try_into().unwrap()).unwrap();
    }
    Ok(response)
}

/// Returns the response of a connector without faults.
fn own_answer(question: &Value) -> Value {
    let contact = |number: u32| json!({"id": number, "name": format!("n{number}")}).to_string();
    match question["type"].as_str().unwrap() {
        "DescribeConnectorConfigurationRequest" => json!({
            "isSuccess": true, "connectorName": "Contacts", "connectorOwner": "Tests", "connectorVersion": "3.1",
            "connectorModes": ["SOURCE", "DESTINATION"], "supportedApiVersions": ["v1", "v2"],
            "authenticationConfig": {"isBasicAuthSupported": true}, "supportedTriggerTypes": ["ONDEMAND"],
            "operatorsSupported": ["PROJECTION", "EQUAL_TO"], "supportedWriteOperations": ["INSERT", "UPSERT"],
            "triggerFrequenciesSupported": ["HOURLY"],
        }),
        "ListEntitiesRequest" => json!({
            "isSuccess": true, "nextToken": "more",
            "entities": [{"entityIdentifier": "Contact", "hasNestedEntities": false, "isWritable": true}],
        }),
        "DescribeEntityRequest" => json!({"isSuccess": true, "entityDefinition": {
            "entity": {"entityIdentifier": "Contact", "hasNestedEntities": false, "isWritable": true},
            "fields": [{"fieldName": "id", "dataType": "Integer", "isPrimaryKey": true},
                {"fieldName": "name", "dataType": "String"}],
        }}),
        "QueryDataRequest" => match question["nextToken"].as_str() {
            None => {
                json!({"isSuccess": true, "records": [contact(1), contact(2)], "nextToken": "2"})
            }
            Some(_) => json!({"isSuccess": true, "records": [contact(3)], "nextToken": null}),
        },
        _ => json!({"isSuccess": true}),
    }
}

/// Calls an operation, and returns the status and the document of the response.
pub(crate) async fn ask(local: &AppFlowLocal, path: &str, body: Value) -> (u16, Value) {
    let (status, answer) = call(local.address(), path, &body).await;
    (status, serde_json::from_str(&answer).unwrap_or(Value::Null))
}

/// Returns the registration of the connector.
pub(crate) fn registration() -> Value {
    json!({
        "connectorLabel": "Contacts", "connectorProvisioningType": "LAMBDA",
        "connectorProvisioningConfig": {"lambda": {"lambdaArn": ARN}},
    })
}

/// Returns a profile of the connector.
pub(crate) fn profile() -> Value {
    json!({
        "connectorProfileName": "mine", "connectorType": "CustomConnector", "connectorLabel": "Contacts",
        "connectionMode": "Public",
        "connectorProfileConfig": {
            "connectorProfileProperties": {"CustomConnector": {"profileProperties": {"host": "h"}}},
            "connectorProfileCredentials": {"CustomConnector": {
                "authenticationType": "BASIC", "basic": {"username": "u", "password": "hush"}}},
        },
    })
}

/// Registers the connector and creates its profile.
pub(crate) async fn set_up(local: &AppFlowLocal) {
    for (path, body) in [
        ("/register-connector", registration()),
        ("/create-connector-profile", profile()),
    ] {
        let (status, answer) = ask(local, path, body).await;
        assert_eq!(status, 200, "{path}: {answer}");
    }
}

/// Returns a filter of the connector.
pub(crate) fn filter(operator: &str, fields: &[&str], properties: Value) -> Value {
    json!({
        "taskType": "Filter", "sourceFields": fields, "taskProperties": properties,
        "connectorOperator": {"CustomConnector": operator},
    })
}

/// Returns a map of a field to one of its name.
pub(crate) fn map(field: &str, connector: &str) -> Value {
    json!({
        "taskType": "Map", "sourceFields": [field], "destinationField": field, "taskProperties": {},
        "connectorOperator": {connector: "NO_OP"},
    })
}

/// Creates a lab whose service calls the endpoint.
pub(crate) async fn lab(endpoint: &Endpoint) -> Lab {
    let mut lab = Lab::new().await;
    let service = builder()
        .buckets(lab.folder.path())
        .lambda_endpoint(&endpoint.url);
    lab.local = service.unwrap().start().await.unwrap();
    set_up(&lab.local).await;
    lab
}
