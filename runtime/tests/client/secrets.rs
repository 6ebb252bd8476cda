//! Tests that no output contains the secrets of responses, URLs, proxies, variables and settings.

use crate::server::{Server, json, keys};
use crate::service::{client, get_thing};
use smithy_reqwest::config::{Builder, Config, Region, Token};
use smithy_reqwest::endpoint::{EndpointSettings, resolve};
use smithy_reqwest::environment::Environment;
#[cfg(feature = "hyper")]
use smithy_reqwest::http::HyperTransport;
#[cfg(feature = "reqwest")]
use smithy_reqwest::http::ReqwestTransport;

#[track_caller]
fn assert_hushed(what: &str, printed: &str) {
    assert!(!printed.contains("hush"), "{what}: {printed}");
}

fn settings() -> Builder {
    Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(keys("AKID"))
}

/// URLs with a password in each place where users have put one.
const URLS: [&str; 9] = [
    "http://user:hush@127.0.0.1:1",
    "https://hush@h",
    "http://user:hu@sh-hush@h",
    "http://user:hush/@h",
    "http://user:hush@[",
    "user:hush@h:3128",
    "http://h/?token=hush",
    "https://h/?user=a@b&token=hush",
    "socks5://user:hush@h",
];

#[tokio::test]
async fn no_error_and_no_debug_output_shows_the_password_of_an_endpoint_or_proxy() {
    for url in URLS {
        let builders = [
            settings().endpoint_url(url),
            settings().endpoint_url(url).use_fips(true),
            settings().endpoint_url(url).use_dual_stack(true),
            settings().endpoint_url("http://127.0.0.1:1").proxy(url),
        ];
        for builder in builders {
            let debug = format!("{builder:?}");
            let config = builder.build();
            let client = client(config.clone());
            let call = get_thing(&client);
            assert_hushed(
                "settings",
                &format!("{debug} {config:?} {config:#?} {client:?} {call:?}"),
            );
            let config = config.to_builder().retry_config(no_retries()).build();
            let call = call.customize().config_override(config);
            assert_hushed("call", &format!("{call:?}"));
            if let Err(error) = call.send().await {
                assert_hushed(url, &format!("{error} {error:?} {error:#?}"));
            }
        }
        let endpoint = EndpointSettings {
            region: None,
            url: Some(url),
            use_fips: false,
            use_dual_stack: false,
        };
        let resolved = resolve("things", endpoint);
        assert_hushed("endpoint", &format!("{endpoint:?} {resolved:?}"));
        #[cfg(feature = "reqwest")]
        {
            let transport = ReqwestTransport::builder().proxy(url);
            let built = transport.clone().build();
            assert_hushed("reqwest", &format!("{transport:?} {built:?}"));
        }
        #[cfg(feature = "hyper")]
        {
            let transport = HyperTransport::builder().proxy(url);
            let built = transport.clone().build();
            assert_hushed("hyper", &format!("{transport:?} {built:?}"));
        }
    }
}

fn no_retries() -> smithy_reqwest::retry::RetrySettings {
    smithy_reqwest::retry::RetrySettings::standard().with_max_attempts(1)
}

#[tokio::test]
async fn no_error_about_a_variable_shows_the_password_in_its_url() {
    let variables = [
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_THING_STORE",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT",
    ];
    for variable in variables {
        for url in URLS {
            let environment = Environment::from_pairs([
                (variable, url),
                ("AWS_REGION", "us-east-1"),
                ("HOME", "/nonexistent"),
                ("AWS_USE_FIPS_ENDPOINT", "true"),
            ]);
            assert_hushed(variable, &format!("{environment:?}"));
            let config = Config::from_environment(&crate::service::SERVICE, environment).await;
            let config = match config {
                // The proxies are read for the transport, and only a call with credentials reaches it.
                Ok(config) if variable.ends_with("PROXY") => {
                    let config = config.to_builder().credentials_provider(keys("AKID"));
                    config.retry_config(no_retries()).build()
                }
                Ok(config) => config.to_builder().retry_config(no_retries()).build(),
                Err(error) => {
                    assert_hushed(variable, &format!("{error} {error:?}"));
                    continue;
                }
            };
            assert_hushed(variable, &format!("{config:?}"));
            let error = get_thing(&client(config)).send().await.unwrap_err();
            assert_hushed(variable, &format!("{error} {error:?} {error:#?}"));
        }
    }
}

#[test]
fn debug_of_settings_shows_neither_credentials_nor_tokens() {
    let builder = settings()
        .credentials_provider(smithy_reqwest::config::Credentials::new(
            "hush-id",
            "hush-secret",
            Some("hush-token".to_owned()),
            None,
            "test",
        ))
        .token_provider(Token::new("hush-bearer", None));
    assert_hushed("builder", &format!("{builder:?} {builder:#?}"));
    let config = builder.build();
    assert_hushed(
        "settings",
        &format!("{config:?} {:?}", client(config.clone())),
    );
}

#[tokio::test]
async fn the_target_of_a_redirect_is_shown_without_user_password_and_query() {
    for (location, shown) in [
        (
            "https://login.example/?state=hush",
            "(to https://login.example/?…)",
        ),
        (
            "https://user:hush@login.example/",
            "(to https://…@login.example/)",
        ),
        ("/elsewhere?token=hush", "(to /elsewhere?…)"),
    ] {
        let headers = format!("location: {location}\r\n");
        let server = Server::answering(json("302 Found", &headers, "")).await;
        let call = get_thing(&client(server.config().build()));
        let error = call.send().await.unwrap_err();
        assert!(error.to_string().contains(shown), "{error}");
        assert_hushed(location, &format!("{error} {error:?} {error:#?}"));
    }
}

#[tokio::test]
async fn no_error_about_a_response_shows_what_is_in_it() {
    let bodies = [
        r#"{"name":["hush"]}"#,
        r#"{"name":{"hush":"hush"}}"#,
        r#"{"password":[7777],"name":"hush"}"#,
        r#"{"name":"hush","password":["hush"]}"#,
        r#"{"name":"hush"#,
        r#"["hush"]"#,
    ];
    for body in bodies {
        let server = Server::answering(json("200 OK", "", body)).await;
        let call = get_thing(&client(server.config().build()));
        let error = call.send().await.unwrap_err();
        assert_hushed(body, &format!("{error} {error:?} {error:#?}"));
    }
}
