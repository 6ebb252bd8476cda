//! Sends requests to metadata services, with a timeout and a limited number of attempts.

use crate::http::{self, SharedTransport, TransportSettings, lazy_transport};
use crate::identity::credentials::ProviderConfig;
use crate::identity::credentials::exchange::{Answer, Exchange, NoResponse};
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri};
use std::time::Duration;

/// The delay before another attempt.
const PAUSE: Duration = Duration::from_millis(200);
/// The connect timeout. These services are one hop away.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// A client of a metadata service.
#[derive(Debug, Clone)]
pub(super) struct Metadata(Exchange);

impl Metadata {
    /// Creates a client with this timeout and number of attempts.
    pub(super) fn new(config: &ProviderConfig, attempt_timeout: Duration, attempts: u32) -> Self {
        Self(Exchange {
            transport: config.metadata_transport.clone(),
            clock: config.clock.clone(),
            attempt_timeout,
            attempts,
            pause: PAUSE,
        })
    }

    /// Sends a request, and repeats it after a server error, throttling or no response. Returns the response,
    /// regardless of its status.
    pub(super) async fn send(
        &self,
        method: Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<Answer, NoResponse> {
        let (mut head, ()) = http::Request::new(()).into_parts();
        head.method = method;
        head.uri = uri.clone();
        head.headers = headers.clone();
        let is_retryable = |answer: &Answer| {
            answer.status.is_server_error() || answer.status == StatusCode::TOO_MANY_REQUESTS
        };
        self.0.send(&head, &Bytes::new(), &is_retryable).await
    }

    /// Returns the settings of its requests.
    pub(super) fn exchange(&self) -> &Exchange {
        &self.0
    }
}

/// Creates the transport for metadata services. It has no proxy, since they respond only to the machine they serve, and
/// a connect timeout of one second. It is built for the first request.
pub fn metadata_transport() -> SharedTransport {
    lazy_transport(|| {
        let settings = TransportSettings {
            no_proxy: true,
            connect_timeout: Some(CONNECT_TIMEOUT),
            ..TransportSettings::default()
        };
        http::transport(None, settings)
    })
}
