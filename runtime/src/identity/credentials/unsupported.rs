//! What this crate does not do itself, in words that say who does.

use std::fmt;

/// A source that is configured and that this crate does not speak to, with the way around.
#[derive(Debug)]
pub(super) struct Unsupported {
    /// The feature and where it is asked for.
    pub(super) feature: String,
    /// The profile that asks for it; `None` when variables do.
    pub(super) profile: Option<String>,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, which this client does not do itself; ",
            self.feature
        )?;
        match &self.profile {
            Some(name) => {
                let quoted = match name.contains(char::is_whitespace) {
                    true => format!("\"{name}\""),
                    false => name.clone(),
                };
                write!(
                    f,
                    "let the AWS CLI do it, in another profile that you select instead: \
                     `credential_process = aws configure export-credentials --profile {quoted} --format process`, "
                )?;
            }
            None => f.write_str(
                "let the AWS CLI do it, in a profile that you select where these variables are not set: \
                 `credential_process = aws configure export-credentials --profile NAME --format process`, ",
            )?,
        }
        f.write_str("or give the client a credentials provider of the crate `aws-config`")
    }
}

impl std::error::Error for Unsupported {}
