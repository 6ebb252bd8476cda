//! Tests of `Client::from_env()` with every credential source, against services on loopback.

use appflow_sdk::credentials::Environment;
use appflow_sdk::{Client, Error};
use serde_json::{Value, json};
use std::path::Path;
use workspace_tests::server::{Answer, Request, Server};

const BASE: &str = "[profile base]\naws_access_key_id = BASE\naws_secret_access_key = SK\n";
const SESSION: &str = "[sso-session s]\nsso_start_url = https://u\nsso_region = eu-west-1\n";
/// SHA-1 of `s`, SHA-256 of the login session.
const OF_SESSION: &str = ".aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json";
const OF_LOGIN: &str =
    ".aws/login/cache/c7665233d48affa0e6924307175f373dfabadcee4092cb01569b3f5f93d5260a.json";
/// A key for this test only.
const DPOP_KEY: &str = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIHa1bglKruOrku1ZfRnt3jGRpWEBLpc+a9qAB7nVegf2oAoGCCqGSM49\nAwEHoUQDQgAEWpBB9XTLLOK1VISKz8RZuJ4vC3fyw5nUqRoeq7QoBWMtaOZyPY6J\nbhWDZoZFqU1YG85KvmJNRngkBmoFekag2g==\n-----END EC PRIVATE KEY-----\n";

/// The response of STS.
fn assumed(operation: &str, key: &str) -> Answer {
    let text = format!(
        "<{operation}Response><{operation}Result><Credentials><AccessKeyId>{key}</AccessKeyId>\
         <SecretAccessKey>SK</SecretAccessKey><SessionToken>ST</SessionToken>\
         <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></{operation}Result></{operation}Response>"
    );
    Answer::new(200, text)
}

/// Lists flows with a home folder that has a config file and another file; returns the requests to the services.
async fn program(config: &str, file: (&str, &str), answers: Vec<Answer>) -> Vec<Request> {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().to_str().unwrap();
    let write = |name: &str, text: &str| {
        let path = home.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text.replace("HOME", home.path().to_str().unwrap())).unwrap();
    };
    write(".aws/config", config);
    write(file.0, file.1);
    let flows = Answer::json(200, &json!({ "flows": [{ "flowName": "one" }] }));
    let server = Server::start(answers.into_iter().chain([flows])).await;
    let url = server.url();
    let environment = Environment::from_pairs([
        ("HOME", path),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ENDPOINT_URL", &url),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ]);
    let flows = listed(environment).await.unwrap();
    assert_eq!(flows, ["one"]);
    assert!(!Path::new(&format!("{path}/.aws/config.tmp")).exists());
    server.requests()
}

/// Runs the program under test.
async fn listed(environment: Environment) -> Result<Vec<String>, Error> {
    let client = Client::from_env().environment(environment).await?;
    let flows = client.list_flows().send().await?;
    let names = flows.flows().iter().filter_map(|flow| flow.flow_name());
    Ok(names.map(str::to_owned).collect())
}

/// Returns the access key that each request is signed with; empty if it is unsigned.
fn keys(requests: &[Request]) -> Vec<&str> {
    let key = |request| {
        let authorization = Request::header(request, "authorization").unwrap_or_default();
        let scope = authorization
            .split("Credential=")
            .nth(1)
            .unwrap_or_default();
        scope.split('/').next().unwrap_or_default()
    };
    requests.iter().map(key).collect()
}

#[tokio::test]
async fn a_role() {
    let config = format!("[default]\nrole_arn = arn:role\nsource_profile = base\n{BASE}");
    let asked = program(&config, ("none", ""), vec![assumed("AssumeRole", "ROLE")]).await;
    assert_eq!(keys(&asked), ["BASE", "ROLE"]);
}

#[tokio::test]
async fn iam_identity_center() {
    let config = format!(
        "[default]\nsso_session = s\nsso_account_id = 111122223333\nsso_role_name = r\n{SESSION}"
    );
    let token = json!({
        "accessToken": "old", "expiresAt": "2020-01-01T00:00:00Z", "clientId": "id", "clientSecret": "hush",
        "registrationExpiresAt": "2999-01-01T00:00:00Z", "refreshToken": "again",
    });
    let refreshed = json!({ "accessToken": "new", "tokenType": "Bearer", "expiresIn": 3600 });
    let role = json!({ "roleCredentials": {
        "accessKeyId": "SSO", "secretAccessKey": "SK", "sessionToken": "ST", "expiration": 32_472_144_000_000_u64,
    }});
    let answers = vec![Answer::json(200, &refreshed), Answer::json(200, &role)];
    let asked = program(&config, (OF_SESSION, &token.to_string()), answers).await;
    assert_eq!(keys(&asked), ["", "", "SSO"]);
    assert_eq!(asked[0].target, "/token");
    assert_eq!(asked[1].header("x-amz-sso_bearer_token"), Some("new"));
}

#[tokio::test]
async fn a_web_identity() {
    let config = "[default]\nrole_arn = arn:role\nweb_identity_token_file = HOME/token\n";
    let answers = vec![assumed("AssumeRoleWithWebIdentity", "POD")];
    let asked = program(config, ("token", "the-token"), answers).await;
    assert_eq!(keys(&asked), ["", "POD"]);
    let form = String::from_utf8(asked[0].body.clone()).unwrap();
    assert!(form.ends_with("&WebIdentityToken=the-token"), "{form}");
}

#[tokio::test]
async fn aws_login() {
    let config = "[default]\nlogin_session = arn:aws:iam::111122223333:user/x\n";
    let token = json!({
        "accessToken": {
            "accessKeyId": "OLD", "secretAccessKey": "SK", "sessionToken": "ST",
            "accountId": "111122223333", "expiresAt": "2020-01-01T00:00:00Z",
        },
        "clientId": "arn:aws:signin:::devtools/same-device", "refreshToken": "again", "dpopKey": DPOP_KEY,
    });
    let refreshed = json!({
        "accessToken": { "accessKeyId": "LOGIN", "secretAccessKey": "SK", "sessionToken": "ST" },
        "tokenType": "aws_sigv4", "expiresIn": 900, "refreshToken": "next",
    });
    let answers = vec![Answer::json(200, &refreshed)];
    let asked = program(config, (OF_LOGIN, &token.to_string()), answers).await;
    assert_eq!(keys(&asked), ["", "LOGIN"]);
    assert_eq!(asked[0].target, "/v1/token");
    assert_eq!(asked[0].header("dpop").unwrap().split('.').count(), 3);
    let body: Value = serde_json::from_slice(&asked[0].body).unwrap();
    assert_eq!(body["grantType"], "refresh_token");
}
