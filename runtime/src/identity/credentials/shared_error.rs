//! Copies a [`CredentialsError`] for each caller that waits for it.

use crate::identity::credentials::CredentialsError;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Returns an error of the same kind with the same message.
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

/// The cause of a shared error.
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_repeated_error_is_of_the_same_kind_with_the_same_cause() {
        for error in [
            CredentialsError::not_loaded("cause"),
            CredentialsError::not_loaded_no_source(),
            CredentialsError::provider_timed_out(Duration::from_secs(7)),
            CredentialsError::invalid_configuration("cause"),
            CredentialsError::provider_error("cause"),
            CredentialsError::unhandled("cause"),
        ] {
            let error = Arc::new(error);
            let repeated = again(&error);
            assert_eq!(repeated.to_string(), error.to_string());
            let kind = std::mem::discriminant::<CredentialsError>;
            assert_eq!(kind(&repeated), kind(&error), "{error:?}");
            let cause = |error: &CredentialsError| error.source().map(ToString::to_string);
            assert_eq!(cause(&repeated), cause(&error), "{error:?}");
        }
    }
}
