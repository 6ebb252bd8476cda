//! The test kit: queued responses for clients, and the requests that they sent, without a network, an account or a
//! macro.
//!
//! ```
//! # use smithy_reqwest::testing::TestTransport;
//! let transport = TestTransport::new();
//! // transport.answer::<ListFlows>(ListFlowsOutput::builder().build());
//! let config = transport.config().build();
//! // let client = Client::from_conf(config); …
//! transport.assert_exhausted();
//! assert!(transport.requests().is_empty());
//! # let _ = config;
//! ```
//!
//! [`TestTransport`] responds from queues, one per operation. [`RecordingTransport`] writes the traffic of another
//! transport to a file, without secrets, and [`ReplayTransport`] responds from such a file.
//!
//! A call without a queued response fails with [`Cause::Test`](crate::client::error::Cause::Test), which lists the
//! queued ones. Under `#[tokio::test(start_paused = true)]`, delays and backoff take no time.

mod aws_chunked;
mod exchange;
pub mod protocol_test;
mod read_input;
mod recorder;
mod redact;
mod replay;
mod request;
mod response;
mod transport;

pub use recorder::RecordingTransport;
pub use replay::ReplayTransport;
pub use request::RecordedRequest;
pub use transport::TestTransport;

use crate::http::{TransportError, TransportErrorKind};

/// Returns the failure of a call that a test did not expect.
fn unexpected(text: impl Into<String>) -> TransportError {
    TransportError::new(TransportErrorKind::Unexpected, text.into())
}
