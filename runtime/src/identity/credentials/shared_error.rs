//! One [`CredentialsError`] in, as many alike out as callers wait for it.

use crate::identity::credentials::CredentialsError;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// An error of the same kind that tells the same.
pub(super) fn again(error: &Arc<CredentialsError>) -> CredentialsError {
    let cause = Cause(Arc::clone(error));
    match error.as_ref() {
        CredentialsError::CredentialsNotLoaded(_) => match error.source() {
            Some(_) => CredentialsError::not_loaded(cause),
            None => CredentialsError::not_loaded_no_source(),
        },
        CredentialsError::ProviderTimedOut(details) => {
            CredentialsError::provider_timed_out(details.timeout_duration())
        }
        CredentialsError::InvalidConfiguration(_) => CredentialsError::invalid_configuration(cause),
        CredentialsError::ProviderError(_) => CredentialsError::provider_error(cause),
        _ => CredentialsError::unhandled(cause),
    }
}

/// Stands for the cause of a shared error.
#[derive(Debug)]
struct Cause(Arc<CredentialsError>);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.source() {
            Some(cause) => fmt::Display::fmt(cause, f),
            None => fmt::Display::fmt(&self.0, f),
        }
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()?.source()
    }
}
