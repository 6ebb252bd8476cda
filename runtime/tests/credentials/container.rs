//! Tests of the container credentials endpoint, and of the hosts that may receive the token.

use crate::support::{
    FakeClock, FakeTransport, KEYS, Reply, at, failure, keys, ok, provider_config,
};
use smithy_reqwest::credentials::{ContainerProvider, ProviderConfig};
use smithy_reqwest::environment::Environment;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

fn provider(pairs: &[(&str, &str)], transport: &Arc<FakeTransport>) -> ContainerProvider {
    provider_at(pairs, transport, &FakeClock::new())
}

fn provider_at(
    pairs: &[(&str, &str)],
    transport: &Arc<FakeTransport>,
    clock: &Arc<FakeClock>,
) -> ContainerProvider {
    let environment = Environment::from_pairs(pairs.iter().copied());
    ContainerProvider::new(provider_config(environment, transport, clock))
}

#[tokio::test]
async fn a_relative_uri_leads_to_the_ecs_agent_and_beats_a_full_one() {
    let transport = FakeTransport::new(|_| ok(KEYS));
    let pairs = [
        (RELATIVE, "/v2/credentials?id=1"),
        (FULL, "https://elsewhere/"),
    ];
    let found = keys(&provider(&pairs, &transport)).await;
    assert_eq!(
        (found.access_key_id(), found.secret_access_key()),
        ("AK", "SK")
    );
    assert_eq!(
        (found.session_token(), found.expiry()),
        (Some("ST"), Some(at(21_600)))
    );
    assert_eq!(
        transport.lines(),
        ["GET http://169.254.170.2/v2/credentials?id=1"]
    );
    assert_eq!(transport.header("authorization"), [""]);
}

#[tokio::test]
async fn the_token_goes_to_allowed_hosts_only() {
    for (uri, is_allowed) in [
        ("http://127.0.0.1:8080/c", true),
        ("http://127.200.0.7/c", true),
        ("http://[::1]:8080/c", true),
        ("http://localhost/c", true),
        ("http://LocalHost:1/c", true),
        ("http://169.254.170.2/c", true),
        ("http://169.254.170.23/v1/credentials", true),
        ("http://[fd00:ec2::23]/v1/credentials", true),
        ("https://example.com/c", true),
        ("http://example.com/c", false),
        ("http://169.254.169.254/c", false),
        ("http://10.0.0.1/c", false),
        ("http://[fd00:ec2::24]/c", false),
        ("http://localhost.example.com/c", false),
        ("http://127.0.0.1.example.com/c", false),
        ("http://127.0.0.1@example.com/c", false),
        ("http://127.0.0.1:80@example.com/c", false),
        ("HTTP://example.com/c", false),
    ] {
        let transport = FakeTransport::new(|_| ok(KEYS));
        let provider = provider(&[(FULL, uri), (TOKEN, "planted")], &transport);
        if is_allowed {
            keys(&provider).await;
            assert_eq!(transport.header("authorization"), ["planted"], "{uri}");
        } else {
            let (kind, text) = failure(&provider).await;
            assert_eq!(kind, "badly configured", "{uri}");
            assert!(
                text.contains("plain http to host `") && text.contains("use https"),
                "{text}"
            );
            assert!(!text.contains("planted"), "{text}");
            assert_eq!(transport.lines(), [""; 0], "{uri}");
        }
    }
}

#[tokio::test]
async fn uris_that_lead_nowhere_known_are_badly_configured() {
    for (variable, uri, expected) in [
        (
            RELATIVE,
            "@example.com/c",
            "expected a path that begins with `/`",
        ),
        (
            RELATIVE,
            ".example.com/c",
            "expected a path that begins with `/`",
        ),
        (
            RELATIVE,
            "/with space",
            "expected a path that begins with `/`",
        ),
        (FULL, "/c", "is not an http or https URI"),
        (FULL, "127.0.0.1", "is not an http or https URI"),
        (FULL, "file:///etc/passwd", "is not an http or https URI"),
        (FULL, "ftp://127.0.0.1/c", "is not an http or https URI"),
        (FULL, "not a uri", "is not an http or https URI"),
    ] {
        let transport = FakeTransport::forbidden();
        let (kind, text) = failure(&provider(&[(variable, uri)], &transport)).await;
        assert_eq!(kind, "badly configured", "{uri}");
        assert!(
            text.starts_with(variable) && text.contains(expected),
            "{uri}: {text}"
        );
    }
}

#[tokio::test]
async fn the_token_file_is_read_every_time_and_beats_the_token() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("token");
    let named = path.to_str().unwrap();
    let transport = FakeTransport::new(|_| ok(KEYS));
    let pairs = [
        (FULL, "http://127.0.0.1/c"),
        (TOKEN, "other"),
        (TOKEN_FILE, named),
    ];
    let provider = provider(&pairs, &transport);
    for token in ["first", "second"] {
        std::fs::write(&path, token).unwrap();
        keys(&provider).await;
    }
    assert_eq!(transport.header("authorization"), ["first", "second"]);

    std::fs::remove_file(&path).unwrap();
    let (kind, text) = failure(&provider).await;
    assert_eq!(kind, "badly configured");
    assert!(
        text.starts_with(&format!("{TOKEN_FILE}: failed to read {named}: ")),
        "{text}"
    );
    assert_eq!(transport.lines().len(), 2);
}

#[tokio::test]
async fn a_token_that_could_forge_headers_is_not_sent() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("token");
    for (token, expected) in [
        ("planted\nX-Forged: 1", "contains a line break"),
        ("planted\r\nX-Forged: 1", "contains a line break"),
        ("plan\u{0}ted", "is not a valid header value"),
    ] {
        std::fs::write(&path, token).unwrap();
        for (variable, value) in [(TOKEN, token), (TOKEN_FILE, path.to_str().unwrap())] {
            let pairs = [(FULL, "http://127.0.0.1/c"), (variable, value)];
            let (kind, text) = failure(&provider(&pairs, &FakeTransport::forbidden())).await;
            assert_eq!(
                (kind, text),
                (
                    "badly configured",
                    format!("{variable}: the token {expected}")
                )
            );
        }
    }
}

#[tokio::test]
async fn an_endpoint_that_fails_is_reported_with_its_reason_and_without_the_uri() {
    for (status, body, expected) in [
        (
            404,
            r#"{"code": "NotFound", "message": "no such task"}"#,
            "status 404 Not Found, NotFound: no such task",
        ),
        (403, "planted", "status 403 Forbidden"),
        (307, "", "status 307 Temporary Redirect"),
        (200, "", "empty response"),
        (
            200,
            "planted",
            "invalid JSON: expected value at line 1 column 1",
        ),
        (
            200,
            r#"{"AccessKeyId": "planted"}"#,
            "`SecretAccessKey` is missing",
        ),
        (
            200,
            r#"{"Code": "AccessDenied", "Message": "go away"}"#,
            "refused: AccessDenied: go away",
        ),
    ] {
        let transport = FakeTransport::new(move |_| Reply::Answer(status, body.to_owned()));
        let pairs = [
            (FULL, "http://u:planted@127.0.0.1:99/planted?planted"),
            (TOKEN, "planted"),
        ];
        let expected = format!("credentials endpoint at 127.0.0.1:99: {expected}");
        assert_eq!(
            failure(&provider(&pairs, &transport)).await,
            ("failed", expected)
        );
        assert_eq!(transport.lines().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn transient_failures_are_retried_and_then_reported() {
    type Answer = fn(&str) -> Reply;
    let busy: Answer = |_| Reply::Answer(500, String::new());
    let throttled: Answer = |_| Reply::Answer(429, String::new());
    let refuse: Answer = |_| Reply::Refuse;
    let hang: Answer = |_| Reply::Hang;
    let endless: Answer = |_| ok("x".repeat(70_000));
    for (answer, requests, expected) in [
        (busy, 3, "status 500 Internal Server Error"),
        (throttled, 3, "status 429 Too Many Requests"),
        (refuse, 3, "no connection: connection refused"),
        (hang, 3, "no response within 2000 ms"),
        // The next response would be as long.
        (endless, 1, "body larger than the limit of 65536 bytes"),
    ] {
        let transport = FakeTransport::new(answer);
        let clock = FakeClock::new();
        let provider = provider_at(&[(RELATIVE, "/c")], &transport, &clock);
        let expected = format!("credentials endpoint at 169.254.170.2: {expected}");
        assert_eq!(failure(&provider).await, ("failed", expected));
        assert_eq!(transport.lines().len(), requests);
        assert!(
            clock.passed() < Duration::from_secs(7),
            "{:?}",
            clock.passed()
        );
    }
}

#[tokio::test]
async fn without_its_variables_it_is_not_configured() {
    let pairs = [(RELATIVE, ""), (TOKEN, "planted")];
    let expected = format!("{RELATIVE} and {FULL} are not set");
    assert_eq!(
        failure(&provider(&pairs, &FakeTransport::forbidden())).await,
        ("not configured", expected)
    );
}

#[tokio::test]
async fn the_default_transport_speaks_http() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}/c", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = vec![0; 4096];
        let length = stream.read(&mut request).await.unwrap();
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{KEYS}",
            KEYS.len()
        );
        stream.write_all(answer.as_bytes()).await.unwrap();
        String::from_utf8(request[..length].to_vec()).unwrap()
    });
    let environment = Environment::from_pairs([(FULL, uri.as_str()), (TOKEN, "t0ken")]);
    let provider = ContainerProvider::new(ProviderConfig::new().environment(environment));
    assert_eq!(keys(&provider).await.access_key_id(), "AK");
    let request = server.await.unwrap();
    assert!(request.starts_with("GET /c HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("authorization: t0ken\r\n"), "{request}");
}
