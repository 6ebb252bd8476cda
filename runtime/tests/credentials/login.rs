//! Tests of `aws login`: the cached credentials, their refresh at AWS Sign-In, and the error if a person has to sign in
//! again.

use crate::support::{
    FakeClock, FakeTransport, Home, Reply, at, failure, keys, ok, provider_config,
};
use aws_smithy_types::base64;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use smithy_reqwest::credentials::{ProfileProvider, ProviderConfig};
use std::path::PathBuf;
use std::sync::Arc;

const PROFILE: &str =
    "[default]\nlogin_session = arn:aws:iam::111122223333:user/x\nregion = eu-west-1\n";
/// SHA-256 of the session.
const FILE: &str = "c7665233d48affa0e6924307175f373dfabadcee4092cb01569b3f5f93d5260a.json";
const REFRESHED: &str = r#"{"accessToken": {"accessKeyId": "AK1", "secretAccessKey": "SK1", "sessionToken": "ST1"}, "tokenType": "aws_sigv4", "refreshToken": "next", "expiresIn": 900}"#;

struct World {
    home: Home,
    clock: Arc<FakeClock>,
    token: serde_json::Value,
}

impl World {
    /// Creates a session whose credentials expire at this time of 2030-01-01.
    fn new(expires_at: &str) -> Self {
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let key = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new()).unwrap();
        let key = base64::encode(key.as_ref());
        let token = serde_json::json!({
            "accessToken": {
                "accessKeyId": "AK0", "secretAccessKey": "SK0", "sessionToken": "ST0",
                "accountId": "111122223333", "expiresAt": format!("2030-01-01T{expires_at}Z"),
            },
            "clientId": "arn:aws:signin:::devtools/same-device",
            "refreshToken": "hush",
            "idToken": "identity",
            "dpopKey": format!("-----BEGIN PRIVATE KEY-----\n{key}\n-----END PRIVATE KEY-----\n"),
            "unknown": {"kept": [1]},
        });
        let world = Self {
            home: Home::new(PROFILE, ""),
            clock: FakeClock::new(),
            token,
        };
        world.write(&world.token);
        world
    }

    fn path(&self) -> PathBuf {
        PathBuf::from(self.home.path())
            .join(".aws/login/cache")
            .join(FILE)
    }

    fn write(&self, token: &serde_json::Value) {
        std::fs::create_dir_all(self.path().parent().unwrap()).unwrap();
        std::fs::write(self.path(), token.to_string()).unwrap();
    }

    fn config(&self, pairs: &[(&str, &str)], transport: &Arc<FakeTransport>) -> ProviderConfig {
        provider_config(self.home.environment(pairs), transport, &self.clock)
    }

    fn profile(&self, transport: &Arc<FakeTransport>) -> ProfileProvider {
        ProfileProvider::new(self.config(&[], transport))
    }
}

#[tokio::test]
async fn credentials_that_are_valid_are_taken_as_they_are() {
    let world = World::new("00:05:01");
    let found = keys(&world.profile(&FakeTransport::forbidden())).await;
    assert_eq!(
        (found.access_key_id(), found.secret_access_key()),
        ("AK0", "SK0")
    );
    assert_eq!(
        (found.session_token(), found.expiry()),
        (Some("ST0"), Some(at(301)))
    );
    assert_eq!(found.account_id().unwrap().as_str(), "111122223333");
}

#[tokio::test]
async fn credentials_are_refreshed_five_minutes_before_they_expire_and_the_file_keeps_the_rest() {
    for expires_at in ["00:05:00", "00:00:00"] {
        let world = World::new(expires_at);
        let transport = FakeTransport::new(|_| ok(REFRESHED));
        let found = keys(&world.profile(&transport)).await;
        assert_eq!(
            (found.access_key_id(), found.session_token()),
            ("AK1", Some("ST1"))
        );
        assert_eq!(found.expiry(), Some(at(900)));
        assert_eq!(found.account_id().unwrap().as_str(), "111122223333");
        assert_eq!(
            transport.lines(),
            ["POST https://eu-west-1.signin.aws.amazon.com/v1/token"]
        );
        let sent: serde_json::Value = serde_json::from_str(&transport.bodies()[0]).unwrap();
        let expected = serde_json::json!({"clientId": "arn:aws:signin:::devtools/same-device", "grantType": "refresh_token", "refreshToken": "hush"});
        assert_eq!(sent, expected);
        let agent = transport.header("user-agent").remove(0);
        assert!(agent.ends_with(" api/signin#2023-01-01"), "{agent}");
        let proof = transport.header("dpop").remove(0);
        let claims = proof
            .split('.')
            .nth(1)
            .unwrap()
            .replace('-', "+")
            .replace('_', "/");
        let padding = "=".repeat((4 - claims.len() % 4) % 4);
        let claims = base64::decode(claims + &padding).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(
            claims["htu"],
            "https://eu-west-1.signin.aws.amazon.com/v1/token"
        );
        assert_eq!(
            (&claims["htm"], &claims["iat"]),
            (&"POST".into(), &1_893_456_000.into())
        );
        assert_eq!(claims["jti"].as_str().unwrap().len(), 36);
        let mut expected = world.token.clone();
        expected["refreshToken"] = "next".into();
        expected["accessToken"] = serde_json::json!({
            "accessKeyId": "AK1", "secretAccessKey": "SK1", "sessionToken": "ST1",
            "accountId": "111122223333", "expiresAt": "2030-01-01T00:15:00Z",
        });
        let file: serde_json::Value =
            serde_json::from_slice(&std::fs::read(world.path()).unwrap()).unwrap();
        assert_eq!(file, expected);
        // No further request is needed.
        keys(&world.profile(&FakeTransport::forbidden())).await;
    }
}

#[tokio::test]
async fn the_place_of_sign_in_follows_the_session_region_partition_and_settings() {
    for (region, member, pairs, expected) in [
        (
            "eu-west-1",
            None,
            &[][..],
            "https://eu-west-1.signin.aws.amazon.com/v1/token",
        ),
        (
            "eu-west-1",
            Some("us-east-2"),
            &[("AWS_REGION", "eu-north-1")],
            "https://us-east-2.signin.aws.amazon.com/v1/token",
        ),
        (
            "eu-west-1",
            None,
            &[("AWS_REGION", "cn-north-1")],
            "https://cn-north-1.signin.amazonaws.cn/v1/token",
        ),
        (
            "us-gov-west-1",
            None,
            &[],
            "https://us-gov-west-1.signin.amazonaws-us-gov.com/v1/token",
        ),
        (
            "us-gov-west-1",
            None,
            &[("AWS_USE_FIPS_ENDPOINT", "true")],
            "https://signin-fips.amazonaws-us-gov.com/v1/token",
        ),
        (
            "us-gov-east-1",
            None,
            &[("AWS_USE_FIPS_ENDPOINT", "true")],
            "https://us-gov-east-1.signin-fips.amazonaws-us-gov.com/v1/token",
        ),
        (
            "us-east-1",
            None,
            &[("AWS_USE_FIPS_ENDPOINT", "true")],
            "https://signin-fips.us-east-1.amazonaws.com/v1/token",
        ),
        (
            "us-east-1",
            None,
            &[("AWS_USE_DUALSTACK_ENDPOINT", "true")],
            "https://signin.us-east-1.api.aws/v1/token",
        ),
        (
            "us-iso-east-1",
            None,
            &[],
            "https://us-iso-east-1.signin.c2shome.ic.gov/v1/token",
        ),
        (
            "us-isob-east-1",
            None,
            &[],
            "https://us-isob-east-1.signin.sc2shome.sgov.gov/v1/token",
        ),
        (
            "eu-isoe-west-1",
            None,
            &[],
            "https://eu-isoe-west-1.signin.csphome.adc-e.uk/v1/token",
        ),
        (
            "us-isof-south-1",
            None,
            &[],
            "https://us-isof-south-1.signin.csphome.hci.ic.gov/v1/token",
        ),
        (
            "eusc-de-east-1",
            None,
            &[],
            "https://eusc-de-east-1.signin.amazonaws-eusc.eu/v1/token",
        ),
        (
            "eu-west-1",
            None,
            &[("AWS_ENDPOINT_URL_SIGNIN", "http://here:1/x")],
            "http://here:1/x/v1/token",
        ),
    ] {
        let mut world = World::new("00:00:00");
        world.home = Home::new(&PROFILE.replace("eu-west-1", region), "");
        if let Some(member) = member {
            world.token["signInRegion"] = member.into();
        }
        world.write(&world.token);
        let transport = FakeTransport::new(|_| ok(REFRESHED));
        keys(&ProfileProvider::new(world.config(pairs, &transport))).await;
        assert_eq!(transport.lines(), [format!("POST {expected}")]);
    }
}

#[tokio::test]
async fn the_folder_of_the_cache_can_be_another_one() {
    let world = World::new("01:00:00");
    let folder = PathBuf::from(world.home.path()).join("elsewhere");
    std::fs::create_dir(&folder).unwrap();
    std::fs::rename(world.path(), folder.join(FILE)).unwrap();
    let pairs = [("AWS_LOGIN_CACHE_DIRECTORY", "~/elsewhere")];
    let config = world.config(&pairs, &FakeTransport::forbidden());
    keys(&ProfileProvider::new(config)).await;
}

#[tokio::test]
async fn invalid_sessions_are_reported_with_a_remedy() {
    const REMEDY: &str = "run `aws login --profile default` (AWS CLI version 2)";
    for member in ["accessToken", "refreshToken", "clientId", "dpopKey"] {
        let world = World::new("01:00:00");
        let mut token = world.token.clone();
        token.as_object_mut().unwrap().remove(member);
        world.write(&token);
        let (kind, text) = failure(&world.profile(&FakeTransport::forbidden())).await;
        assert_eq!(kind, "failed");
        assert_eq!(
            text,
            format!(
                "`{}`: `{member}` is missing; {REMEDY}",
                world.path().display()
            )
        );
    }
    let world = World::new("00:00:00");
    let mut token = world.token.clone();
    token["dpopKey"] = "hush".into();
    world.write(&token);
    let (_, text) = failure(&world.profile(&FakeTransport::forbidden())).await;
    assert!(
        text.contains("invalid `dpopKey`: not a private key in PEM"),
        "{text}"
    );
    assert!(!text.contains("hush"), "{text}");
    std::fs::remove_file(world.path()).unwrap();
    let (_, text) = failure(&world.profile(&FakeTransport::forbidden())).await;
    assert_eq!(
        text,
        format!(
            "failed to read `{}`: No such file or directory (os error 2); {REMEDY}",
            world.path().display()
        )
    );
    for (code, remedy) in [
        ("TOKEN_EXPIRED", REMEDY),
        (
            "USER_CREDENTIALS_CHANGED",
            "the password has changed: run `aws login --profile default` (AWS CLI version 2)",
        ),
        (
            "INSUFFICIENT_PERMISSIONS",
            "the user lacks the permission `signin:CreateOAuth2Token`",
        ),
    ] {
        let world = World::new("00:00:00");
        let body = format!(r#"{{"error": "{code}", "message": "it was hush"}}"#);
        let transport = FakeTransport::new(move |_| Reply::Answer(400, body.clone()));
        let (kind, text) = failure(&world.profile(&transport)).await;
        assert_eq!((kind, transport.lines().len()), ("failed", 1), "{text}");
        let expected = format!(
            "has expired and cannot be refreshed (CreateOAuth2Token failed (status 400): {code}: it was …); {remedy}"
        );
        assert!(text.ends_with(&expected), "{text}");
    }
}

#[tokio::test]
async fn a_refresh_that_is_rejected_leaves_credentials_that_are_still_valid_in_use() {
    let world = World::new("00:04:00");
    let transport = FakeTransport::new(|_| Reply::Answer(400, "{}".to_owned()));
    let provider = world.profile(&transport);
    for (advance, requests) in [(0, 1), (29, 1), (1, 2)] {
        world.clock.advance(advance);
        assert_eq!(keys(&provider).await.access_key_id(), "AK0");
        assert_eq!(transport.lines().len(), requests, "{advance}");
    }
    assert!(!format!("{provider:?}").contains("hush"));
}

#[tokio::test]
async fn an_invalid_endpoint_of_sign_in_is_an_invalid_configuration() {
    let world = World::new("00:00:00");
    let pairs = [("AWS_ENDPOINT_URL_SIGNIN", "nonsense")];
    let config = world.config(&pairs, &FakeTransport::forbidden());
    let (kind, text) = failure(&ProfileProvider::new(config)).await;
    assert_eq!(kind, "badly configured", "{text}");
    assert!(text.contains("AWS_ENDPOINT_URL_SIGNIN"), "{text}");
}
