//! Tests of roles that are assumed at STS: the requests, their keys, and the responses.

use crate::support::{
    FakeClock, FakeTransport, Home, KEYS, Reply, assumed, at, failure, keys, ok, pairs,
    provider_config,
};
use smithy_reqwest::credentials::{
    ProfileProvider, ProvideCredentials, ProviderConfig, WebIdentityProvider,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

const BASE: &str = "[profile base]\naws_access_key_id = AK0\naws_secret_access_key = SK0\n";
const ROLE: &str =
    "role_arn = arn:aws:iam::111122223333:role/x\nsource_profile = base\nregion = eu-west-1\n";

fn refused(status: u16, code: &str) -> Reply {
    Reply::Answer(
        status,
        format!(
            "<ErrorResponse><Error><Code>{code}</Code><Message>the reason</Message></Error></ErrorResponse>"
        ),
    )
}

fn config(home: &Home, pairs: &[(&str, &str)], transport: &Arc<FakeTransport>) -> ProviderConfig {
    provider_config(home.environment(pairs), transport, &FakeClock::new())
}

fn profile(home: &Home, pairs: &[(&str, &str)], transport: &Arc<FakeTransport>) -> ProfileProvider {
    ProfileProvider::new(config(home, pairs, transport))
}

#[tokio::test]
async fn a_role_is_taken_with_all_that_the_profile_says() {
    let home = Home::new(
        &format!(
            "[default]\n{ROLE}role_session_name = me\nexternal_id = a b/c+d\nduration_seconds = 3600\n{BASE}"
        ),
        "",
    );
    let transport = FakeTransport::new(|_| ok(assumed("AK1")));
    let found = keys(&profile(&home, &[], &transport)).await;
    assert_eq!(
        (found.access_key_id(), found.secret_access_key()),
        ("AK1", "S&K")
    );
    assert_eq!(
        (found.session_token(), found.expiry()),
        (Some("ST"), Some(at(3_600)))
    );
    assert_eq!(found.account_id().unwrap().as_str(), "111122223333");
    assert_eq!(
        transport.lines(),
        ["POST https://sts.eu-west-1.amazonaws.com/"]
    );
    let expected = pairs([
        ("Action", "AssumeRole"),
        ("Version", "2011-06-15"),
        ("RoleArn", "arn:aws:iam::111122223333:role/x"),
        ("RoleSessionName", "me"),
        ("DurationSeconds", "3600"),
        ("ExternalId", "a b/c+d"),
    ]);
    assert_eq!(transport.form(0), expected);
    let authorization = transport.header("authorization").remove(0);
    let expected = "AWS4-HMAC-SHA256 Credential=AK0/20300101/eu-west-1/sts/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=";
    assert!(authorization.starts_with(expected), "{authorization}");
    assert_eq!(
        transport.header("content-type"),
        ["application/x-www-form-urlencoded"]
    );
}

#[tokio::test]
async fn each_role_is_taken_with_the_keys_of_the_one_before() {
    let home = Home::new(
        &format!(
            "[default]\nrole_arn = outer\nsource_profile = mid\nregion = us-east-1\n\
             [profile mid]\nrole_arn = inner\nsource_profile = base\nregion = eu-west-1\n{BASE}"
        ),
        "",
    );
    let count = AtomicUsize::new(0);
    let transport =
        FakeTransport::new(move |_| ok(assumed(&format!("AK{}", count.fetch_add(1, SeqCst) + 1))));
    assert_eq!(
        keys(&profile(&home, &[], &transport)).await.access_key_id(),
        "AK2"
    );
    for (index, (role, key, token)) in [("inner", "AK0", ""), ("outer", "AK1", "ST")]
        .into_iter()
        .enumerate()
    {
        assert!(
            transport
                .form(index)
                .contains(&("RoleArn".to_owned(), role.to_owned()))
        );
        let authorization = transport.header("authorization").remove(index);
        assert!(
            authorization.contains(&format!("Credential={key}/20300101/us-east-1/sts/")),
            "{authorization}"
        );
        assert_eq!(
            transport.header("x-amz-security-token").remove(index),
            token
        );
    }
    let name = &transport.form(0)[3];
    assert_eq!(
        (name.0.as_str(), name.1.as_str()),
        ("RoleSessionName", "smithy-reqwest-1893456000000")
    );
}

#[tokio::test]
async fn the_sources_that_a_profile_can_name_serve_for_its_role() {
    let machine = |line: &str| match line {
        line if line.starts_with("POST") => ok(assumed("AK1")),
        line if line.ends_with("/token") => ok("t0ken"),
        line if line.ends_with("-credentials/") => ok("my-role"),
        _ => ok(KEYS),
    };
    for (source, variables, requests) in [
        (
            "Environment",
            &[("AWS_ACCESS_KEY_ID", "AK"), ("AWS_SECRET_ACCESS_KEY", "SK")][..],
            1,
        ),
        (
            "EcsContainer",
            &[("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/c")][..],
            2,
        ),
        ("Ec2InstanceMetadata", &[][..], 4),
    ] {
        let text =
            format!("[default]\nrole_arn = r\ncredential_source = {source}\nregion = eu-west-1\n");
        let home = Home::new(&text, "");
        let transport = FakeTransport::new(machine);
        assert_eq!(
            keys(&profile(&home, variables, &transport))
                .await
                .access_key_id(),
            "AK1"
        );
        assert_eq!(transport.lines().len(), requests, "{source}");
        let authorization = transport.header("authorization").pop().unwrap();
        assert!(
            authorization.contains("Credential=AK/"),
            "{source}: {authorization}"
        );
    }
    // A named source without credentials is an error, and no other replaces it.
    let home = Home::new(
        "[default]\nrole_arn = r\ncredential_source = Environment\nregion = eu-west-1\n",
        "",
    );
    let (kind, text) = failure(&profile(&home, &[], &FakeTransport::forbidden())).await;
    assert_eq!(kind, "failed");
    assert!(text.contains("line 3: no credentials: "), "{text}");
    assert!(
        text.ends_with("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"),
        "{text}"
    );
}

#[tokio::test]
async fn the_place_of_sts_follows_region_variant_partition_and_settings() {
    let services = "services = own\n[services own]\nsts =\n  endpoint_url = http://of-services/x\n";
    for (settings, variables, expected) in [
        (
            "region = us-west-2",
            &[][..],
            "https://sts.us-west-2.amazonaws.com/",
        ),
        (
            "region = us-west-2",
            &[("AWS_REGION", "eu-west-1")][..],
            "https://sts.eu-west-1.amazonaws.com/",
        ),
        (
            "region = cn-north-1",
            &[][..],
            "https://sts.cn-north-1.amazonaws.com.cn/",
        ),
        (
            "region = us-east-2\nuse_fips_endpoint = true",
            &[][..],
            "https://sts-fips.us-east-2.amazonaws.com/",
        ),
        (
            "region = us-gov-west-1\nuse_fips_endpoint = true",
            &[][..],
            "https://sts.us-gov-west-1.amazonaws.com/",
        ),
        (
            "region = us-east-2\nuse_dualstack_endpoint = true",
            &[][..],
            "https://sts.us-east-2.api.aws/",
        ),
        (
            "region = us-gov-east-1\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true",
            &[][..],
            "https://sts-fips.us-gov-east-1.api.aws/",
        ),
        ("region = aws-global", &[][..], "https://sts.amazonaws.com/"),
        (
            "region = r\nendpoint_url = http://of-all",
            &[][..],
            "http://of-all/",
        ),
        (
            services,
            &[("AWS_REGION", "r")][..],
            "http://of-services/x/",
        ),
        (
            services,
            &[("AWS_REGION", "r"), ("AWS_ENDPOINT_URL", "http://all:1")][..],
            "http://all:1/",
        ),
        (
            services,
            &[
                ("AWS_REGION", "r"),
                ("AWS_ENDPOINT_URL", "http://all:1"),
                ("AWS_ENDPOINT_URL_STS", "http://own:2"),
            ][..],
            "http://own:2/",
        ),
        (
            "region = us-west-2\nendpoint_url = http://of-all\nignore_configured_endpoint_urls = true",
            &[][..],
            "https://sts.us-west-2.amazonaws.com/",
        ),
    ] {
        let home = Home::new(
            &format!("{BASE}[profile dev]\nrole_arn = r\nsource_profile = base\n{settings}\n"),
            "",
        );
        let transport = FakeTransport::new(|_| ok(assumed("AK1")));
        let variables = [&[("AWS_PROFILE", "dev")], variables].concat();
        keys(&profile(&home, &variables, &transport)).await;
        assert_eq!(
            transport.lines(),
            [format!("POST {expected}")],
            "{settings}"
        );
    }
}

#[tokio::test]
async fn missing_settings_are_reported_before_anything_is_sent() {
    // The first keys would need a request to the instance.
    let role = "[default]\nrole_arn = r\ncredential_source = Ec2InstanceMetadata\n";
    for (settings, expected) in [
        (
            "",
            "line 2: no region for AWS STS: set AWS_REGION, or `region` in profile `default`",
        ),
        ("region = not/one", "expected the name of a region"),
        (
            "region = r\nendpoint_url = nowhere",
            "invalid endpoint URL \"nowhere\"",
        ),
        (
            "region = r\nendpoint_url = http://x\nuse_fips_endpoint = true",
            "FIPS",
        ),
        (
            "region = r\nmfa_serial = arn:mfa",
            "`mfa_serial` in profile `default` of ",
        ),
    ] {
        let home = Home::new(&format!("{role}{settings}\n"), "");
        let (kind, text) = failure(&profile(&home, &[], &FakeTransport::forbidden())).await;
        assert_eq!(kind, "badly configured", "{text}");
        assert!(text.contains(expected), "{text}");
    }
    // Keys that need no request are looked for first.
    let role = "[default]\nrole_arn = r\ncredential_source = Environment\n";
    let home = Home::new(role, "");
    let (_, text) = failure(&profile(&home, &[], &FakeTransport::forbidden())).await;
    assert!(text.contains("AWS_ACCESS_KEY_ID"), "{text}");
}

#[tokio::test]
async fn a_request_that_the_clock_made_invalid_is_sent_once_more_with_the_time_of_sts() {
    const LATER: &str = "Tue, 01 Jan 2030 01:00:00 GMT";
    let home = Home::new(&format!("[default]\n{ROLE}{BASE}"), "");
    let dated = |code, date| match refused(403, code) {
        Reply::Answer(status, body) => Reply::Headed(status, body, ("date", date)),
        other => other,
    };
    // The codes of the first response, its date, and the requests that are sent.
    for (code, date, requests) in [
        ("RequestExpired", LATER, 2),
        ("SignatureDoesNotMatch", LATER, 2),
        ("RequestExpired", "Tue, 01 Jan 2030 00:01:00 GMT", 1),
        ("AccessDenied", LATER, 1),
    ] {
        let count = AtomicUsize::new(0);
        let transport = FakeTransport::new(move |_| match count.fetch_add(1, SeqCst) {
            0 => dated(code, date),
            _ => ok(assumed("AK1")),
        });
        let found = profile(&home, &[], &transport).provide_credentials().await;
        assert_eq!(found.is_ok(), requests == 2, "{code} {date}");
        let times = ["20300101T000000Z", "20300101T010000Z"];
        assert_eq!(
            transport.header("x-amz-date"),
            times[..requests],
            "{code} {date}"
        );
    }
    // A second refusal is the result.
    let transport = FakeTransport::new(move |_| dated("RequestExpired", LATER));
    let (_, text) = failure(&profile(&home, &[], &transport)).await;
    assert!(text.contains("RequestExpired"), "{text}");
    assert_eq!(transport.lines().len(), 2);
}

#[tokio::test]
async fn failures_of_sts_are_tried_three_times_and_then_reported() {
    let home = Home::new(&format!("[default]\n{ROLE}{BASE}"), "");
    type Answer = fn(&str) -> Reply;
    let cases: [(Answer, usize, &str); 8] = [
        (
            |_| refused(400, "Throttling"),
            3,
            "AssumeRole failed (status 400): Throttling: the reason",
        ),
        (
            |_| refused(400, "IDPCommunicationError"),
            3,
            "IDPCommunicationErrorException: the reason",
        ),
        (|_| refused(503, "ServiceUnavailable"), 3, "(status 503)"),
        (
            |_| Reply::Hang,
            3,
            "AssumeRole at https://sts.eu-west-1.amazonaws.com: no response within 10000 ms",
        ),
        (|_| Reply::Refuse, 3, "no connection: connection refused"),
        (
            |_| refused(403, "AccessDenied"),
            1,
            "line 2: AssumeRole failed (status 403): AccessDenied: the reason",
        ),
        (
            |_| Reply::Answer(400, "<html>".to_owned()),
            1,
            "(status 400): no message",
        ),
        (
            |_| ok("<AssumeRoleResponse/>"),
            1,
            "AssumeRole: `Expiration` is missing or invalid in the response",
        ),
    ];
    for (answer, requests, expected) in cases {
        let transport = FakeTransport::new(answer);
        let clock = FakeClock::new();
        let provider =
            ProfileProvider::new(provider_config(home.environment(&[]), &transport, &clock));
        let (kind, text) = failure(&provider).await;
        assert_eq!(kind, "failed", "{text}");
        assert!(text.contains(expected), "{text}");
        assert_eq!(transport.lines().len(), requests, "{text}");
        assert!(
            clock.passed() <= Duration::from_secs(32),
            "{:?}",
            clock.passed()
        );
    }
    let count = AtomicUsize::new(0);
    let recovering = FakeTransport::new(move |_| match count.fetch_add(1, SeqCst) {
        0 => Reply::Hang,
        1 => refused(429, "RequestLimitExceeded"),
        _ => ok(assumed("AK1")),
    });
    assert_eq!(
        keys(&profile(&home, &[], &recovering))
            .await
            .access_key_id(),
        "AK1"
    );
}

#[tokio::test]
async fn secrets_that_sts_repeats_are_shown_nowhere() {
    let home = Home::new(
        &format!(
            "[default]\n{ROLE}[profile base]\naws_access_key_id = AK\naws_secret_access_key = planted\naws_session_token = planted\n"
        ),
        "planted-token",
    );
    let repeat = "<ErrorResponse><Error><Code>planted</Code><Message>no such token planted!</Message></Error></ErrorResponse>";
    let home_of_token = Home::new("", "");
    let file = format!("{}/token", home_of_token.path());
    std::fs::write(&file, "planted").unwrap();
    let variables = [
        ("AWS_WEB_IDENTITY_TOKEN_FILE", file.as_str()),
        ("AWS_ROLE_ARN", "r"),
        ("AWS_REGION", "eu-west-1"),
    ];
    std::fs::write(format!("{}/.aws/credentials", home.path()), "").unwrap();
    let transport = FakeTransport::new(move |_| Reply::Answer(400, repeat.to_owned()));
    let role = profile(&home, &[], &transport);
    let identity = WebIdentityProvider::new(config(&home_of_token, &variables, &transport));
    let (_, of_role) = failure(&role).await;
    let (_, of_identity) = failure(&identity).await;
    for told in [of_role, of_identity, format!("{role:?} {identity:?}")] {
        assert!(!told.contains("planted"), "{told}");
    }
}
