//! [`ServiceSettings`]: shared settings in; what of them is meant for one service alone out, once that service is known.

use crate::client::config::from_env::bearer_name;
use crate::client::config::{SdkConfig, Settings, SharedTokenProvider, Token, TokenSource};
use crate::http::url::UrlText;
use crate::protocol::ServiceSchema;
use aws_types::service_config::ServiceConfigKey;
use std::sync::Arc;

/// What shared settings may say of a service, and code has not said: it is looked up when a client is made of them.
#[derive(Clone)]
pub(crate) struct ServiceSettings {
    shared: Arc<SdkConfig>,
    /// Whether the endpoint is still to be looked up.
    endpoint_url: bool,
    /// Whether the bearer token is.
    token: bool,
}

impl ServiceSettings {
    /// What is left to look up; an endpoint or a token that was set in code goes before it. `None` where shared settings
    /// know of no services.
    pub(super) fn of(shared: &SdkConfig) -> Option<Self> {
        shared.service_config()?;
        let in_code = |setting| shared.get_origin(setting).is_client_config();
        Some(Self {
            endpoint_url: !in_code("endpoint_url"),
            token: !in_code("token_provider"),
            shared: Arc::new(shared.clone()),
        })
    }

    /// Leaves the endpoint to what was set in code.
    pub(super) fn set_endpoint_in_code(&mut self) {
        self.endpoint_url = false;
    }

    /// Leaves the bearer token to what was set in code.
    pub(super) fn set_token_in_code(&mut self) {
        self.token = false;
    }

    /// Looks up what the service has of its own.
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

    /// A setting by the variable and the key that hold it for all services. Empty counts as not set, as elsewhere.
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

/// Whether shared settings name tokens before signatures, or after them; `None` where they do not say.
pub(super) fn prefers_bearer(shared: &SdkConfig) -> Option<bool> {
    let preference = shared.auth_scheme_preference()?.clone();
    let mut schemes = preference.into_iter();
    schemes.find_map(|scheme| match scheme.inner() {
        "httpBearerAuth" => Some(true),
        "sigv4" => Some(false),
        _ => None,
    })
}
