//! Tests of the chain: the order of the sources, where it stops, and the error if no source has credentials.

use crate::support::{
    FakeClock, FakeTransport, Home, KEYS, Reply, failure, keys, ok, provider_config,
};
use smithy_reqwest::credentials::{ChainError, DefaultChain, ProvideCredentials, ProviderConfig};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

const ENVIRONMENT: [(&str, &str); 2] = [
    ("AWS_ACCESS_KEY_ID", "environment"),
    ("AWS_SECRET_ACCESS_KEY", "SK"),
];
const CONTAINER: (&str, &str) = ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/c");
const PROFILE: &str = "[default]\naws_access_key_id = profile\naws_secret_access_key = SK\n";

fn chain(home: &Home, pairs: &[(&str, &str)], transport: &Arc<FakeTransport>) -> DefaultChain {
    let environment = home.environment(pairs);
    DefaultChain::new(provider_config(environment, transport, &FakeClock::new()))
}

/// Returns the transport of a container on an instance.
fn machine() -> Arc<FakeTransport> {
    FakeTransport::new(|line| match line.rsplit('/').next() {
        Some("token") => ok("t0ken"),
        Some("") => ok("my-role"),
        Some("my-role") => ok(KEYS.replace("AK", "instance")),
        _ => ok(KEYS.replace("AK", "container")),
    })
}

#[tokio::test]
async fn the_first_source_that_is_configured_serves() {
    let with_profile = Home::new("", PROFILE);
    let without = Home::new("[default]\nregion = r\n", "");
    let everything = [ENVIRONMENT[0], ENVIRONMENT[1], CONTAINER];
    let empty_keys = [("AWS_ACCESS_KEY_ID", ""), ("AWS_SECRET_ACCESS_KEY", "")];
    for (home, pairs, expected, requests) in [
        (&with_profile, &everything[..], "environment", 0),
        (&with_profile, &[CONTAINER][..], "profile", 0),
        (&with_profile, &empty_keys[..], "profile", 0),
        (&without, &[CONTAINER][..], "container", 1),
        (&without, &[][..], "instance", 3),
    ] {
        let transport = machine();
        let found = keys(&chain(home, pairs, &transport)).await;
        assert_eq!(found.access_key_id(), expected);
        assert_eq!(transport.lines().len(), requests, "{expected}");
    }
}

#[tokio::test]
async fn a_profile_named_in_code_comes_before_the_variables() {
    let home = Home::new(
        "",
        &format!("{PROFILE}[dev]\naws_access_key_id = dev\naws_secret_access_key = SK\n"),
    );
    let pairs = [ENVIRONMENT[0], ENVIRONMENT[1], ("AWS_PROFILE", "default")];
    let config = ProviderConfig::new()
        .environment(home.environment(&pairs))
        .profile_name("dev")
        .transport(FakeTransport::forbidden());
    let chain = DefaultChain::new(config);
    assert_eq!(keys(&chain).await.access_key_id(), "dev");
}

#[tokio::test]
async fn a_source_that_is_configured_and_fails_stops_the_chain() {
    let empty = Home::new("", "");
    let sso = Home::new(
        "[default]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n",
        "",
    );
    let malformed = Home::new("[default]\nnonsense", "");
    let process = Home::new("[default]\ncredential_process = exit 7\n", "");
    let web_identity = [("AWS_WEB_IDENTITY_TOKEN_FILE", "/f"), ("AWS_ROLE_ARN", "r")];
    for (home, pairs, source, kind, reason) in [
        (
            &empty,
            &ENVIRONMENT[..1],
            "environment",
            "badly configured",
            "AWS_SECRET_ACCESS_KEY is not set",
        ),
        (
            &empty,
            &[("AWS_PROFILE", "dev")],
            "profile",
            "badly configured",
            "profile `dev`, selected by",
        ),
        (
            &sso,
            &[],
            "profile",
            "badly configured",
            "no section [sso-session s] in the config file",
        ),
        (
            &malformed,
            &[],
            "profile",
            "badly configured",
            "/.aws/config, line 2: ",
        ),
        (
            &empty,
            &web_identity,
            "web identity",
            "badly configured",
            "no region for AWS STS: set AWS_REGION, or `region` in profile `default`",
        ),
        (
            &empty,
            &[("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://example.com/")],
            "container",
            "badly configured",
            "plain http to host `example.com`",
        ),
    ] {
        let (found, text) = failure(&chain(home, pairs, &FakeTransport::forbidden())).await;
        assert_eq!(found, kind, "{text}");
        let head =
            format!("no credentials available: the source `{source}` is configured but failed\n");
        assert!(text.starts_with(&head), "{text}");
        let last = text.lines().last().unwrap();
        assert!(last.starts_with(&format!("  {source}: ")), "{text}");
        assert!(last.contains(reason), "{text}");
    }
    // This is a real process, with a clock that does not advance past it.
    let config = ProviderConfig::new().environment(process.environment(&[]));
    let chain = DefaultChain::new(config.transport(FakeTransport::forbidden()));
    let (kind, text) = failure(&chain).await;
    assert_eq!(kind, "failed", "{text}");
}

#[tokio::test]
async fn total_failure_lists_every_source_with_its_reason() {
    let home = Home::new("", "");
    let transport = FakeTransport::new(|_| Reply::Refuse);
    let pairs = [("AWS_CONFIG_FILE", "/nowhere/config")];
    let (kind, text) = failure(&chain(&home, &pairs, &transport)).await;
    assert_eq!(kind, "not configured");
    let path = home.path();
    assert_eq!(
        text,
        format!(
            "no credentials available: no source is configured
  environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set
  profile: no profile `default` in /nowhere/config or {path}/.aws/credentials; AWS_CONFIG_FILE: /nowhere/config: file not found
  web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set
  container: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and AWS_CONTAINER_CREDENTIALS_FULL_URI are not set
  EC2 instance metadata: no response from http://169.254.169.254 (no connection: connection refused): outside of EC2, set AWS_EC2_METADATA_DISABLED=true to save the wait
set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run `aws configure`, or name a profile in AWS_PROFILE"
        )
    );
}

#[tokio::test]
async fn the_error_can_be_asked_which_sources_were_tried() {
    let home = Home::new("", "");
    let chain = chain(
        &home,
        &[("AWS_EC2_METADATA_DISABLED", "TRUE")],
        &FakeTransport::forbidden(),
    );
    let error = chain.provide_credentials().await.unwrap_err();
    let error: &ChainError = error.source().unwrap().downcast_ref().unwrap();
    let tried: Vec<_> = error.tried().map(|(source, _)| source).collect();
    assert_eq!(
        tried,
        [
            "environment",
            "profile",
            "web identity",
            "container",
            "EC2 instance metadata"
        ]
    );
    assert_eq!(
        error.tried().last().unwrap().1,
        "disabled by AWS_EC2_METADATA_DISABLED"
    );
}

#[tokio::test]
async fn a_hanging_metadata_service_times_out_soon() {
    let home = Home::new("", "");
    let clock = FakeClock::new();
    let transport = FakeTransport::new(|_| Reply::Hang);
    let config = provider_config(home.environment(&[]), &transport, &clock);
    let chain = DefaultChain::new(config);
    let (kind, text) = failure(&chain).await;
    assert_eq!(kind, "not configured");
    assert!(text.contains("no response within 1000 ms"), "{text}");
    assert!(
        clock.passed() <= Duration::from_millis(2_500),
        "{:?}",
        clock.passed()
    );
}

#[tokio::test]
async fn no_secret_shows_in_errors_or_debug_output() {
    const SECRET: &str = "planted";
    let half = Home::new(
        "",
        "[default]\naws_secret_access_key = planted\naws_session_token = planted\n",
    );
    let malformed = Home::new("", "[default]\nplanted\n");
    let process = Home::new("[default]\ncredential_process = echo planted #\n", "");
    let whole = Home::new(
        "",
        "[default]\naws_access_key_id = AK\naws_secret_access_key = planted\n",
    );
    let empty = Home::new("", "");
    let container = [
        (
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "http://127.0.0.1/planted",
        ),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN", SECRET),
    ];
    let secret_only = [("AWS_SECRET_ACCESS_KEY", SECRET)];
    for (home, pairs) in [
        (&half, &[][..]),
        (&malformed, &[]),
        (&process, &[]),
        (&whole, &[]),
        (&empty, &secret_only),
        (&empty, &container),
    ] {
        let transport = FakeTransport::new(|_| ok(r#"{"SecretAccessKey": "planted"}"#));
        let config = ProviderConfig::new().environment(home.environment(pairs));
        let chain = DefaultChain::new(config.transport(transport));
        let result = chain.provide_credentials().await;
        let mut told = format!("{chain:?} {result:?}");
        if let Err(error) = &result {
            told.push_str(&smithy_reqwest::credentials::describe(error));
        }
        assert!(!told.contains(SECRET), "{told}");
    }
}

#[test]
fn the_chain_for_this_process_is_built_without_reading_anything() {
    assert!(format!("{:?}", DefaultChain::from_process()).contains("Environment(process)"));
}
