//! [`WriteError`] and [`ReadError`]: what cannot be written or read by a protocol.

/// An input that cannot be written as a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A member that is part of the path or host is missing or empty.
    #[error("{member}: it is part of the {place}, so it must not be empty")]
    EmptyLabel {
        /// The member's name in the model.
        member: &'static str,
        /// `path` or `host`.
        place: &'static str,
    },
    /// A member cannot be written where it is bound.
    #[error("{member}: {reason}")]
    Unwritable {
        /// The member's name in the model.
        member: &'static str,
        /// Why not.
        reason: String,
    },
    /// The document body cannot be written.
    #[error("the document body cannot be written: {0}")]
    Document(String),
}

/// An answer that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The body is not what the model says.
    #[error("{}{reason}", at(path))]
    Document {
        /// Where in the output, such as `flows[2].createdAt`; empty for the whole.
        path: String,
        /// What is wrong there.
        reason: String,
    },
    /// A header is not what the model says.
    #[error("header {header}: {reason}")]
    Header {
        /// The header's name.
        header: &'static str,
        /// What is wrong with it.
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
