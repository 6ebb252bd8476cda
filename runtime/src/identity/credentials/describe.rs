//! Formats a [`CredentialsError`] with its causes.

use crate::identity::credentials::CredentialsError;
use std::error::Error;

/// Returns the text of the whole error, with its causes.
///
/// A [`CredentialsError`] displays only its kind, as in "the credential provider was not enabled"; the details are in
/// its causes. The kind is omitted if there are any.
pub fn describe(error: &CredentialsError) -> String {
    let Some(first) = error.source() else {
        return error.to_string();
    };
    let mut text = first.to_string();
    let mut cause = first.source();
    while let Some(error) = cause {
        let more = error.to_string();
        // Many errors display their cause themselves.
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[derive(Debug, thiserror::Error)]
    #[error("outer")]
    struct Outer(#[source] std::num::ParseIntError);

    #[test]
    fn causes_are_reported_once_and_the_kind_only_when_there_is_none() {
        let number = "x".parse::<u8>().unwrap_err();
        for (error, expected) in [
            (
                CredentialsError::not_loaded(Outer(number)),
                "outer: invalid digit found in string",
            ),
            (CredentialsError::provider_error("plain"), "plain"),
            (
                CredentialsError::provider_timed_out(Duration::from_secs(3)),
                "credentials provider timed out after 3 seconds",
            ),
        ] {
            assert_eq!(describe(&error), expected);
        }
    }
}
