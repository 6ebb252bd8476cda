//! Tests of IAM Identity Center: the cached token, its refresh, the credentials of the role, and the error if a person
//! has to sign in again.

use crate::support::{
    FakeClock, FakeTransport, Home, Reply, at, failure, keys, ok, provider_config,
};
use smithy_reqwest::config::ProvideToken;
use smithy_reqwest::credentials::{ProfileProvider, ProviderConfig, SsoTokenProvider};
use std::path::PathBuf;
use std::sync::Arc;

const ROLE: &str = "sso_account_id = 111122223333\nsso_role_name = my role\n";
const OLDER: &str = "sso_start_url = https://u\nsso_region = eu-west-1\n";
const SESSION: &str = "[sso-session s]\nsso_start_url = https://u\nsso_region = eu-west-1\n";
/// SHA-1 of `s`, and of `https://u`.
const OF_SESSION: &str = "a0f1490a20d0211c997b44bc357e1972deab8ae3";
const OF_URL: &str = "a6a4e888f2f8adaf8b6777eb45b88929e5e949c1";
const GIVEN: &str = r#"{"roleCredentials": {"accessKeyId": "AK", "secretAccessKey": "SK", "sessionToken": "ST", "expiration": 1893459600000}}"#;
const REFRESHED: &str =
    r#"{"accessToken": "new", "tokenType": "Bearer", "refreshToken": "next", "expiresIn": 3600}"#;

/// A home directory whose default profile names a session.
struct World {
    home: Home,
    clock: Arc<FakeClock>,
}

impl World {
    fn new(token: &str) -> Self {
        let world = Self {
            home: Home::new(&format!("[default]\nsso_session = s\n{ROLE}{SESSION}"), ""),
            clock: FakeClock::new(),
        };
        world.write(token);
        world
    }

    fn path(&self) -> PathBuf {
        let home = PathBuf::from(self.home.path());
        home.join(format!(".aws/sso/cache/{OF_SESSION}.json"))
    }

    fn write(&self, token: &str) {
        std::fs::create_dir_all(self.path().parent().unwrap()).unwrap();
        std::fs::write(self.path(), token).unwrap();
    }

    fn read(&self) -> serde_json::Value {
        serde_json::from_slice(&std::fs::read(self.path()).unwrap()).unwrap()
    }

    fn config(&self, transport: &Arc<FakeTransport>) -> ProviderConfig {
        provider_config(self.home.environment(&[]), transport, &self.clock)
    }

    fn profile(&self, transport: &Arc<FakeTransport>) -> ProfileProvider {
        ProfileProvider::new(self.config(transport))
    }
}

/// Returns a token file that can be refreshed and expires at this time of 2030-01-01.
fn refreshable(expires_at: &str) -> String {
    format!(
        r#"{{"startUrl": "https://u", "region": "eu-west-1", "accessToken": "old", "expiresAt": "2030-01-01T{expires_at}Z",
            "clientId": "id", "clientSecret": "hush", "registrationExpiresAt": "2030-02-01T00:00:00UTC",
            "refreshToken": "again", "unknown": {{"kept": [1]}}}}"#
    )
}

fn services(line: &str) -> Reply {
    match line.starts_with("POST") {
        true => ok(REFRESHED),
        false => ok(GIVEN),
    }
}

const GET: &str = "GET https://portal.sso.eu-west-1.amazonaws.com/federation/credentials?account_id=111122223333&role_name=my%20role";
const POST: &str = "POST https://oidc.eu-west-1.amazonaws.com/token";

fn refreshes(transport: &FakeTransport) -> usize {
    let lines = transport.lines();
    lines.iter().filter(|line| *line == POST).count()
}

#[tokio::test]
async fn a_token_that_is_valid_brings_the_credentials_of_the_role() {
    let world = World::new(&refreshable("02:00:00"));
    let transport = FakeTransport::new(services);
    let found = keys(&world.profile(&transport)).await;
    assert_eq!(
        (found.access_key_id(), found.secret_access_key()),
        ("AK", "SK")
    );
    assert_eq!(
        (found.session_token(), found.expiry()),
        (Some("ST"), Some(at(3_600)))
    );
    assert_eq!(found.account_id().unwrap().as_str(), "111122223333");
    assert_eq!(transport.lines(), [GET]);
    assert_eq!(transport.header("x-amz-sso_bearer_token"), ["old"]);
    assert!(transport.header("user-agent")[0].ends_with(" api/sso#2019-06-10"));
    assert_eq!(transport.header("authorization"), [""]);
}

#[tokio::test]
async fn the_older_settings_find_the_token_by_the_start_url_and_do_not_refresh_it() {
    let home = Home::new(&format!("[default]\n{OLDER}{ROLE}"), "");
    let digest = OF_URL;
    let folder = PathBuf::from(home.path()).join(".aws/sso/cache");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{digest}.json"));
    let provider = |transport: &Arc<FakeTransport>| {
        let environment = home.environment(&[]);
        ProfileProvider::new(provider_config(environment, transport, &FakeClock::new()))
    };
    for (expires_at, is_valid) in [("00:00:01", true), ("00:00:00", false)] {
        std::fs::write(&path, refreshable(expires_at)).unwrap();
        let transport = FakeTransport::new(services);
        let provider = provider(&transport);
        if is_valid {
            keys(&provider).await;
            assert_eq!(transport.lines(), [GET]);
        } else {
            let (_, text) = failure(&provider).await;
            assert!(text.contains("without `sso_session`"), "{text}");
            assert!(
                text.ends_with("run `aws sso login --profile default` (AWS CLI version 2)"),
                "{text}"
            );
        }
    }
}

#[tokio::test]
async fn a_token_is_refreshed_five_minutes_before_it_expires_and_the_file_keeps_the_rest() {
    for (expires_at, lines) in [
        ("00:05:01", &[GET][..]),
        ("00:05:00", &[POST, GET]),
        ("00:00:00", &[POST, GET]),
    ] {
        let world = World::new(&refreshable(expires_at));
        let transport = FakeTransport::new(services);
        keys(&world.profile(&transport)).await;
        assert_eq!(transport.lines(), lines, "{expires_at}");
        if lines.len() == 1 {
            continue;
        }
        let sent: serde_json::Value = serde_json::from_str(&transport.bodies()[0]).unwrap();
        let expected = serde_json::json!({"clientId": "id", "clientSecret": "hush", "grantType": "refresh_token", "refreshToken": "again"});
        assert_eq!(sent, expected);
        assert_eq!(transport.header("x-amz-sso_bearer_token"), ["", "new"]);
        assert!(transport.header("user-agent")[0].ends_with(" api/sso-oidc#2019-06-10"));
        let mut expected: serde_json::Value =
            serde_json::from_str(&refreshable(expires_at)).unwrap();
        expected["accessToken"] = "new".into();
        expected["refreshToken"] = "next".into();
        expected["expiresAt"] = "2030-01-01T01:00:00Z".into();
        assert_eq!(world.read(), expected);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(world.path())
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}

#[tokio::test]
async fn a_refresh_that_is_rejected_is_not_asked_for_again_for_thirty_seconds() {
    let world = World::new(&refreshable("00:04:00"));
    let transport = FakeTransport::new(|line| match line.starts_with("POST") {
        true => Reply::Answer(
            400,
            r#"{"error": "invalid_grant", "error_description": "no"}"#.to_owned(),
        ),
        false => ok(GIVEN),
    });
    let provider = world.profile(&transport);
    let refreshes = || refreshes(&transport);
    // The token is still valid, and is used.
    for (advance, expected) in [(0, 1), (29, 1), (1, 2)] {
        world.clock.advance(advance);
        keys(&provider).await;
        assert_eq!(refreshes(), expected, "{advance}");
    }
    // The token has expired.
    world.clock.advance(300);
    for (advance, expected, reason) in [
        (0, 3, "CreateToken failed (status 400): invalid_grant: no"),
        (
            10,
            3,
            "the last refresh failed less than 30 seconds ago: CreateToken failed",
        ),
    ] {
        world.clock.advance(advance);
        let (kind, text) = failure(&provider).await;
        assert_eq!((kind, refreshes()), ("failed", expected), "{text}");
        assert!(text.contains(reason), "{text}");
        assert!(
            text.ends_with("; run `aws sso login --profile default` (AWS CLI version 2)"),
            "{text}"
        );
    }
    // A person has signed in in the meantime.
    world.write(&refreshable("23:00:00"));
    keys(&provider).await;
}

#[tokio::test]
async fn a_token_that_another_process_refreshed_is_used_if_the_refresh_is_rejected() {
    let world = World::new(&refreshable("00:00:00"));
    let path = world.path();
    let transport = FakeTransport::new(move |line| match line.starts_with("POST") {
        true => {
            let other = refreshable("23:00:00").replace("old", "other");
            std::fs::write(&path, other).unwrap();
            Reply::Answer(400, "{}".to_owned())
        }
        false => ok(GIVEN),
    });
    keys(&world.profile(&transport)).await;
    assert_eq!(transport.header("x-amz-sso_bearer_token"), ["", "other"]);
}

#[tokio::test]
async fn many_at_once_refresh_once() {
    let world = World::new(&refreshable("00:00:00"));
    let transport = FakeTransport::new(services);
    let config = world.config(&transport);
    let providers: Vec<_> = (0..8)
        .map(|_| ProfileProvider::new(config.clone()))
        .collect();
    let calls = providers
        .iter()
        .map(|provider| async { keys(provider).await });
    let mut calls: Vec<_> = calls.map(Box::pin).collect();
    for call in &mut calls {
        call.await;
    }
    assert_eq!(refreshes(&transport), 1);
}

#[tokio::test]
async fn invalid_sessions_are_reported_with_a_remedy() {
    let remedy = "run `aws sso login --profile default` (AWS CLI version 2)";
    let without = |member: &str| {
        let mut token: serde_json::Value = serde_json::from_str(&refreshable("00:00:00")).unwrap();
        token.as_object_mut().unwrap().remove(member);
        token.to_string()
    };
    for (token, expected) in [
        ("planted".to_owned(), "invalid token file: invalid JSON"),
        ("[]".to_owned(), "invalid token file"),
        (without("accessToken"), "`accessToken` is missing"),
        (without("expiresAt"), "`expiresAt` is missing"),
        (
            refreshable("00:00:00").replace("2030-01-01T00:00:00Z", "planted"),
            "`expiresAt` is not a timestamp",
        ),
        (
            without("refreshToken"),
            "has expired and cannot be refreshed (`refreshToken` is missing)",
        ),
        (without("clientSecret"), "(`clientSecret` is missing)"),
        (
            refreshable("00:00:00").replace("2030-02", "2029-02"),
            "(the client registration has expired)",
        ),
    ] {
        let world = World::new(&token);
        let (kind, text) = failure(&world.profile(&FakeTransport::forbidden())).await;
        assert_eq!(kind, "failed", "{text}");
        assert!(text.contains(expected), "{text}");
        assert!(text.ends_with(remedy), "{text}");
        assert!(
            !text.contains("planted") && !text.contains("hush"),
            "{text}"
        );
    }
    let world = World::new("");
    std::fs::remove_file(world.path()).unwrap();
    let (_, text) = failure(&world.profile(&FakeTransport::forbidden())).await;
    let path = world.path();
    assert_eq!(
        text,
        format!(
            "failed to read `{}`: No such file or directory (os error 2); {remedy}",
            path.display()
        )
    );
}

#[tokio::test]
async fn a_rejected_role_is_reported_with_the_remedy() {
    for (status, body, requests, expected) in [
        (
            401,
            r#"{"message": "no old", "__type": "com.amazonaws.switchboard.portal#UnauthorizedException"}"#,
            1,
            "GetRoleCredentials failed (status 401): UnauthorizedException: no …; the session has expired or was revoked: run `aws sso login --profile default` (AWS CLI version 2)",
        ),
        (
            403,
            r#"{"message": "No access"}"#,
            1,
            "has no role `my role` in account 111122223333",
        ),
        (
            429,
            r#"{"__type": "TooManyRequestsException"}"#,
            3,
            "TooManyRequestsException",
        ),
        (503, "", 3, "(status 503): no message"),
        (
            200,
            "{}",
            1,
            "GetRoleCredentials: `roleCredentials` is missing or invalid in the response",
        ),
        (
            200,
            r#"{"roleCredentials": {"accessKeyId": "AK", "secretAccessKey": "planted"}}"#,
            1,
            "`sessionToken` is missing or invalid",
        ),
    ] {
        let world = World::new(&refreshable("02:00:00"));
        let transport = FakeTransport::new(move |_| Reply::Answer(status, body.to_owned()));
        let (kind, text) = failure(&world.profile(&transport)).await;
        assert_eq!(kind, "failed", "{text}");
        assert!(text.contains(expected), "{text}");
        assert!(!text.contains("planted"), "{text}");
        assert_eq!(transport.lines().len(), requests, "{text}");
    }
}

#[tokio::test]
async fn the_token_itself_is_for_services_that_take_bearer_tokens() {
    let world = World::new(&refreshable("00:00:00"));
    let transport = FakeTransport::new(services);
    let provider = SsoTokenProvider::new(world.config(&transport));
    let token = provider.provide_token().await.unwrap();
    assert_eq!(
        (token.token(), token.expiration()),
        ("new", Some(at(3_600)))
    );
    assert_eq!(transport.lines(), [POST]);
    assert!(!format!("{provider:?}").contains("hush"));
}

#[tokio::test]
async fn only_a_profile_without_a_session_lets_another_source_of_tokens_be_tried() {
    let none = "[default]\nregion = r\n";
    let unknown = "[default]\nsso_session = gone\n";
    let session = &format!("[default]\nsso_session = s\n{ROLE}{SESSION}");
    for (file, profile, expected, why) in [
        (none, "default", "TokenNotLoaded", "NoSession"),
        (none, "gone", "InvalidConfiguration", "NoSuchProfile"),
        (unknown, "default", "InvalidConfiguration", "gone"),
        (session, "default", "ProviderError", "Cache"),
    ] {
        let home = Home::new(file, "");
        let variables = home.environment(&[("AWS_PROFILE", profile)]);
        let config = provider_config(variables, &FakeTransport::forbidden(), &FakeClock::new());
        let error = SsoTokenProvider::new(config).provide_token().await;
        let error = format!("{:?}", error.unwrap_err());
        assert!(
            error.starts_with(expected) && error.contains(why),
            "{error}"
        );
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_token_that_cannot_be_written_serves_this_process_all_the_same() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new(&refreshable("00:00:00"));
    let token = std::fs::read(world.path()).unwrap();
    let folder = world.path().parent().unwrap().to_owned();
    let read_only = std::fs::Permissions::from_mode(0o500);
    std::fs::set_permissions(&folder, read_only).unwrap();
    let is_kept_out = std::fs::write(folder.join("probe"), "").is_err();
    let transport = FakeTransport::new(services);
    let provider = world.profile(&transport);
    for _ in 0..2 {
        keys(&provider).await;
    }
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700)).unwrap();
    // Permissions do not restrict root, who writes the file.
    assert_eq!(std::fs::read(world.path()).unwrap() == token, is_kept_out);
    assert_eq!(refreshes(&transport), 1);
}
