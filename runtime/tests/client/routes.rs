//! Tests of the routes of requests: proxies from settings and variables, and the route in errors.

use super::server::{Server, closed, config, keys, soon, thing, with_client};
use crate::service::{GetThing, GetThingOutput, SERVICE, client, get_thing};
use smithy_reqwest::Error;
use smithy_reqwest::config::{Builder, Config, Credentials};
use smithy_reqwest::environment::Environment;
use smithy_reqwest::error::Cause;
use smithy_reqwest::retry::RetrySettings;
use smithy_reqwest::testing::TestTransport;

async fn call(config: Builder) -> Result<(), Error> {
    let config = config.retry_config(RetrySettings::standard().with_max_attempts(1));
    soon(get_thing(&client(config.build())).send())
        .await
        .map(drop)
}

/// Returns settings from these variables, and keys.
async fn from(variables: &[(&str, &str)]) -> Builder {
    let fixed = [("AWS_REGION", "us-east-1"), ("HOME", "/nonexistent")];
    let environment = Environment::from_pairs(fixed.iter().chain(variables).copied());
    let config = Config::from_environment(&SERVICE, environment)
        .await
        .unwrap();
    with_client(config.to_builder().credentials_provider(keys("AKID")))
}

#[tokio::test]
async fn a_connection_error_names_scheme_host_and_port() {
    let address = closed().await;
    let port = address.port();
    for (url, origin) in [
        (
            format!("http://{address}/base"),
            format!("http://{address}"),
        ),
        (
            format!("https://LOCALHOST:{port}"),
            format!("https://localhost:{port}"),
        ),
        (
            "http://nowhere.invalid".to_owned(),
            "http://nowhere.invalid".to_owned(),
        ),
    ] {
        let error = call(config(address).endpoint_url(url)).await.unwrap_err();
        let text = error.to_string();
        assert!(
            text.starts_with(&format!("GetThing: no connection to {origin}: ")),
            "{text}"
        );
        assert!(matches!(error.cause(), Cause::Transport(cause) if cause.route() == Some(&origin)));
    }
}

#[tokio::test]
async fn an_error_names_the_proxy_that_a_request_went_by_without_its_password() {
    let address = closed().await;
    let proxy = format!("http://user:hush@{address}");
    let expected =
        format!("GetThing: no connection to http://things.example by the proxy http://{address}: ");
    let url = "http://things.example";
    for config in [
        config(address).endpoint_url(url).proxy(&proxy),
        from(&[("HTTP_PROXY", &proxy), ("AWS_ENDPOINT_URL", url)]).await,
    ] {
        let text = call(config).await.unwrap_err().to_string();
        assert!(
            text.starts_with(&expected) && !text.contains("hush"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_host_that_no_proxy_names_is_reached_directly() {
    let server = Server::answering(thing()).await;
    let proxy = closed().await.to_string();
    let url = format!("http://a.localhost:{}", server.address.port());
    for (no_proxy, is_direct) in [
        ("*.localhost", true),
        (".localhost", true),
        ("localhost", true),
        ("b.localhost", false),
        ("127.0.0.1", false),
    ] {
        let variables = [
            ("HTTP_PROXY", proxy.as_str()),
            ("NO_PROXY", no_proxy),
            ("AWS_ENDPOINT_URL", url.as_str()),
        ];
        // Not every machine can resolve the name. The error names it or the proxy.
        let went = match call(from(&variables).await).await {
            Ok(()) => "directly".to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(
            went.contains("by the proxy"),
            !is_direct,
            "{no_proxy}: {went}"
        );
    }
}

#[tokio::test]
async fn an_invalid_proxy_of_a_variable_has_no_effect_where_nothing_would_use_it() {
    let proxy = Server::answering(thing()).await;
    let url = format!("http://{}", proxy.address);
    let all = ("all_proxy", "socks5://127.0.0.1:9");
    let endpoint = ("AWS_ENDPOINT_URL", "http://things.example");
    // Both schemes have a proxy of their own.
    let own = [("http_proxy", url.as_str()), ("https_proxy", url.as_str()), all, endpoint];
    call(from(&own).await).await.unwrap();
    assert_eq!(proxy.connections(), 1);
    // The proxy is set in code.
    let invalid = [("HTTPS_PROXY", "two words"), all, endpoint];
    call(from(&invalid).await.proxy(&url)).await.unwrap();
    assert_eq!(proxy.connections(), 2);
    // The transport is set in code.
    let transport = TestTransport::new();
    transport.answer::<GetThing>(GetThingOutput::default());
    let config = from(&invalid).await.transport(transport.clone());
    call(config).await.unwrap();
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test]
async fn a_proxy_that_cannot_be_used_is_an_error_before_anything_is_sent() {
    let server = Server::answering(thing()).await;
    let endpoint = format!("http://{}", server.address);
    for (name, url, shown) in [
        ("HTTPS_PROXY", "socks5://p:1", "socks5://p:1"),
        ("all_proxy", "http://p:99999", "http://p:99999"),
        ("HTTP_PROXY", "http://", "http://"),
        ("http_proxy", "two words", "two words"),
        ("HTTPS_PROXY", "http://user:hush@[", "http://…@["),
    ] {
        let config = from(&[(name, url), ("AWS_ENDPOINT_URL", &endpoint)]).await;
        let error = call(config).await.unwrap_err();
        assert!(matches!(error.cause(), Cause::Configuration(_)), "{error:?}");
        let expected = format!("environment variable {name}: invalid proxy URL {shown:?}: ");
        assert!(error.to_string().contains(&expected), "{error}");
    }
    assert_eq!(server.connections(), 0);
    let error = call(config(closed().await).proxy("socks5://p:1"))
        .await
        .unwrap_err();
    assert!(
        matches!(error.cause(), Cause::Configuration(_)),
        "{error:?}"
    );
    assert!(
        error.to_string().contains("only http and https proxies"),
        "{error}"
    );
}

#[tokio::test]
async fn credentials_that_no_header_can_hold_are_named() {
    let server = Server::answering(thing()).await;
    for (id, token, named) in [
        ("AK\nID", None, "access key id"),
        ("AKID", Some("to\u{7f}ken"), "session token"),
    ] {
        let credentials = Credentials::new(id, "secret", token.map(str::to_owned), None, "test");
        let error = call(server.config().credentials_provider(credentials))
            .await
            .unwrap_err();
        let expected = format!("{named}: control characters are not allowed");
        assert!(error.to_string().contains(&expected), "{error}");
    }
    // Around a value, a line break is never intended.
    let environment = Environment::from_pairs([
        ("AWS_ACCESS_KEY_ID", "AKID\n"),
        ("AWS_SECRET_ACCESS_KEY", " secret\r\n"),
        ("AWS_SESSION_TOKEN", "token\n"),
        ("AWS_REGION", "us-east-1\n"),
        ("HOME", "/nonexistent"),
    ]);
    let config = Config::from_environment(&SERVICE, environment)
        .await
        .unwrap();
    call(
        with_client(config.to_builder())
            .endpoint_url(format!("http://{}", server.address)),
    )
    .await
    .unwrap();
}
