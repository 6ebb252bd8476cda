//! [`HttpClient`]: the HTTP clients of this build, and the transports that they create.

#[cfg(feature = "hyper")]
use crate::http::HyperTransport;
#[cfg(feature = "reqwest")]
use crate::http::ReqwestTransport;
use crate::http::transport_settings::TransportSettings;
use crate::http::{SharedTransport, TransportError};
#[cfg(any(feature = "reqwest", feature = "hyper"))]
use std::sync::Arc;

/// An HTTP client of this build: each of the features `reqwest` and `hyper` enables one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum HttpClient {
    /// [`ReqwestTransport`]. It is the default if the feature `reqwest` is enabled.
    #[cfg(feature = "reqwest")]
    Reqwest,
    /// [`HyperTransport`]. It is the default if `reqwest` is not enabled.
    #[cfg(feature = "hyper")]
    Hyper,
}

impl HttpClient {
    /// Returns the default HTTP client, or `None` if the build has no client.
    pub(crate) const fn of_build() -> Option<Self> {
        #[cfg(feature = "reqwest")]
        let client = Some(Self::Reqwest);
        #[cfg(all(feature = "hyper", not(feature = "reqwest")))]
        let client = Some(Self::Hyper);
        #[cfg(not(any(feature = "reqwest", feature = "hyper")))]
        let client = None;
        client
    }
}

/// Creates a transport with this HTTP client, or with the default one.
///
/// # Errors
///
/// Returns an error if the settings are invalid, or if the build has no HTTP client.
#[cfg_attr(
    not(any(feature = "reqwest", feature = "hyper")),
    expect(unused_variables, reason = "there is nothing to be set")
)]
pub(crate) fn transport(
    client: Option<HttpClient>,
    settings: TransportSettings,
) -> Result<SharedTransport, TransportError> {
    match client.or(HttpClient::of_build()) {
        #[cfg(feature = "reqwest")]
        Some(HttpClient::Reqwest) => Ok(Arc::new(ReqwestTransport::from_settings(settings)?)),
        #[cfg(feature = "hyper")]
        Some(HttpClient::Hyper) => Ok(Arc::new(HyperTransport::from_settings(settings)?)),
        _ => Err(TransportError::new(
            crate::http::TransportErrorKind::Request,
            "this build has no HTTP client: enable the feature `reqwest` or `hyper`, or set a transport",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_http_client_the_error_names_the_features() {
        let built = transport(None, TransportSettings::default());
        let error = built.map(drop).map_err(|error| error.to_string());
        match HttpClient::of_build() {
            Some(_) => assert_eq!(error, Ok(())),
            None => assert_eq!(
                error.unwrap_err(),
                "the request cannot be sent: this build has no HTTP client: \
                 enable the feature `reqwest` or `hyper`, or set a transport"
            ),
        }
    }
}
