//! The baseline: calls written by hand with reqwest, aws-sigv4 and serde_json, without an SDK. There are no retries, timeouts,
//! validation or error types: only the minimum cost of a client with these crates.

mod types;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use harness::{ENTITY_TYPE, Subject};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::SystemTime;

#[derive(Clone)]
struct Floor(Arc<Shared>);

struct Shared {
    client: reqwest::Client,
    endpoint: String,
    host: String,
    region: String,
    credentials: Credentials,
    flow: types::CreateFlow,
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"))
}

fn client() -> reqwest::Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = rustls_platform_verifier::Verifier::new(provider.clone()).expect("roots");
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("protocol versions")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    let builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .http1_only();
    builder.tcp_nodelay(true).build().expect("a client")
}

impl Floor {
    async fn call<O: DeserializeOwned>(&self, path: &str, input: &impl Serialize) -> O {
        let body = serde_json::to_vec(input).expect("JSON");
        let uri = format!("{}{path}", self.0.endpoint);
        let mut request = http::Request::post(&uri)
            .header("content-type", "application/json")
            .header("host", &self.0.host)
            .body(body)
            .expect("a request");
        self.sign(&uri, &mut request);
        let request = reqwest::Request::try_from(request).expect("a request");
        let response = self.0.client.execute(request).await.expect("a response");
        let response = response.error_for_status().expect("success");
        serde_json::from_slice(&response.bytes().await.expect("a body")).expect("an output")
    }

    fn sign(&self, uri: &str, request: &mut http::Request<Vec<u8>>) {
        let identity = self.0.credentials.clone().into();
        let parameters = SigningParams::builder()
            .identity(&identity)
            .region(&self.0.region)
            .name("appflow")
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .expect("parameters");
        let headers = request.headers().iter();
        let headers = headers.map(|(name, value)| (name.as_str(), value.to_str().expect("text")));
        let body = SignableBody::Bytes(request.body());
        let signable = SignableRequest::new("POST", uri, headers, body).expect("a request");
        let signed = sign(signable, &parameters.into()).expect("a signature");
        signed.into_parts().0.apply_to_request_http1x(request);
    }
}

impl Subject for Floor {
    async fn construct() -> Self {
        let endpoint = variable("AWS_ENDPOINT_URL");
        let host = endpoint.trim_start_matches("http://").to_owned();
        Self(Arc::new(Shared {
            client: client(),
            endpoint,
            host,
            region: variable("AWS_REGION"),
            credentials: Credentials::new(
                variable("AWS_ACCESS_KEY_ID"),
                variable("AWS_SECRET_ACCESS_KEY"),
                None,
                None,
                "environment",
            ),
            flow: types::CreateFlow::example(),
        }))
    }

    async fn list_flows(&self, token: String) -> usize {
        let input = types::ListFlows { next_token: token };
        let listed: types::Flows = self.call("/list-flows", &input).await;
        listed.flows.len()
    }

    /// Creates the request from a copy of the flow, as the other programs and users do.
    async fn create_flow(&self) -> usize {
        let created: types::Created = self.call("/create-flow", &self.0.flow.clone()).await;
        usize::from(!created.flow_arn.is_empty() && !created.flow_status.is_empty())
    }

    async fn describe_entity(&self, name: String) -> usize {
        let connector_type = ENTITY_TYPE.to_owned();
        let input = types::DescribeConnectorEntity {
            connector_entity_name: name,
            connector_type,
        };
        let described: types::Entity = self.call("/describe-connector-entity", &input).await;
        described.connector_entity_fields.len()
    }
}

fn main() {
    harness::main::<Floor>();
}
