//! The sources of credentials and bearer tokens: a provider that was set, or the environment. The provider of the
//! environment is created when the transport of the client is known, since it sends requests of its own.

use crate::client::config::{
    ProvideCredentials, Settings, SharedCredentialsProvider, SharedTokenProvider,
};
use crate::http::SharedTransport;
use crate::identity::credentials::{DefaultChain, ProviderConfig, SsoTokenProvider};
use std::sync::Arc;

/// The source of credentials. It is behind a pointer, by which settings compare their sources.
#[derive(Clone)]
pub(crate) enum CredentialsSource {
    Provider(Arc<SharedCredentialsProvider>),
    DefaultChain(Arc<ProviderConfig>),
}

/// The source of bearer tokens.
#[derive(Clone)]
pub(crate) enum TokenSource {
    Provider(SharedTokenProvider),
    /// The session of IAM Identity Center that the profile names.
    Sso(Arc<ProviderConfig>),
}

impl CredentialsSource {
    pub(crate) fn provider(provider: impl ProvideCredentials + 'static) -> Self {
        Self::Provider(Arc::new(SharedCredentialsProvider::new(provider)))
    }

    pub(crate) fn default_chain(config: ProviderConfig) -> Self {
        Self::DefaultChain(Arc::new(config))
    }

    /// Returns whether both are the same source.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Provider(ours), Self::Provider(theirs)) => Arc::ptr_eq(ours, theirs),
            (Self::DefaultChain(ours), Self::DefaultChain(theirs)) => Arc::ptr_eq(ours, theirs),
            _ => false,
        }
    }

    /// Returns the provider, for a client with these settings and this transport.
    pub(crate) fn provider_for(
        &self,
        settings: &Settings,
        transport: SharedTransport,
    ) -> SharedCredentialsProvider {
        match self {
            Self::Provider(provider) => provider.as_ref().clone(),
            Self::DefaultChain(config) => {
                let config = of_client(config, settings, transport);
                SharedCredentialsProvider::new(DefaultChain::new(config))
            }
        }
    }
}

impl TokenSource {
    pub(crate) fn sso(config: ProviderConfig) -> Self {
        Self::Sso(Arc::new(config))
    }

    /// Returns the provider, for a client with these settings and this transport.
    pub(crate) fn provider_for(
        &self,
        settings: &Settings,
        transport: SharedTransport,
    ) -> SharedTokenProvider {
        match self {
            Self::Provider(provider) => provider.clone(),
            Self::Sso(config) => {
                let config = of_client(config, settings, transport);
                SharedTokenProvider::new(SsoTokenProvider::new(config))
            }
        }
    }
}

/// Returns the configuration with the settings of the client, which take precedence over the environment.
fn of_client(
    config: &ProviderConfig,
    settings: &Settings,
    transport: SharedTransport,
) -> ProviderConfig {
    let config = config.clone().service_transport(transport);
    let config = config.clock(settings.clock.clone());
    match &settings.region {
        Some(region) => config.region(region.as_ref()),
        None => config,
    }
}
