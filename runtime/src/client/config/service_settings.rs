//! The part of shared settings that applies to one service, which is looked up once the service is known.

use crate::client::config::from_env::bearer_name;
use crate::client::config::{SdkConfig, Settings, SharedTokenProvider, Token, TokenSource};
use crate::http::url::UrlText;
use crate::protocol::ServiceSchema;
use aws_types::service_config::ServiceConfigKey;
use std::sync::Arc;

/// The settings that code did not set, and that shared settings may have for a service. They are looked up when a
/// client is created.
#[derive(Clone)]
pub(crate) struct ServiceSettings {
    shared: Arc<SdkConfig>,
    /// `true` if the endpoint is still to be looked up.
    endpoint_url: bool,
    /// `true` if the bearer token is still to be looked up.
    token: bool,
}

impl ServiceSettings {
    /// Returns the settings to look up. An endpoint or a token set in code takes precedence. Returns `None` if the
    /// shared settings have none for services.
    pub(super) fn of(shared: &SdkConfig) -> Option<Self> {
        shared.service_config()?;
        let in_code = |setting| shared.get_origin(setting).is_client_config();
        Some(Self {
            endpoint_url: !in_code("endpoint_url"),
            token: !in_code("token_provider"),
            shared: Arc::new(shared.clone()),
        })
    }

    /// Keeps the endpoint that was set in code.
    pub(super) fn set_endpoint_in_code(&mut self) {
        self.endpoint_url = false;
    }

    /// Keeps the bearer token that was set in code.
    pub(super) fn set_token_in_code(&mut self) {
        self.token = false;
    }

    /// Looks up and applies the settings of the service.
    pub(super) fn apply(&self, service: &ServiceSchema, settings: &mut Settings) {
        if self.endpoint_url
            && let Some(url) = self.load(service.sdk_id, "AWS_ENDPOINT_URL", "endpoint_url")
        {
            settings.endpoint_url = Some(UrlText::new(url));
        }
        let name = bearer_name(service);
        if self.token
            && let Some(token) = self.load(&name, "AWS_BEARER_TOKEN", "bearer_token")
        {
            let token = Token::new(token, None);
            let provider = SharedTokenProvider::new(token);
            settings.bearer_tokens = Some(TokenSource::Provider(provider));
            settings.prefers_bearer = prefers_bearer(&self.shared).unwrap_or(true);
        }
    }

    /// Returns a setting of the service, by the variable and the key of the setting for all services. An empty value
    /// counts as not set, as elsewhere.
    fn load(&self, service: &str, variable: &str, key: &str) -> Option<String> {
        let key = ServiceConfigKey::builder()
            .service_id(service)
            .env(variable)
            .profile(key)
            .build()
            .ok()?;
        let found = self.shared.service_config()?.load_config(key);
        found.filter(|value| !value.is_empty())
    }
}

/// Returns whether shared settings prefer tokens to signatures; `None` if they do not define it.
pub(super) fn prefers_bearer(shared: &SdkConfig) -> Option<bool> {
    let preference = shared.auth_scheme_preference()?.clone();
    let mut schemes = preference.into_iter();
    schemes.find_map(|scheme| match scheme.inner() {
        "httpBearerAuth" => Some(true),
        "sigv4" => Some(false),
        _ => None,
    })
}
