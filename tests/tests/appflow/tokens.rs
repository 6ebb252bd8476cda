//! Tests of idempotency tokens: generated if absent, kept if set, and equal in all attempts.

use crate::support::client;
use appflow_sdk::config::{Config, Credentials, Region, Validation};
use appflow_sdk::{Client, Error};
use serde_json::json;
use workspace_tests::server::{Answer, Server};

/// Returns a client without input validation.
fn client_without_validation(server: &Server) -> Client {
    let config = client(server).config().to_builder();
    Client::from_conf(config.validation(Validation::OFF).build())
}

/// Calls an operation that fails once; returns the token of both attempts.
async fn token_of(send: impl AsyncFnOnce(Client) -> Result<(), Error>) -> String {
    let refused = Answer::json(500, &json!({"message": "later"}))
        .header("x-amzn-errortype", "InternalServerException");
    let server = Server::start([refused, Answer::json(200, &json!({}))]).await;
    send(client_without_validation(&server)).await.unwrap();
    let requests = server.requests();
    let tokens: Vec<_> = requests
        .iter()
        .map(|request| request.json()["clientToken"].clone())
        .collect();
    assert_eq!((tokens.len(), &tokens[0]), (2, &tokens[1]));
    let attempts: Vec<_> = requests
        .iter()
        .map(|request| request.header("amz-sdk-request").unwrap())
        .collect();
    assert_eq!(attempts, ["attempt=1; max=3", "attempt=2; max=3"]);
    let calls: Vec<_> = requests
        .iter()
        .map(|request| request.header("amz-sdk-invocation-id"))
        .collect();
    assert_eq!(calls[0], calls[1]);
    tokens[0].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn absent_tokens_are_filled_in_once_a_call_and_set_ones_are_kept() {
    macro_rules! both {
        ($($operation:ident)*) => {$(
            let filled = token_of(async |client| client.$operation().send().await.map(drop)).await;
            assert_eq!(filled, "a-generated-token", stringify!($operation));
            let kept = token_of(async |client| {
                client.$operation().client_token("mine").send().await.map(drop)
            });
            assert_eq!(kept.await, "mine", stringify!($operation));
        )*};
    }
    both! {
        create_connector_profile create_flow register_connector start_flow update_connector_profile
        update_connector_registration update_flow
    }
}

#[tokio::test]
async fn tokens_are_random_uuids_unless_said_otherwise() {
    let mut tokens = Vec::new();
    for _ in 0..2 {
        let server = Server::start([Answer::json(200, &json!({}))]).await;
        let config = Config::builder()
            .region(Region::new("eu-central-1"))
            .credentials_provider(Credentials::new(
                "AKIDEXAMPLE",
                "secret",
                None,
                None,
                "test",
            ))
            .endpoint_url(server.url());
        let client = Client::from_conf(config.build());
        client
            .start_flow()
            .flow_name("accounts")
            .send()
            .await
            .unwrap();
        let body = server.request().json();
        tokens.push(body["clientToken"].as_str().unwrap().to_owned());
    }
    assert_ne!(tokens[0], tokens[1]);
    for token in tokens {
        let parts: Vec<_> = token.split('-').map(str::len).collect();
        assert_eq!(
            (parts, token.as_bytes()[14]),
            (vec![8, 4, 4, 4, 12], b'4'),
            "{token}"
        );
    }
}
