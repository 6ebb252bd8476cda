//! Reads the responses of a service: outputs, and the meaning of errors.

use crate::aws::retry::{ErrorAnswer, FailureKind, ModeledRetryable, is_throttling_code};
use crate::client::Prepared;
use crate::client::error::{Answer, Cause, Error, request_id};
use crate::http::ChecksumAlgorithm;
use crate::http::byte_stream::ByteStream;
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
        meaning: meaning.or_else(|| ErrorMeaning::of_status(head.status.as_u16())),
        head,
        body,
        document,
        protocol,
    }
}

/// Returns the kind of failure of an error response.
pub(super) fn failure_kind(
    prepared: &Prepared,
    answer: &Answer,
    signed_with_wrong_time: bool,
) -> FailureKind {
    let code = answer.document.code.as_deref();
    let modeled = code.and_then(|code| prepared.operation.error(code));
    let retryable = modeled.and_then(|error| error.retryable);
    let kind = ErrorAnswer {
        status: answer.head.status,
        code,
        modeled: retryable.map(|throttling| ModeledRetryable { throttling }),
        signed_with_wrong_time,
    }
    .kind();
    // Status 429 applies only to errors that the model does not classify.
    let by_status = retryable.is_none() && !code.is_some_and(is_throttling_code);
    match kind {
        FailureKind::Throttling if by_status && modeled.is_some() => FailureKind::Client,
        kind => kind,
    }
}
