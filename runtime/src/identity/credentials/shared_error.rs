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

    /// An error with a cause.
    #[derive(Debug)]
    struct Outer(fmt::Error);

    impl fmt::Display for Outer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("outer")
        }
    }

    impl Error for Outer {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.0)
        }
    }

    #[test]
    fn a_repeated_error_is_of_the_same_kind_with_the_same_cause() {
        for error in [
            CredentialsError::not_loaded("cause"),
            CredentialsError::not_loaded_no_source(),
            CredentialsError::provider_timed_out(Duration::from_secs(7)),
            CredentialsError::invalid_configuration("cause"),
            CredentialsError::provider_error("cause"),
            CredentialsError::provider_error(Outer(fmt::Error)),
            CredentialsError::unhandled("cause"),
        ] {
            let error = Arc::new(error);
            let repeated = again(&error);
            assert_eq!(repeated.to_string(), error.to_string());
            let kind = std::mem::discriminant::<CredentialsError>;
            assert_eq!(kind(&repeated), kind(&error), "{error:?}");
            assert_eq!(causes(&repeated), causes(&error), "{error:?}");
        }
    }

    /// Returns the texts of all causes of an error.
    fn causes(error: &CredentialsError) -> Vec<String> {
        let causes = std::iter::successors(error.source(), |&cause| cause.source());
        causes.map(ToString::to_string).collect()
    }
}
