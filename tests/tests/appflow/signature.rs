//! Tests of signatures, recomputed from the received request and the secret by the steps of the SigV4 documentation, without
//! code of the client or its signer.

use crate::support::client;
use appflow_sdk::Client;
use appflow_sdk::config::Credentials;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::{Digest, Sha256};
use workspace_tests::server::{Answer, Request, Server};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// Returns a part of the header `authorization`.
fn part<'a>(request: &'a Request, name: &str) -> &'a str {
    let header = request.header("authorization").unwrap();
    let (_, rest) = header.split_once(&format!("{name}=")).unwrap();
    rest.split(',').next().unwrap()
}

/// Returns the expected signature of a request.
fn signature(request: &Request) -> String {
    // A path is encoded once more for the canonical request, since it is encoded once on the wire already.
    let path = request.path().replace('%', "%25");
    let mut query: Vec<&str> = request.query().unwrap_or_default().split('&').collect();
    query.sort_unstable();
    let signed = part(request, "SignedHeaders");
    let headers: String = signed
        .split(';')
        .map(|name| format!("{name}:{}\n", request.header(name).unwrap()))
        .collect();
    let body = hex(Sha256::digest(&request.body));
    let canonical = format!(
        "{}\n{path}\n{}\n{headers}\n{signed}\n{body}",
        request.method,
        query.join("&")
    );
    let time = request.header("x-amz-date").unwrap();
    let date = &time[..8];
    let scope = format!("{date}/eu-central-1/appflow/aws4_request");
    let text = format!(
        "AWS4-HMAC-SHA256\n{time}\n{scope}\n{}",
        hex(Sha256::digest(canonical))
    );
    let key = hmac(format!("AWS4{SECRET}").as_bytes(), date);
    let key = ["eu-central-1", "appflow", "aws4_request"]
        .iter()
        .fold(key, |key, text| hmac(&key, text));
    hex(hmac(&key, &text))
}

async fn signed(token: Option<&str>, send: impl AsyncFnOnce(Client)) -> Request {
    let server = Server::start([Answer::json(200, &json!({}))]).await;
    let credentials = Credentials::new(
        "AKIDEXAMPLE",
        SECRET,
        token.map(str::to_owned),
        None,
        "test",
    );
    let config = client(&server)
        .config()
        .to_builder()
        .credentials_provider(credentials);
    send(Client::from_conf(config.build())).await;
    server.request()
}

#[tokio::test]
async fn a_signature_is_what_the_request_and_the_secret_make_it() {
    for token in [None, Some("session/token+of==mine")] {
        let requests = [
            signed(token, async |client| {
                drop(client.list_flows().send().await.unwrap())
            })
            .await,
            signed(token, async |client| {
                let call = client
                    .start_flow()
                    .flow_name("flow")
                    .client_token("é and more");
                drop(call.send().await.unwrap());
            })
            .await,
            signed(token, async |client| {
                let call = client
                    .untag_resource()
                    .resource_arn("arn:aws:appflow:x:1:flow/a b");
                drop(call.tag_keys("b & c").tag_keys("a").send().await.unwrap());
            })
            .await,
        ];
        for request in requests {
            assert_eq!(
                part(&request, "Signature"),
                signature(&request),
                "{request:?}"
            );
            let signed: Vec<_> = part(&request, "SignedHeaders").split(';').collect();
            assert!(
                signed.contains(&"host") && signed.contains(&"x-amz-date"),
                "{signed:?}"
            );
            assert_eq!(request.header("x-amz-security-token"), token);
            assert_eq!(
                signed.contains(&"x-amz-security-token"),
                token.is_some(),
                "{signed:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_signature_fits_no_other_body_path_or_query() {
    let request = signed(None, async |client| {
        let call = client
            .untag_resource()
            .resource_arn("arn:aws:appflow:x:1:flow/a")
            .tag_keys("a");
        drop(call.send().await.unwrap());
    })
    .await;
    let changes: [fn(&mut Request); 3] = [
        |request| request.body.push(b' '),
        |request| request.target = request.target.replace("/tags/", "/tag/"),
        |request| request.target.push_str("&tagKeys=b"),
    ];
    for change in changes {
        let mut changed = request.clone();
        change(&mut changed);
        assert_ne!(part(&changed, "Signature"), signature(&changed));
    }
}
