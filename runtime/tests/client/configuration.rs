//! Tests of settings from variables, profiles and code: their precedence, and the errors of invalid values.

use crate::server::keys;
use crate::service::{GetThing, GetThingOutput, SERVICE, client, get_thing};
use http::HeaderValue;
use smithy_reqwest::config::{Config, Region};
use smithy_reqwest::environment::Environment;
use smithy_reqwest::error::{Cause, ConfigurationError};
use smithy_reqwest::retry::{RetryMode, RetrySettings};
use smithy_reqwest::testing::{RecordedRequest, TestTransport};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// A config file, and the environment that names it.
struct World {
    _directory: tempfile::TempDir,
    environment: Environment,
    config_file: String,
}

fn world(config: &str, variables: &[(&str, &str)]) -> World {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    let (config_file, credentials_file) = (path("config"), path("credentials"));
    std::fs::write(&config_file, config).unwrap();
    let fixed = [
        ("AWS_CONFIG_FILE", config_file.as_str()),
        ("AWS_SHARED_CREDENTIALS_FILE", credentials_file.as_str()),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ];
    World {
        environment: Environment::from_pairs(fixed.iter().chain(variables).copied()),
        _directory: directory,
        config_file,
    }
}

async fn load(config: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigurationError> {
    let world = world(config, variables);
    Config::from_environment(&SERVICE, world.environment.clone()).await
}

/// Returns the observable settings as text.
fn shown(config: &Config) -> String {
    let retry = config.retry();
    let debug = format!("{config:?}");
    let is_on = |name: &str| debug.contains(&format!("{name}: true"));
    format!(
        "region={} endpoint={} mode={:?} attempts={} new={} fips={} dual={}",
        config.region().map_or("", AsRef::as_ref),
        config.endpoint_url().unwrap_or_default(),
        retry.mode,
        retry.max_attempts,
        retry.new_rules_2026,
        is_on("use_fips"),
        is_on("use_dual_stack"),
    )
}

const DEFAULTS: &str = "region= endpoint= mode=Standard attempts=3 new=true fips=false dual=false";

/// Returns the differences from the defaults, in the format of [`shown`].
fn differing(config: &Config) -> Vec<String> {
    let (shown, defaults) = (shown(config), DEFAULTS);
    let pairs = shown.split(' ').zip(defaults.split(' '));
    pairs
        .filter(|(one, other)| one != other)
        .map(|(one, _)| one.to_owned())
        .collect()
}

#[tokio::test]
async fn without_any_settings_there_are_the_defaults() {
    assert_eq!(shown(&load("", &[]).await.unwrap()), DEFAULTS);
}

#[tokio::test]
async fn every_variable_and_every_property_sets_its_setting() {
    // profile, variables, expected differences
    type Case = (
        &'static str,
        &'static [(&'static str, &'static str)],
        &'static [&'static str],
    );
    let table: [Case; 21] = [
        ("", &[("AWS_REGION", "eu-west-1")], &["region=eu-west-1"]),
        (
            "",
            &[("AWS_DEFAULT_REGION", "eu-west-1")],
            &["region=eu-west-1"],
        ),
        ("region = eu-west-2", &[], &["region=eu-west-2"]),
        (
            "",
            &[("AWS_ENDPOINT_URL", "http://all")],
            &["endpoint=http://all"],
        ),
        (
            "",
            &[("AWS_ENDPOINT_URL_THING_STORE", "http://own")],
            &["endpoint=http://own"],
        ),
        (
            "endpoint_url = http://profile",
            &[],
            &["endpoint=http://profile"],
        ),
        (
            "services = s\n[services s]\nthing_store =\n  endpoint_url = http://section",
            &[],
            &["endpoint=http://section"],
        ),
        (
            "endpoint_url = http://profile",
            &[
                ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
                ("AWS_ENDPOINT_URL", "http://all"),
            ],
            &[],
        ),
        (
            "endpoint_url = http://profile\nignore_configured_endpoint_urls = TRUE",
            &[],
            &[],
        ),
        ("", &[("AWS_RETRY_MODE", "adaptive")], &["mode=Adaptive"]),
        ("", &[("AWS_RETRY_MODE", "legacy")], &[]),
        ("retry_mode = Adaptive", &[], &["mode=Adaptive"]),
        ("", &[("AWS_MAX_ATTEMPTS", "7")], &["attempts=7"]),
        ("max_attempts = 8", &[], &["attempts=8"]),
        // This variable enabled these rules before they were the default, and has no effect now.
        ("", &[("AWS_NEW_RETRIES_2026", "false")], &[]),
        ("", &[("AWS_NEW_RETRIES_2026", "1")], &[]),
        ("", &[("AWS_USE_FIPS_ENDPOINT", "true")], &["fips=true"]),
        ("use_fips_endpoint = true", &[], &["fips=true"]),
        (
            "",
            &[("AWS_USE_DUALSTACK_ENDPOINT", "true")],
            &["dual=true"],
        ),
        ("use_dualstack_endpoint = true", &[], &["dual=true"]),
        (
            "region = us-east-1\n[profile other]\nregion = us-west-2",
            &[("AWS_PROFILE", "other")],
            &["region=us-west-2"],
        ),
    ];
    for (profile, variables, expected) in table {
        let config = load(&format!("[default]\n{profile}\n"), variables).await;
        assert_eq!(
            differing(&config.unwrap()),
            expected,
            "{profile} {variables:?}"
        );
    }
}

#[tokio::test]
async fn code_goes_before_variables_and_variables_before_the_profile() {
    let profile = "[default]\nregion = one\nretry_mode = adaptive\nmax_attempts = 5\nuse_fips_endpoint = true\n\
        endpoint_url = http://profile\nservices = s\n[services s]\nthing_store =\n  endpoint_url = http://section\n";
    let config = load(profile, &[]).await.unwrap();
    assert_eq!(
        differing(&config),
        [
            "region=one",
            "endpoint=http://section",
            "mode=Adaptive",
            "attempts=5",
            "fips=true"
        ]
    );
    let variables = [
        ("AWS_REGION", "two"),
        ("AWS_DEFAULT_REGION", "never"),
        ("AWS_RETRY_MODE", "standard"),
        ("AWS_MAX_ATTEMPTS", "6"),
        ("AWS_USE_FIPS_ENDPOINT", "false"),
        ("AWS_ENDPOINT_URL", "http://all"),
    ];
    let config = load(profile, &variables).await.unwrap();
    assert_eq!(
        differing(&config),
        ["region=two", "endpoint=http://all", "attempts=6"]
    );
    let own = [("AWS_ENDPOINT_URL_THING_STORE", "http://own")];
    let config = load(profile, &[variables.as_slice(), &own].concat())
        .await
        .unwrap();
    assert_eq!(config.endpoint_url(), Some("http://own"));
    let config = config
        .to_builder()
        .region(smithy_reqwest::config::Region::new("three"))
        .endpoint_url("http://code")
        .retry_config(RetrySettings::off())
        .build();
    assert_eq!(config.region().unwrap().as_ref(), "three");
    assert_eq!(config.endpoint_url(), Some("http://code"));
    assert_eq!(config.retry().mode, RetryMode::Off);
}

#[tokio::test]
async fn an_empty_value_counts_as_unset_everywhere() {
    let names = [
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_PROFILE",
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_THING_STORE",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        "AWS_RETRY_MODE",
        "AWS_MAX_ATTEMPTS",
        "AWS_USE_FIPS_ENDPOINT",
        "AWS_USE_DUALSTACK_ENDPOINT",
        "AWS_CA_BUNDLE",
        "AWS_SDK_UA_APP_ID",
    ];
    for value in ["", "  "] {
        let variables: Vec<_> = names.iter().map(|name| (*name, value)).collect();
        let config = load("[default]\nregion = fallback\n", &variables)
            .await
            .unwrap();
        assert_eq!(differing(&config), ["region=fallback"]);
    }
    let empty = "[default]\nregion =\nretry_mode =\nmax_attempts =\nuse_fips_endpoint =\nendpoint_url =\n\
        services = s\n[services s]\nthing_store =\n  endpoint_url =\n";
    let config = load(empty, &[]).await.unwrap();
    assert_eq!(differing(&config), Vec::<String>::new());
}

#[tokio::test]
async fn an_invalid_variable_is_an_error_with_its_name_and_the_expected_value() {
    let table = [
        ("AWS_REGION", "us east 1", "the name of a region"),
        ("AWS_DEFAULT_REGION", "-", "the name of a region"),
        ("AWS_RETRY_MODE", "often", "standard or adaptive"),
        ("AWS_MAX_ATTEMPTS", "0", "a whole number of at least 1"),
        ("AWS_MAX_ATTEMPTS", "many", "a whole number of at least 1"),
        ("AWS_USE_FIPS_ENDPOINT", "yes", "true or false"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "1", "true or false"),
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "on", "true or false"),
        ("AWS_ENDPOINT_URL", "localhost:8080", "http:// or https://"),
        (
            "AWS_ENDPOINT_URL_THING_STORE",
            "ftp://x",
            "http:// or https://",
        ),
        ("AWS_PROFILE", "nowhere", "nowhere"),
        ("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "on", "true or false"),
        ("AWS_CA_BUNDLE", "/nowhere/ca.pem", "CA bundle /nowhere"),
    ];
    for (name, value, expected) in table {
        let error = load("", &[(name, value)]).await.unwrap_err().to_string();
        assert!(
            error.contains(name) && error.contains(expected),
            "{name}={value}: {error}"
        );
        assert!(!error.contains("hunter2"), "{error}");
    }
}

#[tokio::test]
async fn a_bad_property_is_an_error_that_names_file_and_line() {
    for (property, expected) in [
        ("region = us east", "the name of a region"),
        ("retry_mode = often", "standard or adaptive"),
        ("max_attempts = x", "a whole number"),
        ("use_fips_endpoint = yes", "true or false"),
        ("endpoint_url = nonsense", "http:// or https://"),
        ("ca_bundle = /nowhere/ca.pem", "CA bundle /nowhere"),
    ] {
        let world = world(&format!("[default]\n\n{property}\n"), &[]);
        let loaded = Config::from_environment(&SERVICE, world.environment.clone()).await;
        let error = loaded.unwrap_err().to_string();
        assert!(error.contains(expected), "{property}: {error}");
        assert!(
            error.contains(&world.config_file) && error.contains('3'),
            "{property}: {error}"
        );
    }
}

/// A certificate that is not used to sign anything.
const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\n\
    MIIBdDCCARugAwIBAgIUenS5EH/aFDStDlX+S05Z3KdzjmkwCgYIKoZIzj0EAwIw\n\
    DzENMAsGA1UEAwwEVGVzdDAgFw0yNjExMjMyMDE0NTJaGA8yMTI2MTAzMDIwMTQ1\n\
    MlowDzENMAsGA1UEAwwEVGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABIXM\n\
    MgghToXUnZFPGLLUQbKDwTkHWkOqI5Hy9fSU/FfVo0WiTD9toCCtmLiJNc0WyHyn\n\
    peeEaz0cWg6eBni2/hyjUzBRMB0GA1UdDgQWBBSS90n7xSS/HGuM6Uc8nCU6cNVO\n\
    qzAfBgNVHSMEGDAWgBSS90n7xSS/HGuM6Uc8nCU6cNVOqzAPBgNVHRMBAf8EBTAD\n\
    AQH/MAoGCCqGSM49BAMCA0cAMEQCICChHtdYfknPKuSDCjD+8eIekBZth5NDy2MJ\n\
    84P5l+wOAiBQYiF39Yyz6isI7893Ep5VovoOfRd9XTwI76DP3YyP9w==\n\
    -----END CERTIFICATE-----\n";

#[tokio::test]
async fn ca_bundle_and_app_name_come_from_variables_and_profile() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("ca.pem");
    let bundle = path.to_str().unwrap();
    let named = format!("ca_bundle = {bundle}\nsdk_ua_app_id = shop");
    for (profile, variables) in [
        (
            "",
            [("AWS_CA_BUNDLE", bundle), ("AWS_SDK_UA_APP_ID", "shop")].as_slice(),
        ),
        (named.as_str(), &[]),
    ] {
        std::fs::write(&path, CERTIFICATE).unwrap();
        let config = format!("[default]\nregion = us-east-1\n{profile}\n");
        let config = load(&config, variables).await.unwrap();
        let builder = config.to_builder().credentials_provider(keys("AKID"));
        // The transport uses the certificates that were read with the settings, and does not read the file again.
        std::fs::remove_file(&path).unwrap();
        let unreachable = builder.clone().endpoint_url("https://127.0.0.1:1");
        let unreachable = unreachable.retry_config(RetrySettings::off());
        let call = get_thing(&client(unreachable.clone().build()));
        let error = call.send().await.unwrap_err().to_string();
        assert!(!error.contains("CA bundle"), "{error}");
        let call = get_thing(&client(unreachable.ca_bundle(bundle).build()));
        let error = call.send().await.unwrap_err().to_string();
        assert!(error.contains(&format!("CA bundle {bundle}")), "{error}");

        let transport = TestTransport::new();
        transport.answer::<GetThing>(GetThingOutput::default());
        get_thing(&client(builder.transport(transport.clone()).build()))
            .send()
            .await
            .unwrap();
        let requests = transport.requests();
        let agent = requests[0].header("user-agent").unwrap();
        assert!(agent.ends_with(" app/shop"), "{agent}");
    }
}

/// Names and values.
type Pairs = &'static [(&'static str, &'static str)];

/// Returns the request that a call sends with these variables, and with these headers of its own.
async fn sent(variables: &[(&str, &str)], own: &[(&'static str, &'static str)]) -> RecordedRequest {
    let config = load("[default]\nregion = us-east-1\n", variables).await;
    let transport = TestTransport::new();
    transport.answer::<GetThing>(GetThingOutput::default());
    let builder = config.unwrap().to_builder();
    let builder = builder.credentials_provider(keys("AKID"));
    let client = client(builder.transport(transport.clone()).build());
    let mut call = get_thing(&client).customize();
    for (name, value) in own {
        call = call.header(name.parse().unwrap(), HeaderValue::from_static(value));
    }
    call.send().await.unwrap();
    transport.requests().remove(0)
}

#[tokio::test]
async fn lambda_functions_send_their_trace_id() {
    const NAME: (&str, &str) = ("AWS_LAMBDA_FUNCTION_NAME", "f");
    const ID: &str = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    let id = |value| ("_X_AMZN_TRACE_ID", value);
    let own: Pairs = &[("X-Amzn-Trace-Id", "own")];
    // variables, headers of the call, expected header
    type Case<'a> = (&'a [(&'a str, &'a str)], Pairs, Option<&'a str>);
    let table: [Case<'_>; 8] = [
        (&[NAME, id(ID)], &[], Some(ID)),
        (&[NAME, id(ID)], own, Some("own")),
        (&[NAME], &[], None),
        (&[id(ID)], &[], None),
        (&[NAME, id("")], &[], None),
        (&[("AWS_LAMBDA_FUNCTION_NAME", ""), id(ID)], &[], None),
        (
            &[NAME, id("first\nsecond\u{20ac} %/\\")],
            &[],
            Some("first%0Asecond%E2%82%AC%20%25%2F%5C"),
        ),
        (
            &[NAME, id("test123-=;:+&[]{}\"',.~_")],
            &[],
            Some("test123-=;:+&[]{}\"',.~_"),
        ),
    ];
    for (variables, own, expected) in table {
        let request = sent(variables, own).await;
        assert_eq!(request.header("x-amzn-trace-id"), expected, "{variables:?}");
        let signed = request.header("authorization").unwrap();
        assert!(!signed.contains("x-amzn-trace-id"), "{signed}");
    }
}

#[tokio::test]
async fn the_user_agent_names_the_execution_environment() {
    for (value, expected) in [
        ("AWS_ECS_FARGATE", " exec-env/AWS_ECS_FARGATE app/shop"),
        (
            "AWS_Lambda_rust\n(x)",
            " exec-env/AWS_Lambda_rust--x- app/shop",
        ),
        ("", " app/shop"),
    ] {
        let variables = [("AWS_EXECUTION_ENV", value), ("AWS_SDK_UA_APP_ID", "shop")];
        let request = sent(&variables, &[]).await;
        let agent = request.header("user-agent").unwrap();
        assert!(agent.ends_with(expected), "{agent}");
        assert_eq!(agent.contains("exec-env/"), !value.is_empty(), "{agent}");
    }
}

/// A proxy gets the whole URL of the request.
#[tokio::test]
async fn calls_go_through_the_proxy_that_is_set() {
    let proxy = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://user:hunter2@{}", proxy.local_addr().unwrap());
    let seen = tokio::spawn(async move {
        let (mut stream, _) = proxy.accept().await.unwrap();
        let mut request = vec![0; 4096];
        let length = stream.read(&mut request).await.unwrap();
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
        stream.write_all(answer).await.unwrap();
        String::from_utf8_lossy(&request[..length]).into_owned()
    });
    let config = Config::builder()
        .region(Region::from_static("us-east-1"))
        .endpoint_url("http://things.example")
        .credentials_provider(keys("AKID"))
        .proxy(address);
    get_thing(&client(config.build())).send().await.unwrap();
    let request = seen.await.unwrap().to_ascii_lowercase();
    assert!(
        request.contains(" http://things.example/") && request.contains("proxy-authorization:"),
        "{request}"
    );
}

#[tokio::test]
async fn a_proxy_that_is_no_address_is_an_error_without_its_password() {
    let config = Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(keys("AKID"))
        .proxy("http://user:hunter2@[");
    let call = get_thing(&client(config.build()));
    let error = call.send().await.unwrap_err().to_string();
    assert!(
        error.contains(r#"invalid proxy URL "http://…@[""#),
        "{error}"
    );
    assert!(!error.contains("hunter2"), "{error}");
}

#[tokio::test]
async fn a_missing_region_is_an_error_that_lists_the_sources() {
    let config = load("", &[]).await.unwrap();
    let config = config
        .to_builder()
        .credentials_provider(keys("AKID"))
        .build();
    let error = get_thing(&client(config)).send().await.unwrap_err();
    assert!(
        matches!(error.cause(), Cause::Configuration(_)),
        "{error:?}"
    );
    for place in ["on the client", "AWS_REGION", "profile", "endpoint URL"] {
        assert!(error.to_string().contains(place), "{error}");
    }
}

#[tokio::test]
async fn missing_credentials_are_an_error_that_lists_every_source() {
    let config = load("[default]\nregion = us-east-1\n", &[]).await.unwrap();
    let config = config.to_builder().transport(TestTransport::new()).build();
    let error = get_thing(&client(config)).send().await.unwrap_err();
    assert!(matches!(error.cause(), Cause::Credentials(_)), "{error:?}");
    let text = error.to_string();
    for source in [
        "AWS_ACCESS_KEY_ID",
        "profile",
        "AWS_CONTAINER_CREDENTIALS",
        "AWS_EC2_METADATA_DISABLED",
    ] {
        assert!(text.contains(source), "{source} in {text}");
    }
    let bare = Config::builder().region(smithy_reqwest::config::Region::new("us-east-1"));
    let error = get_thing(&client(bare.build())).send().await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("no credentials provider: set one"),
        "{error}"
    );
}

#[tokio::test]
async fn credentials_of_the_environment_sign_the_request() {
    let variables = [
        ("AWS_ACCESS_KEY_ID", "AKIDENV"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_REGION", "eu-central-1"),
    ];
    let transport = TestTransport::new();
    transport.answer::<GetThing>(GetThingOutput::default());
    let config = load("", &variables).await.unwrap();
    let config = config.to_builder().transport(transport.clone()).build();
    get_thing(&client(config)).send().await.unwrap();
    let requests = transport.requests();
    let authorization = requests[0].header("authorization").unwrap();
    assert!(
        authorization.contains("Credential=AKIDENV/"),
        "{authorization}"
    );
    assert!(
        authorization.contains("/eu-central-1/things/aws4_request"),
        "{authorization}"
    );
    assert_eq!(
        requests[0].uri().host(),
        Some("things.eu-central-1.amazonaws.com")
    );
}

#[tokio::test]
async fn no_message_shows_an_indented_line_after_a_value() {
    for property in [
        "region = eu west",
        "retry_mode = odd",
        "max_attempts = x",
        "use_fips_endpoint = x",
        "endpoint_url = ftp://h",
    ] {
        let config = format!("[default]\n{property}\n  aws_secret_access_key = planted\n");
        let error = load(&config, &[]).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("planted"), "{error}");
    }
    let config = "[default]\nregion = eu-west-1\n  aws_secret_access_key = planted\n";
    let error = load(config, &[]).await.unwrap_err().to_string();
    let expected = "invalid value \"eu-west-1\" and the indented lines after it: expected ";
    assert!(error.contains(expected), "{error}");
}
