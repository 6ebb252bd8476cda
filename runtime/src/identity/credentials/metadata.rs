//! A request to a metadata service in, its whole answer out, within a time limit and a few attempts.

use crate::http::{self, SharedTransport, TransportSettings, lazy_transport};
use crate::identity::credentials::ProviderConfig;
use crate::identity::credentials::exchange::{Answer, Exchange, NoAnswer};
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri};
use std::time::Duration;

/// How long to wait before another attempt.
const PAUSE: Duration = Duration::from_millis(200);
/// These services are one hop away.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// Speaks to a metadata service.
#[derive(Debug, Clone)]
pub(super) struct Metadata(Exchange);

impl Metadata {
    /// A service that is given this long for an answer, so many times.
    pub(super) fn new(config: &ProviderConfig, attempt_timeout: Duration, attempts: u32) -> Self {
        Self(Exchange {
            transport: config.metadata_transport.clone(),
            clock: config.clock.clone(),
            attempt_timeout,
            attempts,
            pause: PAUSE,
        })
    }

    /// The answer, whatever its status; after a server error, throttling or none at all, the request is sent again.
    pub(super) async fn send(
        &self,
        method: Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<Answer, NoAnswer> {
        let (mut head, ()) = http::Request::new(()).into_parts();
        head.method = method;
        head.uri = uri.clone();
        head.headers = headers.clone();
        let asks_again = |answer: &Answer| {
            answer.status.is_server_error() || answer.status == StatusCode::TOO_MANY_REQUESTS
        };
        self.0.send(&head, &Bytes::new(), &asks_again).await
    }

    /// Its clock.
    pub(super) fn exchange(&self) -> &Exchange {
        &self.0
    }
}

/// The transport for metadata services: no proxy, since they answer only to the machine they serve, and a connect
/// timeout of one second. It is built when the first request is sent.
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
