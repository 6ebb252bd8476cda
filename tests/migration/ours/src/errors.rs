//! Predicates on errors for the programs. With appflow-sdk: one flat error type with methods.

use appflow_sdk::Error;
use appflow_sdk::error::ErrorKind;

pub fn no_such_flow(error: &Error) -> bool {
    error.is_not_found()
}

pub fn cannot_be_stopped(error: &Error) -> Option<&str> {
    match error.kind() {
        ErrorKind::UnsupportedOperationException(unsupported) => unsupported.message(),
        _ => None,
    }
}

pub fn nothing_to_delete(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::ResourceNotFoundException(_))
}

pub fn asks_for_patience(error: &Error) -> bool {
    error.is_timeout() || error.is_throttling()
}

pub fn request_id(error: &Error) -> Option<&str> {
    error.request_id()
}
