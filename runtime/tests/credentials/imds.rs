//! Tests of EC2 instance metadata: the session token, the credentials of the role, the region, and failures of the
//! service.

use crate::support::{
    FakeClock, FakeTransport, KEYS, Reply, at, failure, keys, ok, provider_config,
};
use smithy_reqwest::credentials::{ImdsClient, ImdsError, ImdsProvider};
use smithy_reqwest::environment::Environment;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const ROLES: &str = "GET http://169.254.169.254/latest/meta-data/iam/security-credentials/";
const TOKEN: &str = "PUT http://169.254.169.254/latest/api/token";
const ROLE: &str = "GET http://169.254.169.254/latest/meta-data/iam/security-credentials/my-role";

struct World {
    clock: Arc<FakeClock>,
    transport: Arc<FakeTransport>,
    client: ImdsClient,
    provider: ImdsProvider,
}

fn world(pairs: &[(&str, &str)], answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> World {
    let clock = FakeClock::new();
    let transport = FakeTransport::new(answer);
    let environment = Environment::from_pairs(pairs.iter().copied());
    let client = ImdsClient::new(provider_config(environment, &transport, &clock));
    World {
        clock,
        transport,
        provider: ImdsProvider::new(client.clone()),
        client,
    }
}

/// Returns the response of a healthy instance.
fn instance(line: &str) -> Reply {
    match line.rsplit('/').next() {
        Some("token") => ok("t0ken"),
        Some("") => ok("my-role\n"),
        Some("my-role") => ok(KEYS),
        Some("region") => ok("eu-central-1"),
        _ => Reply::Answer(404, String::new()),
    }
}

#[tokio::test]
async fn an_instance_hands_out_the_credentials_of_its_role() {
    let world = world(&[], instance);
    let found = keys(&world.provider).await;
    assert_eq!(
        (found.access_key_id(), found.secret_access_key()),
        ("AK", "SK")
    );
    assert_eq!(
        (found.session_token(), found.expiry()),
        (Some("ST"), Some(at(21_600)))
    );
    assert_eq!(world.transport.lines(), [TOKEN, ROLES, ROLE]);
    let header = |name| world.transport.header(name);
    assert_eq!(
        header("x-aws-ec2-metadata-token-ttl-seconds"),
        ["21600", "", ""]
    );
    assert_eq!(header("x-aws-ec2-metadata-token"), ["", "t0ken", "t0ken"]);
}

#[tokio::test]
async fn an_instance_knows_its_region() {
    let world = world(&[], instance);
    assert_eq!(world.client.region().await.unwrap(), "eu-central-1");
}

#[tokio::test]
async fn the_session_token_is_kept_until_shortly_before_its_end() {
    const TTL: &str = "x-aws-ec2-metadata-token-ttl-seconds";
    // duration in the response; seconds to wait, and the number of tokens that were requested by then
    let table = [
        (None, [(0, 1), (21_479, 1), (1, 2)]),
        (Some("300"), [(0, 1), (179, 1), (1, 2)]),
        (Some("99999"), [(0, 1), (21_479, 1), (1, 2)]),
        (Some("soon"), [(0, 1), (21_479, 1), (1, 2)]),
        (Some("60"), [(0, 1), (0, 2), (0, 3)]),
    ];
    for (ttl, steps) in table {
        let world = world(&[], move |line| match (line, ttl) {
            (TOKEN, Some(ttl)) => Reply::Headed(200, "t0ken".to_owned(), (TTL, ttl)),
            _ => instance(line),
        });
        for (advance, tokens) in steps {
            world.clock.advance(advance);
            world.client.region().await.unwrap();
            let lines = world.transport.lines();
            let requested = lines.iter().filter(|line| *line == TOKEN).count();
            assert_eq!(requested, tokens, "{ttl:?} {advance}");
        }
    }
}

#[tokio::test]
async fn a_session_token_the_service_no_longer_knows_is_replaced_once() {
    let refusals = AtomicUsize::new(0);
    let refusing = Arc::new(AtomicUsize::new(0));
    let switch = refusing.clone();
    let world = world(&[], move |line| {
        if line.starts_with("GET") && refusals.load(SeqCst) < switch.load(SeqCst) {
            refusals.fetch_add(1, SeqCst);
            return Reply::Answer(401, String::new());
        }
        instance(line)
    });
    world.client.region().await.unwrap();
    refusing.store(1, SeqCst);
    world.client.region().await.unwrap();
    let lines = world.transport.lines();
    assert_eq!(lines.iter().filter(|line| *line == TOKEN).count(), 2);

    refusing.store(usize::MAX, SeqCst);
    let error = world.client.region().await.unwrap_err().to_string();
    assert_eq!(
        error,
        "/latest/meta-data/placement/region: status 401 Unauthorized"
    );
}

#[tokio::test]
async fn a_session_token_that_is_rejected_when_it_is_new_is_not_replaced() {
    let world = world(&[], |line| match line {
        TOKEN => instance(line),
        _ => Reply::Answer(401, String::new()),
    });
    world.client.region().await.unwrap_err();
    assert_eq!(world.transport.lines().len(), 2);
}

#[tokio::test]
async fn the_endpoint_is_where_the_variables_say() {
    const ENDPOINT: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
    const MODE: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE";
    for (pairs, expected) in [
        (vec![(MODE, "IPv4")], "http://169.254.169.254"),
        (vec![(MODE, "ipv6")], "http://[fd00:ec2::254]"),
        (
            vec![(ENDPOINT, "http://127.0.0.1:1338/")],
            "http://127.0.0.1:1338",
        ),
        (
            vec![(ENDPOINT, "http://127.0.0.1/imds"), (MODE, "IPv6")],
            "http://127.0.0.1/imds",
        ),
    ] {
        let world = world(&pairs, instance);
        world.client.region().await.unwrap();
        assert_eq!(
            world.transport.lines()[0],
            format!("PUT {expected}/latest/api/token")
        );
    }
    for (variable, value) in [
        (MODE, "IPv5"),
        (ENDPOINT, "169.254.169.254"),
        (ENDPOINT, "ftp://a"),
    ] {
        let world = world(&[(variable, value)], instance);
        let (kind, text) = failure(&world.provider).await;
        assert_eq!(kind, "badly configured");
        assert!(
            text.starts_with(&format!("{variable}: expected ")),
            "{text}"
        );
        assert_eq!(world.transport.lines(), [""; 0]);
    }
}

#[tokio::test]
async fn variables_override_the_endpoint_of_the_profile() {
    const V4: &str = "http://169.254.169.254";
    const V6: &str = "http://[fd00:ec2::254]";
    let endpoint = |value| ("AWS_EC2_METADATA_SERVICE_ENDPOINT", value);
    let mode = |value| ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", value);
    // profile, variables, expected endpoint or error
    let table = [
        ("", vec![], Ok(V4)),
        ("_mode = IPv6", vec![], Ok(V6)),
        ("_mode = ipv4", vec![], Ok(V4)),
        ("_mode =", vec![], Ok(V4)),
        ("_mode = IPv6", vec![mode("IPv4")], Ok(V4)),
        ("_mode = IPv4", vec![mode("IPv6")], Ok(V6)),
        (" = http://a:1/", vec![], Ok("http://a:1")),
        (
            " = http://a:1",
            vec![endpoint("http://b:1")],
            Ok("http://b:1"),
        ),
        (" = http://a:1", vec![mode("IPv6")], Ok("http://a:1")),
        (" = ftp://a", vec![], Err("ec2_metadata_service_endpoint")),
        ("_mode = IPv5", vec![], Err("`IPv4` or `IPv6`")),
        ("_mode = IPv5", vec![mode("IPv6")], Ok(V6)),
    ];
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config");
    for (property, variables, expected) in table {
        let line = match property {
            "" => String::new(),
            property => format!("ec2_metadata_service_endpoint{property}"),
        };
        let other = "[profile other]\nec2_metadata_service_endpoint = http://other";
        std::fs::write(&file, format!("[default]\n{line}\n{other}\n")).unwrap();
        let mut pairs = variables;
        pairs.push(("AWS_CONFIG_FILE", file.to_str().unwrap()));
        let world = world(&pairs, instance);
        match expected {
            Ok(expected) => {
                world.client.region().await.unwrap();
                let asked = format!("PUT {expected}/latest/api/token");
                assert_eq!(world.transport.lines()[0], asked, "{line}");
            }
            Err(expected) => {
                let (kind, text) = failure(&world.provider).await;
                assert_eq!(kind, "badly configured");
                assert!(text.contains(expected), "{text}");
                assert!(text.contains("config"), "{text}");
            }
        }
    }
}

#[tokio::test]
async fn a_service_that_is_asked_too_often_is_asked_again_later_and_not_taken_for_absent() {
    for troubled in [TOKEN, ROLES, ROLE] {
        for (status, is_long) in [(429, true), (503, false)] {
            let count = AtomicUsize::new(0);
            let world = world(&[], move |line| match line {
                line if line == troubled && count.fetch_add(1, SeqCst) == 0 => {
                    Reply::Answer(status, String::new())
                }
                line => instance(line),
            });
            keys(&world.provider).await;
            assert_eq!(world.transport.lines().len(), 4, "{troubled} {status}");
            let passed = world.clock.passed();
            let was_long = passed >= Duration::from_millis(500);
            assert_eq!(was_long, is_long, "{troubled} {status}: {passed:?}");
        }
    }
    let world = world(&[], |_| Reply::Answer(429, String::new()));
    let (kind, text) = failure(&world.provider).await;
    assert_eq!(kind, "failed");
    assert!(text.contains("status 429"), "{text}");
    assert_eq!(world.transport.lines(), [TOKEN, TOKEN]);
}

#[tokio::test]
async fn it_is_switched_off_in_any_case() {
    for value in ["true", "TRUE", "True"] {
        let world = world(&[("AWS_EC2_METADATA_DISABLED", value)], instance);
        let expected = "disabled by AWS_EC2_METADATA_DISABLED".to_owned();
        assert_eq!(failure(&world.provider).await, ("not configured", expected));
        assert!(matches!(
            world.client.region().await,
            Err(ImdsError::Disabled)
        ));
        assert_eq!(world.transport.lines(), [""; 0]);
    }
    keys(&world(&[("AWS_EC2_METADATA_DISABLED", "false")], instance).provider).await;
}

#[tokio::test]
async fn outside_of_ec2_it_fails_soon_and_names_the_setting_that_disables_it() {
    type Answer = fn(&str) -> Reply;
    let hang: Answer = |_| Reply::Hang;
    let refuse: Answer = |_| Reply::Refuse;
    for (answer, why) in [
        (hang, "no response within 1000 ms"),
        (refuse, "no connection: connection refused"),
    ] {
        let world = world(&[], answer);
        let expected = format!(
            "no response from http://169.254.169.254 ({why}): outside of EC2, set AWS_EC2_METADATA_DISABLED=true to save the wait"
        );
        assert_eq!(failure(&world.provider).await, ("not configured", expected));
        assert_eq!(world.transport.lines(), [TOKEN, TOKEN]);
        assert!(
            world.clock.passed() <= Duration::from_millis(2_500),
            "{:?}",
            world.clock.passed()
        );
    }
}

#[tokio::test]
async fn each_failure_is_reported() {
    type Answer = fn(&str) -> Reply;
    let elsewhere: Answer = |_| Reply::Answer(404, String::new());
    let no_role: Answer = |line| match line {
        ROLES => Reply::Answer(404, String::new()),
        _ => instance(line),
    };
    let refused: Answer = |line| match line {
        ROLE => ok(
            r#"{"Code": "AssumeRoleUnauthorizedAccess", "Message": "EC2 cannot assume the role"}"#,
        ),
        _ => instance(line),
    };
    let broken: Answer = |line| match line {
        ROLE => ok(r#"{"Code": "Success", "SecretAccessKey": "planted"}"#),
        _ => instance(line),
    };
    let busy: Answer = |line| match line {
        ROLE => Reply::Answer(503, String::new()),
        _ => instance(line),
    };
    let hanging: Answer = |line| match line {
        ROLES => Reply::Hang,
        _ => instance(line),
    };
    let bad_token: Answer = |line| match line {
        TOKEN => ok("t0\nken"),
        _ => instance(line),
    };
    let silent: Answer = |line| match line {
        ROLES => ok(""),
        _ => instance(line),
    };
    const PATH: &str = "/latest/meta-data/iam/security-credentials/";
    for (answer, kind, expected) in [
        (
            elsewhere,
            "not configured",
            "http://169.254.169.254: no session token (status 404 Not Found)".to_owned(),
        ),
        (no_role, "not configured", "no role is attached to this instance".to_owned()),
        (
            refused,
            "failed",
            "credentials of role `my-role`: refused: AssumeRoleUnauthorizedAccess: EC2 cannot assume the role".to_owned(),
        ),
        (
            broken,
            "failed",
            "credentials of role `my-role`: `AccessKeyId` is missing".to_owned(),
        ),
        (busy, "failed", format!("{PATH}my-role: status 503 Service Unavailable")),
        (hanging, "failed", format!("{PATH}: no response within 1000 ms")),
        (bad_token, "failed", "/latest/api/token: the session token is not a valid header value".to_owned()),
        (silent, "failed", format!("{PATH}: empty response")),
    ] {
        assert_eq!(failure(&world(&[], answer).provider).await, (kind, expected));
    }
}

#[tokio::test]
async fn expired_credentials_the_service_hands_out_are_used_on_for_a_while() {
    let world = world(&[], instance);
    world.clock.advance(30_000);
    let expiry = keys(&world.provider).await.expiry().unwrap();
    assert!(expiry >= at(30_600) && expiry <= at(30_901), "{expiry:?}");
}

#[tokio::test]
async fn the_last_credentials_are_used_on_while_the_service_is_in_trouble() {
    let is_up = Arc::new(Mutex::new(true));
    let switch = is_up.clone();
    let world = world(&[], move |line| match *switch.lock().unwrap() {
        true => instance(line),
        false => Reply::Answer(500, String::new()),
    });
    keys(&world.provider).await;
    *is_up.lock().unwrap() = false;
    world.clock.advance(10_000);
    assert_eq!(keys(&world.provider).await.expiry(), Some(at(21_600)));
    world.clock.advance(20_000);
    for _ in 0..2 {
        let found = keys(&world.provider).await;
        assert_eq!(found.secret_access_key(), "SK");
        let now = world.clock.passed().as_secs();
        let expiry = found.expiry().unwrap();
        assert!(
            expiry > at(now) && expiry <= at(now + 901),
            "{expiry:?} at {now}"
        );
    }
}

#[tokio::test]
async fn no_debug_output_shows_the_session_token_or_keys() {
    let world = world(&[], instance);
    keys(&world.provider).await;
    let debug = format!("{:?} {:?}", world.client, world.provider);
    for secret in ["t0ken", "SK", "ST"] {
        assert!(!debug.contains(secret), "{debug}");
    }
}
