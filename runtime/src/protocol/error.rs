//! [`WriteError`] and [`ReadError`]: the error types of protocols.

/// The error type of an input that cannot be written as a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A member that is part of the path or host is missing or empty.
    #[error("{member}: must not be empty, since it is part of the {place}")]
    EmptyLabel {
        /// The name of the member in the model.
        member: &'static str,
        /// The place of the member: `path` or `host`.
        place: &'static str,
    },
    /// A member cannot be written to the place that it is bound to.
    #[error("{member}: {reason}")]
    Unwritable {
        /// The name of the member in the model.
        member: &'static str,
        /// The reason.
        reason: String,
    },
    /// The document body cannot be written.
    #[error("failed to write the document body: {0}")]
    Document(String),
}

/// The error type of a response that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The body does not match the model.
    #[error("{}{reason}", at(path))]
    Document {
        /// The path in the output, such as `flows[2].createdAt`, which is empty for the whole output.
        path: String,
        /// The reason.
        reason: String,
    },
    /// A header does not match the model.
    #[error("header {header}: {reason}")]
    Header {
        /// The name of the header.
        header: &'static str,
        /// The reason.
        reason: String,
    },
}

fn at(path: &str) -> String {
    if path.is_empty() {
        String::new()
    } else {
        format!("{path}: ")
    }
}
