//! Tests of clients with the settings of the AWS SDK for Rust.

use crate::server::keys;
use crate::server::punctual;
use crate::service::{GetThing, GetThingOutput, client, get_thing};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::origin::Origin;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use smithy_reqwest::config::{
    AppName, BehaviorVersion, Builder, Config, FrameworkMetadata, Region, SdkConfig,
    SharedCredentialsProvider, SharedTimeSource, TimeSource,
};
use smithy_reqwest::testing::TestTransport;
use std::time::{Duration, SystemTime};

/// A source of settings with the endpoint of one service, as in aws-config.
#[derive(Debug)]
struct OfService(&'static str);

impl LoadServiceConfig for OfService {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let asked = (key.service_id(), key.env(), key.profile());
        (asked == ("Thing Store", "AWS_ENDPOINT_URL", "endpoint_url")).then(|| self.0.to_owned())
    }
}

fn shared() -> aws_types::sdk_config::Builder {
    SdkConfig::builder()
        .region(Region::new("ap-south-1"))
        .credentials_provider(SharedCredentialsProvider::new(keys("AKIDSHARED")))
}

/// Returns the host of a call.
async fn host(builder: Builder) -> String {
    let transport = TestTransport::new();
    transport.answer::<GetThing>(GetThingOutput::default());
    let client = client(builder.transport(transport.clone()).build());
    get_thing(&client).send().await.unwrap();
    let request = &transport.requests()[0];
    request.uri().host().unwrap().to_owned()
}

#[tokio::test]
async fn the_endpoint_set_in_code_goes_before_the_one_of_the_service_and_that_before_the_one_of_all()
 {
    const REGIONS: &str = "things.ap-south-1.amazonaws.com";
    let table = [
        // endpoint of all services, `true` if it was set in code, endpoint of the service, expected host
        (None, false, None, REGIONS),
        (Some("http://all"), false, None, "all"),
        (None, false, Some("http://one"), "one"),
        (Some("http://all"), false, Some("http://one"), "one"),
        (Some("http://all"), true, Some("http://one"), "all"),
        (Some("http://all"), false, Some(""), "all"),
    ];
    for (all, in_code, one, expected) in table {
        let mut shared = shared();
        shared.set_endpoint_url(all.map(str::to_owned));
        if in_code {
            shared.insert_origin("endpoint_url", Origin::shared_config());
        }
        if let Some(one) = one {
            shared.set_service_config(Some(OfService(one)));
        }
        let builder = Builder::from(&shared.build());
        let case = format!("{all:?} {in_code} {one:?}");
        assert_eq!(host(builder.clone()).await, expected, "{case}");

        let own = builder.clone().endpoint_url("http://own");
        assert_eq!(host(own).await, "own", "{case}");
        let mut region = builder;
        region.set_endpoint_url(None);
        assert_eq!(host(region).await, REGIONS, "unset in code: {case}");
    }
}

#[tokio::test]
async fn a_client_shows_the_endpoint_of_its_service_and_a_call_may_have_another() {
    let mut shared = shared();
    shared.set_service_config(Some(OfService("http://one")));
    let shared = shared.build();
    let transport = TestTransport::new();
    transport.answer::<GetThing>(GetThingOutput::default());
    let client = client(Config::builder().transport(transport.clone()).build());
    let settings = Builder::from(&shared).transport(transport.clone()).build();
    let call = get_thing(&client).customize().config_override(settings);
    call.send().await.unwrap();
    assert_eq!(transport.requests()[0].uri().host(), Some("one"));

    let client = crate::service::client(Config::new(&shared));
    assert_eq!(client.config().endpoint_url(), Some("http://one"));
    let again = client.config().to_builder().build();
    assert_eq!(again.endpoint_url(), Some("http://one"));
}

#[tokio::test]
async fn region_keys_names_and_patience_are_taken_over() {
    let framework = |name, version| FrameworkMetadata::new(name, version).unwrap();
    let shared = shared()
        .app_name(AppName::new("shipping").unwrap())
        .framework_metadata(framework("mover", Some("1.2")))
        .framework_metadata(framework("mover", Some("1.2")))
        .framework_metadata(framework("plain", None::<&str>))
        .behavior_version(BehaviorVersion::latest())
        .retry_config(RetryConfig::standard().with_max_attempts(9))
        .timeout_config(
            TimeoutConfig::builder()
                .operation_timeout(Duration::from_secs(12))
                .build(),
        )
        .build();
    let config = Config::new(&shared);
    assert_eq!(config.timeouts().operation, Some(Duration::from_secs(12)));
    let attempt = config.timeouts().attempt;
    assert_eq!(attempt, Some(Duration::from_secs(60)), "ours, where open");
    assert_eq!(config.retry().max_attempts, 9);

    let transport = TestTransport::new();
    transport.answer::<GetThing>(GetThingOutput::default());
    let config = config.to_builder().transport(transport.clone()).build();
    get_thing(&client(config)).send().await.unwrap();
    let request = &transport.requests()[0];
    let header = |name| request.header(name).unwrap_or_default();
    let scope = header("authorization");
    assert!(scope.contains("Credential=AKIDSHARED/"), "{scope}");
    assert!(scope.contains("/ap-south-1/"), "{scope}");
    let agent = header("user-agent");
    let end = " lib/mover/1.2 lib/plain app/shipping";
    assert!(agent.ends_with(end), "{agent}");
}

#[test]
fn limits_that_are_disabled_are_none_and_not_the_defaults() {
    let limits = |config: TimeoutConfig| {
        let config = Config::new(&SdkConfig::builder().timeout_config(config).build());
        let seconds = |limit: Option<Duration>| limit.map(|limit| limit.as_millis());
        let limits = *config.timeouts();
        [limits.connect, limits.attempt, limits.operation].map(seconds)
    };
    let second = Duration::from_secs(1);
    let defaults = [Some(3_100), Some(60_000), Some(300_000)];
    assert_eq!(limits(TimeoutConfig::builder().build()), defaults);
    assert_eq!(limits(TimeoutConfig::disabled()), [None; 3]);
    let read = TimeoutConfig::builder().read_timeout(second).build();
    assert_eq!(limits(read), [Some(3_100), Some(1_000), Some(300_000)]);
    let one = TimeoutConfig::builder().disable_operation_timeout().build();
    assert_eq!(limits(one), [Some(3_100), Some(60_000), None]);
}

/// A time source that differs by this number of seconds.
#[derive(Debug)]
struct Off(u64);

impl TimeSource for Off {
    fn now(&self) -> SystemTime {
        SystemTime::now() - Duration::from_secs(self.0)
    }
}

#[tokio::test]
async fn the_time_source_and_the_switch_of_clock_skew_are_taken_over() {
    let server = punctual().await;
    let settings = |disabled: Option<bool>| {
        let mut shared = shared().time_source(SharedTimeSource::new(Off(600)));
        shared.set_disable_clock_skew_correction(disabled);
        shared.set_endpoint_url(server.config().build().endpoint_url().map(str::to_owned));
        client(Config::new(&shared.build()))
    };
    for disabled in [None, Some(false)] {
        get_thing(&settings(disabled)).send().await.unwrap();
    }
    let stubborn = settings(Some(true));
    let error = get_thing(&stubborn).send().await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidSignatureException"));
}

#[test]
fn each_setting_can_be_set_and_unset_in_place() {
    let mut builder = Config::builder();
    builder
        .set_region(Some(Region::new("eu-west-1")))
        .set_endpoint_url(Some("http://here".to_owned()))
        .set_use_fips(Some(true))
        .set_retry_config(Some(RetryConfig::disabled()))
        .set_timeout_config(Some(TimeoutConfig::disabled()))
        .set_behavior_version(Some(BehaviorVersion::latest()));
    let config = builder.clone().build();
    assert_eq!(config.region().map(AsRef::as_ref), Some("eu-west-1"));
    assert_eq!(config.endpoint_url(), Some("http://here"));
    assert_eq!(config.retry().max_attempts, 1);
    assert_eq!(config.timeouts().operation, None);

    let changed = format!("{config:?}");
    builder
        .set_region(None)
        .set_endpoint_url(None)
        .set_use_fips(None)
        .set_retry_config(None::<RetryConfig>)
        .set_timeout_config(None::<TimeoutConfig>)
        .set_behavior_version(None);
    let unset = format!("{:?}", builder.build());
    assert_eq!(unset, format!("{:?}", Config::builder().build()));
    assert_ne!(unset, changed);
}
