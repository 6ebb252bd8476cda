//! Tests of roles for a web identity, as pods of EKS use them.

use crate::support::{
    FakeClock, FakeTransport, Home, assumed, failure, keys, ok, pairs, provider_config,
};
use smithy_reqwest::credentials::{ProviderConfig, WebIdentityProvider};
use std::sync::Arc;

fn config(home: &Home, pairs: &[(&str, &str)], transport: &Arc<FakeTransport>) -> ProviderConfig {
    provider_config(home.environment(pairs), transport, &FakeClock::new())
}

#[tokio::test]
async fn a_web_identity_takes_its_role_unsigned_with_the_token_that_the_file_holds_now() {
    let home = Home::new("", "");
    let file = format!("{}/token", home.path());
    let variables = [
        ("AWS_WEB_IDENTITY_TOKEN_FILE", file.as_str()),
        ("AWS_ROLE_ARN", "arn:role"),
        ("AWS_ROLE_SESSION_NAME", "pod"),
        ("AWS_REGION", "eu-west-1"),
    ];
    let transport = FakeTransport::new(|_| ok(assumed("AK1")));
    let provider = WebIdentityProvider::new(config(&home, &variables, &transport));
    for (index, token) in ["first", "second"].into_iter().enumerate() {
        std::fs::write(&file, format!("{token}\n")).unwrap();
        assert_eq!(keys(&provider).await.access_key_id(), "AK1");
        let expected = pairs([
            ("Action", "AssumeRoleWithWebIdentity"),
            ("Version", "2011-06-15"),
            ("RoleArn", "arn:role"),
            ("RoleSessionName", "pod"),
            ("WebIdentityToken", token),
        ]);
        assert_eq!(transport.form(index), expected);
    }
    assert_eq!(transport.header("authorization"), ["", ""]);
}

#[tokio::test]
async fn the_region_of_the_configuration_overrides_that_of_the_environment() {
    let home = Home::new("", "");
    let file = format!("{}/token", home.path());
    std::fs::write(&file, "token").unwrap();
    let variables = [
        ("AWS_WEB_IDENTITY_TOKEN_FILE", file.as_str()),
        ("AWS_ROLE_ARN", "arn:role"),
        ("AWS_REGION", "eu-west-1"),
    ];
    let transport = FakeTransport::new(|_| ok(assumed("AK1")));
    let config = config(&home, &variables, &transport);
    for (config, region) in [
        (config.clone(), "eu-west-1"),
        (config.region("ap-south-1"), "ap-south-1"),
    ] {
        keys(&WebIdentityProvider::new(config)).await;
        let expected = format!("POST https://sts.{region}.amazonaws.com/");
        assert_eq!(transport.lines().last(), Some(&expected));
    }
    for agent in transport.header("user-agent") {
        assert!(agent.ends_with(" api/sts#2011-06-15"), "{agent}");
    }
}

#[tokio::test]
async fn an_unusable_web_identity_is_reported_with_its_reason() {
    let home = Home::new("", "");
    let path = |name: &str| format!("{}/{name}", home.path());
    std::fs::write(path("empty"), " \n").unwrap();
    std::fs::write(path("bytes"), [0xff]).unwrap();
    let (gone, empty, bytes) = (path("gone"), path("empty"), path("bytes"));
    for (file, role, region, kind, expected) in [
        (
            "",
            "r",
            "eu-west-1",
            "not configured",
            "AWS_WEB_IDENTITY_TOKEN_FILE is not set",
        ),
        (
            &gone,
            "",
            "eu-west-1",
            "badly configured",
            "but AWS_ROLE_ARN is not set or empty",
        ),
        (&gone, "r", "", "badly configured", "no region for AWS STS"),
        (
            &gone,
            "r",
            "eu-west-1",
            "failed",
            "gone: No such file or directory (os error 2)",
        ),
        (
            &empty,
            "r",
            "eu-west-1",
            "failed",
            "empty: the token is empty",
        ),
        (
            &bytes,
            "r",
            "eu-west-1",
            "failed",
            "bytes: the token is not UTF-8",
        ),
    ] {
        let variables = [
            ("AWS_WEB_IDENTITY_TOKEN_FILE", file),
            ("AWS_ROLE_ARN", role),
            ("AWS_REGION", region),
        ];
        let config = config(&home, &variables, &FakeTransport::forbidden());
        let (found, text) = failure(&WebIdentityProvider::new(config)).await;
        assert_eq!(found, kind, "{text}");
        assert!(text.contains(expected), "{text}");
    }
}
