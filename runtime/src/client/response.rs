//! Reads the responses of a service: outputs, and the meaning of errors.

use crate::client::Prepared;
use crate::client::error::{Answer, Cause, Error, request_id};
#[cfg(feature = "event-stream")]
use crate::client::event_stream::Source;
use crate::http::ChecksumAlgorithm;
use crate::http::byte_stream::ByteStream;
#[cfg(feature = "event-stream")]
use crate::http::time::within;
#[cfg(feature = "event-stream")]
use crate::http::timeout::Timeout;
#[cfg(feature = "event-stream")]
use crate::value::schema::MemberSchema;
use crate::value::schema::{ErrorMeaning, Location};
use crate::value::shape::{Slot, Structure};
use bytes::Bytes;
use http::response::Parts;

/// A successful response.
pub(crate) struct Answered {
    pub(super) head: Parts,
    pub(super) body: Bytes,
    pub(super) stream: Option<ByteStream>,
    pub(super) validated: Vec<ChecksumAlgorithm>,
    pub(super) attempts: u32,
    pub(super) max_attempts: u32,
}

impl Answered {
    /// Reads the output.
    pub(crate) fn read(
        &self,
        prepared: &Prepared,
        output: &mut dyn Structure,
    ) -> Result<(), Error> {
        prepared
            .shared
            .service
            .protocol
            .read_response(prepared.operation, &self.head, &self.body, output)
            .map(|()| self.hand_over(output))
            .map_err(|error| {
                let answer = answer(prepared, self.head.clone(), self.body.clone());
                Error::new(prepared.operation.name, Cause::Response(error))
                    .with_answer(answer)
                    .with_attempts(self.attempts, self.max_attempts)
            })
    }

    /// Moves a body that is left to the caller into the output.
    fn hand_over(&self, output: &mut dyn Structure) {
        let Some(stream) = &self.stream else { return };
        let mut members = output.schema().members.iter();
        let payload = members.position(|member| member.location == Location::Payload);
        if let Some(Slot::Stream(place)) = payload.map(|index| output.member_slot(index).fill()) {
            *place = stream.clone();
        }
    }

    /// Opens the event stream of the output, after its other members were read from the first message. The timeout of an
    /// attempt applies to that message, and none applies to the events.
    #[cfg(feature = "event-stream")]
    pub(crate) async fn open_events(
        &self,
        prepared: &Prepared,
        output: &mut dyn Structure,
    ) -> Result<Option<Source>, Error> {
        let Some(schema) = prepared.operation.events else {
            return Ok(None);
        };
        let body = self.stream.as_ref().and_then(ByteStream::body);
        let mut source = Source::new(
            prepared.operation,
            schema,
            prepared.shared.service.protocol,
            (self.head.clone(), body),
            (self.attempts, self.max_attempts),
        );
        let mut members = output.schema().members.iter();
        let in_message = |member: &MemberSchema| {
            member.location == Location::Body && member.name != schema.member
        };
        if members.any(in_message) {
            let settings = &prepared.shared.config.settings;
            let limit = settings.timeouts.attempt;
            let read = Box::pin(source.read_initial(output));
            let read = within(&settings.clock, limit, read).await;
            read.unwrap_or_else(|limit| {
                let cause = Cause::Timeout(Timeout::Attempt(limit));
                let error = Error::new(prepared.operation.name, cause);
                Err(error.with_attempts(self.attempts, self.max_attempts))
            })?;
        }
        Ok(Some(source))
    }

    /// Returns the request ID of the service.
    pub(crate) fn request_id(&self) -> Option<String> {
        request_id(&self.head.headers).map(str::to_owned)
    }

    /// Returns the checksum algorithms that validated the body.
    pub(crate) fn into_validated(self) -> Vec<ChecksumAlgorithm> {
        self.validated
    }
}

/// Returns whether a response is successful.
pub(super) fn is_success(prepared: &Prepared, head: &Parts) -> bool {
    head.status.as_u16() == prepared.operation.code || head.status.is_success()
}

/// Reads an error response, with the contents of its error document.
pub(super) fn answer(prepared: &Prepared, head: Parts, body: Bytes) -> Answer {
    let protocol = prepared.shared.service.protocol;
    let success = is_success(prepared, &head);
    let document = if success {
        Default::default()
    } else {
        protocol.read_error(&head, &body)
    };
    let code = document.code.as_deref();
    let modeled = code.and_then(|code| prepared.operation.error(code));
    let meaning = modeled.and_then(|error| error.meaning);
    Answer {
        meaning: meaning
            .or_else(|| code.and_then(ErrorMeaning::of_code))
            .or_else(|| ErrorMeaning::of_status(head.status.as_u16())),
        head,
        body,
        document,
        protocol,
        #[cfg(feature = "event-stream")]
        event: None,
    }
}
