//! STS: the caller, roles, sessions and tokens.

use crate::Result;
use sts::Client;
use sts::config::Validation;
use sts::types::Tag;

const ROLE: &str = "arn:aws:iam::123456789012:role/team/reader";

#[tokio::test]
async fn roles_and_sessions() -> Result {
    let client = Client::from_env().await?;
    let caller = client.get_caller_identity().send().await?;
    assert_eq!(caller.account(), Some("123456789012"));
    assert!(
        caller.arn().is_some_and(|arn| arn.starts_with("arn:aws:")),
        "{caller:?}"
    );

    let tag = Tag::builder().key("Größe").value("世界").build()?;
    let assumed = client
        .assume_role()
        .role_arn(ROLE)
        .role_session_name("night-run")
        .duration_seconds(900)
        .policy(r#"{"Version":"2012-10-17","Statement":[]}"#)
        .tags(tag)
        .send()
        .await?;
    let user = assumed.assumed_role_user().ok_or("no user")?;
    assert_eq!(
        user.arn(),
        "arn:aws:sts::123456789012:assumed-role/reader/night-run"
    );
    let credentials = assumed.credentials().ok_or("no credentials")?;
    assert!(credentials.access_key_id().starts_with("ASIA"));
    assert_eq!(credentials.secret_access_key().len(), 40);
    assert!(credentials.session_token().len() > 300);
    let lifetime = credentials.expiration().secs() - now();
    assert!((800..=900).contains(&lifetime), "{lifetime} s");

    // The same client with the keys of the role.
    let keys = sts::config::Credentials::new(
        credentials.access_key_id(),
        credentials.secret_access_key(),
        Some(credentials.session_token().to_owned()),
        None,
        "assumed",
    );
    let config = client
        .config()
        .to_builder()
        .credentials_provider(keys)
        .build();
    let caller = Client::from_conf(config)
        .get_caller_identity()
        .send()
        .await?;
    assert_eq!(caller.arn(), Some(user.arn()));
    Ok(())
}

#[tokio::test]
async fn tokens_of_other_identity_providers() -> Result {
    let client = Client::from_env().await?;
    let assumed = client
        .assume_role_with_web_identity()
        .role_arn(ROLE)
        .role_session_name("pod")
        .web_identity_token("eyJ.世界")
        .send()
        .await?;
    let arn = assumed.assumed_role_user().map(|user| user.arn());
    assert_eq!(
        arn,
        Some("arn:aws:sts::123456789012:assumed-role/reader/pod")
    );
    let session = client
        .get_session_token()
        .duration_seconds(900)
        .send()
        .await?;
    let credentials = session.credentials().ok_or("no credentials")?;
    assert!(!credentials.session_token().is_empty());
    let federated = client
        .get_federation_token()
        .name("Jürgen")
        .duration_seconds(900)
        .send()
        .await?;
    let user = federated.federated_user().ok_or("no user")?;
    assert_eq!(
        user.arn(),
        "arn:aws:sts::123456789012:federated-user/Jürgen"
    );
    assert_eq!(user.federated_user_id(), "123456789012:Jürgen");
    let info = client
        .get_access_key_info()
        .access_key_id("AKIAIOSFODNN7EXAMPLE")
        .send()
        .await?;
    assert_eq!(info.account(), Some("123456789012"));
    Ok(())
}

#[tokio::test]
async fn a_policy_that_is_too_long_is_an_error_of_the_service() -> Result {
    let client = Client::from_env().await?;
    // The client would refuse it before it is sent.
    let config = client
        .config()
        .to_builder()
        .validation(Validation::OFF)
        .build();
    let error = Client::from_conf(config)
        .get_federation_token()
        .name("Bob")
        .policy("ü".repeat(2049))
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("ValidationError"), "{error}");
    assert_eq!(error.status(), Some(400));
    assert!(
        error.message().is_some_and(|text| text.contains("2048")),
        "{error}"
    );
    assert!(error.request_id().is_some());
    Ok(())
}

fn now() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |now| now.as_secs().cast_signed())
}
