//! [`InvalidInput`]: the problems of an input, in the order of the model.

use crate::http::debug_error::debug_error;
use crate::protocol::WriteError;
use std::fmt;

/// The error type of an input that violates its model, and was not sent.
#[derive(Clone, PartialEq, Eq)]
pub struct InvalidInput {
    problems: Vec<Problem>,
}

/// A violation of the model by an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    path: String,
    reason: String,
}

impl InvalidInput {
    pub(crate) fn new(problems: Vec<Problem>) -> Self {
        Self { problems }
    }

    /// Returns all problems, in the order of the model.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl Problem {
    pub(crate) fn new(path: String, reason: impl Into<String>) -> Self {
        Self {
            path,
            reason: reason.into(),
        }
    }

    /// Returns the path, with the names of the model, such as `tasks[2].taskType`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the reason, such as `300 characters, at most 256`.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl From<&WriteError> for InvalidInput {
    /// Converts the error of an input that cannot be written as a request, which has one problem.
    fn from(error: &WriteError) -> Self {
        let (path, reason) = match error {
            WriteError::EmptyLabel { member, place } => (
                *member,
                format!("must not be empty, since it is part of the {place}"),
            ),
            WriteError::Unwritable { member, reason } => (*member, reason.clone()),
            WriteError::Document(reason) => ("document", reason.to_string()),
        };
        Self::new(vec![Problem::new(path.to_owned(), reason)])
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

impl fmt::Display for InvalidInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, problem) in self.problems.iter().enumerate() {
            let separator = if position == 0 { "" } else { "; " };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

debug_error!(InvalidInput { problems });

impl std::error::Error for InvalidInput {}
