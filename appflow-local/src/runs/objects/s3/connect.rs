//! Connects to an S3 endpoint. Credentials and region come from the environment or the profile, or are those of local servers.

use super::S3;
use crate::local::DEFAULT_REGION;
use crate::outbound::Endpoint;
use crate::runs::objects::Staging;
use appflow_local_s3::Client;
use appflow_local_s3::config::{
    Config, Credentials, Region, RequestChecksumCalculation, ResponseChecksumValidation,
    TimeoutSettings,
};
use appflow_local_s3::credentials::{
    CredentialsError, DefaultChain, Environment, ProvideCredentials, ProviderConfig,
};
use appflow_local_s3::http::ReqwestTransport;
use appflow_local_s3::operation::head_bucket::HeadBucket;
use smithy_reqwest::operation::Operation;
use std::sync::Arc;
use std::time::Duration;

/// The access key and the secret if none are set.
const KEY: &str = "test";
/// The variable that disables the metadata service of EC2 instances.
const METADATA_DISABLED: &str = "AWS_EC2_METADATA_DISABLED";

impl S3 {
    /// Reads the settings for an endpoint. No request is sent to it yet.
    pub(crate) async fn connect(
        endpoint: &Endpoint,
        timeout: Duration,
        staging: Arc<Staging>,
    ) -> Result<Self, String> {
        let settings = ProviderConfig::new().environment(environment());
        let config = Config::from_provider_config(HeadBucket::service(), settings.clone()).await;
        let config = config.map_err(|error| error.to_string())?;
        let region = config.region().cloned();
        let transport = ReqwestTransport::builder().no_proxy().build();
        let mut config = config
            .to_builder()
            .endpoint_url(endpoint.as_str())
            .region(region.unwrap_or_else(|| Region::new(DEFAULT_REGION)))
            .transport(transport.map_err(|error| error.to_string())?)
            // Other servers than that of AWS may not know them.
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
            .use_fips(false)
            .use_dual_stack(false)
            .timeout_config(TimeoutSettings::NONE.with_attempt(timeout));
        let provided = DefaultChain::new(settings).provide_credentials().await;
        if let Err(CredentialsError::CredentialsNotLoaded(_)) = provided {
            config = config.credentials_provider(Credentials::new(
                KEY,
                KEY,
                None,
                None,
                "appflow-local",
            ));
        }
        Ok(Self {
            client: Client::from_conf(config.build()),
            timeout,
            staging,
        })
    }
}

/// Returns the variables of the process. The metadata service of EC2 instances is not used unless it is enabled explicitly:
/// elsewhere, waiting for it would delay the start.
fn environment() -> Environment {
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let mut variables: Vec<(String, String)> = variables.collect();
    if !variables.iter().any(|(name, _)| name == METADATA_DISABLED) {
        variables.push((METADATA_DISABLED.to_owned(), "true".to_owned()));
    }
    Environment::from_pairs(variables)
}
