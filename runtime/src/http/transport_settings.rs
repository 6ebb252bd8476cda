//! [`TransportSettings`]: the settings that the transports of this crate share.

use crate::http::proxy::{Proxies, ProxyError};
use crate::http::url::UrlText;
use crate::http::{CaBundle, TimeoutSettings};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The idle timeout, which is shorter than the timeouts after which common servers and NAT gateways drop connections
/// silently.
#[cfg(any(feature = "reqwest", feature = "hyper"))]
pub(crate) const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(20);

/// A function that returns the value of an environment variable.
pub(crate) type Variables = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// The settings of a transport.
#[derive(Clone)]
pub(crate) struct TransportSettings {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) ca_bundle: Option<CaBundle>,
    pub(crate) proxy: Option<UrlText>,
    pub(crate) no_proxy: bool,
    /// The source of the variables that set proxies; the environment of the process by default.
    pub(crate) variables: Option<Variables>,
}

impl Default for TransportSettings {
    fn default() -> Self {
        Self {
            connect_timeout: Some(TimeoutSettings::DEFAULT_CONNECT),
            ca_bundle: None,
            proxy: None,
            no_proxy: false,
            variables: None,
        }
    }
}

impl TransportSettings {
    /// Sets the source of the variables that set proxies, instead of the environment of the process.
    pub(crate) fn variables(
        mut self,
        variables: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.variables = Some(Arc::new(variables));
        self
    }

    /// Returns the proxies: the one that was set, or those of the variables.
    #[cfg_attr(
        not(any(feature = "reqwest", feature = "hyper")),
        expect(dead_code, reason = "only the transports ask")
    )]
    pub(crate) fn proxies(&self) -> Result<Proxies, ProxyError> {
        match (&self.proxy, &self.variables) {
            _ if self.no_proxy => Ok(Proxies::default()),
            (Some(url), _) => Proxies::all(url),
            (None, Some(variables)) => Proxies::from_variables(|name| variables(name)),
            (None, None) => Proxies::from_variables(of_process),
        }
    }
}

/// Returns a variable of the process, or `None` if it is empty or blank.
fn of_process(name: &str) -> Option<String> {
    let value = std::env::var_os(name)?.to_string_lossy().into_owned();
    (!value.trim().is_empty()).then_some(value)
}

impl fmt::Debug for TransportSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportSettings")
            .field("connect_timeout", &self.connect_timeout)
            .field("ca_bundle", &self.ca_bundle)
            .field("proxy", &self.proxy)
            .field("no_proxy", &self.no_proxy)
            .finish_non_exhaustive()
    }
}

/// Defines the setters of a transport builder, which has a field `settings`.
#[cfg(any(feature = "reqwest", feature = "hyper"))]
macro_rules! transport_setters {
    ($builder:ident) => {
        impl $builder {
            /// Sets the connect timeout, which includes TLS. The default is 3.1 seconds; `None` disables it.
            pub fn connect_timeout(
                mut self,
                timeout: impl Into<Option<::std::time::Duration>>,
            ) -> Self {
                self.settings.connect_timeout = timeout.into();
                self
            }

            /// Trusts the certificates in this PEM file, and no others.
            pub fn ca_bundle(mut self, path: impl AsRef<::std::path::Path>) -> Self {
                self.settings.ca_bundle = Some($crate::http::CaBundle::new(path.as_ref()));
                self
            }

            /// Sends all requests through this proxy, and ignores the environment.
            pub fn proxy(mut self, url: impl Into<String>) -> Self {
                self.settings.proxy = Some($crate::http::url::UrlText::new(url));
                self
            }

            /// Disables proxies, and ignores the environment: a metadata service answers only to the machine that it
            /// serves.
            pub fn no_proxy(mut self) -> Self {
                self.settings.no_proxy = true;
                self
            }
        }

        impl ::std::fmt::Debug for $builder {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_tuple(stringify!($builder))
                    .field(&self.settings)
                    .finish()
            }
        }
    };
}
#[cfg(any(feature = "reqwest", feature = "hyper"))]
pub(crate) use transport_setters;
