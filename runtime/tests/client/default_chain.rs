//! Tests of clients with credentials of the environment: their transport and region, and a profile named in code for
//! all settings.

use crate::service::{SERVICE, client, get_thing};
use smithy_reqwest::config::{Config, FromEnv, ProvideCredentials, Region};
use smithy_reqwest::credentials::ProviderConfig;
use smithy_reqwest::environment::Environment;
use smithy_reqwest::error::ConfigurationError;
use smithy_reqwest::http::{Body, BoxFuture, Request, Response, Transport, TransportError};
use std::sync::{Arc, Mutex};

const PROFILES: &str = "\
[default]
region = us-east-1
[profile dev]
region = eu-west-1
max_attempts = 7
role_arn = arn:aws:iam::111122223333:role/dev
source_profile = base
[profile base]
aws_access_key_id = BASE
aws_secret_access_key = SK
";
const ASSUMED: &str = "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ROLE</AccessKeyId>\
     <SecretAccessKey>SK</SecretAccessKey><SessionToken>ST</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>\
     </Credentials></AssumeRoleResult></AssumeRoleResponse>";

/// A transport that records the host of each request, and the key that signed it.
#[derive(Debug, Clone, Default)]
struct Noting(Arc<Mutex<Vec<String>>>);

impl Transport for Noting {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let host = request.uri().host().unwrap().to_owned();
        let authorization = request.headers().get("authorization").unwrap();
        let key = authorization.to_str().unwrap().split(['=', '/']).nth(1);
        let line = format!("{host} {}", key.unwrap_or_default());
        self.0.lock().unwrap().push(line);
        let body = match host.starts_with("sts.") {
            true => ASSUMED,
            false => "{}",
        };
        Box::pin(async move { Ok(http::Response::new(Body::from_bytes(body))) })
    }
}

fn environment(folder: &tempfile::TempDir, pairs: &[(&str, &str)]) -> Environment {
    let config = folder.path().join("config");
    std::fs::write(&config, PROFILES).unwrap();
    let fixed = [
        ("AWS_CONFIG_FILE", config.to_str().unwrap()),
        ("AWS_SHARED_CREDENTIALS_FILE", "/nowhere"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ];
    Environment::from_pairs(fixed.iter().chain(pairs).copied())
}

fn from_env() -> FromEnv<Result<Config, ConfigurationError>> {
    FromEnv::new(&SERVICE, |config| config)
}

#[tokio::test]
async fn a_profile_named_in_code_counts_for_all_settings() {
    let folder = tempfile::tempdir().unwrap();
    let keys = [
        ("AWS_PROFILE", "default"),
        ("AWS_ACCESS_KEY_ID", "VARIABLE"),
        ("AWS_SECRET_ACCESS_KEY", "SK"),
    ];
    let environment = environment(&folder, &keys);
    let by_variable = from_env().environment(environment.clone()).await.unwrap();
    assert_eq!(by_variable.region().unwrap().as_ref(), "us-east-1");
    let in_code = from_env().environment(environment).profile_name("dev");
    let in_code = in_code.await.unwrap();
    assert_eq!(in_code.region().unwrap().as_ref(), "eu-west-1");
    assert_eq!(in_code.retry().max_attempts, 7);
    for (config, expected) in [
        (by_variable, vec!["things.us-east-1.amazonaws.com VARIABLE"]),
        (
            in_code,
            vec![
                "sts.eu-west-1.amazonaws.com BASE",
                "things.eu-west-1.amazonaws.com ROLE",
            ],
        ),
    ] {
        let noting = Noting::default();
        let client = client(config.to_builder().transport(noting.clone()).build());
        // The role is assumed once for both calls, through the transport of the client.
        for _ in 0..2 {
            get_thing(&client).send().await.unwrap();
        }
        let mut lines = noting.0.lock().unwrap().clone();
        lines.dedup();
        assert_eq!(lines, expected);
    }
}

#[tokio::test]
async fn a_profile_that_does_not_exist_is_an_error_when_it_is_named_in_code() {
    let folder = tempfile::tempdir().unwrap();
    let gone = from_env().environment(environment(&folder, &[]));
    let error = gone.profile_name("gone").await.unwrap_err().to_string();
    assert!(
        error.starts_with("profile `gone`, selected by the program, is not in "),
        "{error}"
    );
}

#[tokio::test]
async fn roles_are_assumed_in_the_region_of_the_client() {
    let folder = tempfile::tempdir().unwrap();
    let config = from_env().environment(environment(&folder, &[("AWS_PROFILE", "dev")]));
    let config = config.await.unwrap().to_builder();
    let noting = Noting::default();
    let config = config
        .region(Region::new("eu-north-1"))
        .transport(noting.clone());
    get_thing(&client(config.build())).send().await.unwrap();
    let lines = noting.0.lock().unwrap().clone();
    assert_eq!(
        lines,
        [
            "sts.eu-north-1.amazonaws.com BASE",
            "things.eu-north-1.amazonaws.com ROLE"
        ]
    );
}

#[tokio::test]
async fn the_chain_of_the_settings_serves_elsewhere_too() {
    let folder = tempfile::tempdir().unwrap();
    let environment = environment(&folder, &[("AWS_PROFILE", "base")]);
    let config = from_env().provider_config(ProviderConfig::new().environment(environment));
    let provider = config.await.unwrap().credentials_provider().unwrap();
    let found = provider.provide_credentials().await.unwrap();
    assert_eq!(found.access_key_id(), "BASE");
}
