//! Tests of keys in variables and profile files.

use crate::support::{FakeClock, FakeTransport, Home, failure, keys, provider_config};
use smithy_reqwest::credentials::{EnvironmentProvider, ProfileProvider, ProviderConfig};
use smithy_reqwest::environment::Environment;

fn variables<const N: usize>(pairs: [(&str, &str); N]) -> EnvironmentProvider {
    EnvironmentProvider::new(ProviderConfig::new().environment(Environment::from_pairs(pairs)))
}

fn profile_config(home: &Home, pairs: &[(&str, &str)]) -> ProviderConfig {
    let environment = home.environment(pairs);
    provider_config(environment, &FakeTransport::forbidden(), &FakeClock::new())
}

fn profile(home: &Home, pairs: &[(&str, &str)]) -> ProfileProvider {
    ProfileProvider::new(profile_config(home, pairs))
}

#[tokio::test]
async fn variables_hold_keys_and_may_hold_a_token() {
    let found = keys(&variables([
        ("AWS_ACCESS_KEY_ID", "AK"),
        ("AWS_SECRET_ACCESS_KEY", "SK"),
    ]))
    .await;
    assert_eq!(
        (found.access_key_id(), found.secret_access_key()),
        ("AK", "SK")
    );
    assert_eq!((found.session_token(), found.expiry()), (None, None));

    let found = keys(&variables([
        ("AWS_ACCESS_KEY_ID", "AK"),
        ("AWS_SECRET_ACCESS_KEY", "SK"),
        ("AWS_SESSION_TOKEN", "ST"),
        ("AWS_ACCOUNT_ID", "111122223333"),
    ]))
    .await;
    assert_eq!(found.session_token(), Some("ST"));
    assert_eq!(found.account_id().unwrap().as_str(), "111122223333");
}

#[tokio::test]
async fn half_set_variables_are_an_error_that_names_the_missing_one() {
    let id_only = variables([("AWS_ACCESS_KEY_ID", "AK"), ("AWS_SECRET_ACCESS_KEY", "")]);
    let secret_only = variables([("AWS_SECRET_ACCESS_KEY", "planted")]);
    let none = variables([("AWS_SESSION_TOKEN", "planted"), ("AWS_ACCESS_KEY_ID", "")]);
    for (provider, kind, text) in [
        (
            id_only,
            "badly configured",
            "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not set or empty",
        ),
        (
            secret_only,
            "badly configured",
            "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not set or empty",
        ),
        (
            none,
            "not configured",
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set",
        ),
    ] {
        assert_eq!(failure(&provider).await, (kind, text.to_owned()));
    }
}

#[tokio::test]
async fn a_profile_holds_keys_in_either_file() {
    let in_credentials = Home::new(
        "[default]\nregion = r\naws_access_key_id = beaten\n",
        "[default]\naws_access_key_id = AK\naws_secret_access_key = SK\naws_session_token = ST\n",
    );
    let in_config = Home::new(
        "[profile dev]\naws_access_key_id = AK\naws_secret_access_key = SK\naws_session_token = ST\naws_account_id = 1\n",
        "",
    );
    for (home, pairs, account) in [
        (in_credentials, [("A", "a")], None),
        (in_config, [("AWS_PROFILE", "dev")], Some("1")),
    ] {
        let found = keys(&profile(&home, &pairs)).await;
        assert_eq!(
            (found.access_key_id(), found.secret_access_key()),
            ("AK", "SK")
        );
        assert_eq!(found.session_token(), Some("ST"));
        assert_eq!(found.account_id().map(|id| id.as_str()), account);
    }
}

#[tokio::test]
async fn an_incomplete_profile_is_an_error_with_its_place() {
    let home = Home::new("", "[default]\n\naws_access_key_id = AK\n");
    let path = home.path();
    assert_eq!(
        failure(&profile(&home, &[])).await,
        (
            "badly configured",
            format!(
                "`aws_access_key_id` in profile `default` of {path}/.aws/credentials, line 3 is set, \
                 but `aws_secret_access_key` is missing or empty"
            )
        )
    );
    let home = Home::new("", "[default]\naws_secret_access_key = planted\n");
    let (kind, text) = failure(&profile(&home, &[])).await;
    assert_eq!(kind, "badly configured");
    assert!(
        text.contains("but `aws_access_key_id` is missing"),
        "{text}"
    );
    assert!(!text.contains("planted"), "{text}");
}

#[tokio::test]
async fn a_profile_without_credentials_is_not_configured() {
    let home = Home::new("[default]\nregion = r\n", "");
    let path = home.path();
    assert_eq!(
        failure(&profile(&home, &[])).await,
        (
            "not configured",
            format!(
                "profile `default` in {path}/.aws/config or {path}/.aws/credentials \
                 has no settings for credentials"
            )
        )
    );
    let home = Home::new("", "");
    let (kind, text) = failure(&profile(&home, &[("AWS_CONFIG_FILE", "/nowhere")])).await;
    assert_eq!(kind, "not configured");
    assert!(
        text.starts_with("no profile `default` in /nowhere or "),
        "{text}"
    );
    assert!(
        text.ends_with("; AWS_CONFIG_FILE: /nowhere: file not found"),
        "{text}"
    );
}

#[tokio::test]
async fn a_selected_profile_that_is_missing_and_a_broken_file_are_badly_configured() {
    let home = Home::new("[profile dev]\n", "");
    let (kind, text) = failure(&profile(&home, &[("AWS_PROFILE", "prod")])).await;
    assert_eq!(kind, "badly configured");
    assert!(
        text.starts_with("profile `prod`, selected by AWS_PROFILE, is not in "),
        "{text}"
    );
    assert!(text.contains("profiles defined there: dev"), "{text}");

    let (kind, text) = failure(&ProfileProvider::new(
        profile_config(&home, &[]).profile_name("prod"),
    ))
    .await;
    assert_eq!(kind, "badly configured");
    assert!(
        text.starts_with("profile `prod`, selected by the program, is not in "),
        "{text}"
    );

    let home = Home::new("[default]\nnonsense\n", "");
    let (kind, text) = failure(&profile(&home, &[])).await;
    assert_eq!(kind, "badly configured");
    assert!(text.contains(".aws/config, line 2: "), "{text}");
}
