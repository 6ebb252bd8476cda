//! Writes the response to a call: the output, with its events if it has an event stream.

use crate::client::operation::Operation;
use crate::protocol::WriteError;
#[cfg(feature = "event-stream")]
use crate::protocol::event_stream::with_events;
use crate::protocol::server::ServerProtocol;
use bytes::Bytes;
use http::Response;

/// Writes a successful response. Of an event stream, it contains the events in memory.
///
/// # Errors
///
/// Returns an error if the output or one of its events cannot be written.
pub(super) fn write<O: Operation>(
    protocol: &dyn ServerProtocol,
    output: &O::Output,
) -> Result<Response<Bytes>, WriteError> {
    let response = protocol.write_response(O::service(), O::schema(), output)?;
    #[cfg(feature = "event-stream")]
    if let Some(events) = O::events(output) {
        let mut empty = events.empty_event();
        return with_events(protocol, response, &events.queued(), empty.as_mut());
    }
    Ok(response)
}
