//! Determines the kind of failure of an error response, for retries and for the caller.

use crate::aws::retry::{ErrorAnswer, FailureKind, ModeledRetryable, is_throttling_code};
use crate::client::error::Answer;
use crate::value::schema::OperationSchema;

/// Returns the kind of failure of an error response.
pub(super) fn failure_kind(
    operation: &OperationSchema,
    answer: &Answer,
    signed_with_wrong_time: bool,
) -> FailureKind {
    let code = answer.document.code.as_deref();
    let modeled = code.and_then(|code| operation.error(code));
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
