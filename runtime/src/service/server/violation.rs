//! [`Violations`]: every way in which a request breaks the model, told as AWS's services tell it.

use crate::service::server::ServiceError;
use crate::value::codec::{Path, Step};
use std::fmt::{self, Write};

/// What stands in a path for a key that must not be told.
pub(super) const SECRET_KEY: &str = "[…]";

/// One broken constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Where, such as `tasks.1.member.taskType`.
    pub path: String,
    /// The value, unless it is a secret or has no short form.
    pub value: Option<String>,
    /// What does not hold, such as `Member must not be null`.
    pub constraint: String,
}

/// All broken constraints of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations(pub Vec<Violation>);

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path, constraint, ..
        } = self;
        match self.value.as_deref() {
            Some("null") => write!(f, "Value null at '{path}'")?,
            Some(value) => write!(f, "Value '{value}' at '{path}'")?,
            None => write!(f, "Value at '{path}'")?,
        }
        write!(f, " failed to satisfy constraint: {constraint}")
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.0.len() == 1 { "" } else { "s" };
        write!(f, "{} validation error{plural} detected: ", self.0.len())?;
        for (position, violation) in self.0.iter().enumerate() {
            let separator = if position == 0 { "" } else { "; " };
            write!(f, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

impl From<Violations> for ServiceError {
    fn from(violations: Violations) -> Self {
        Self::new("ValidationException", 400, violations.to_string())
    }
}

/// A path in the form of AWS's messages: elements are counted from one.
pub(super) fn path_text(path: &Path) -> String {
    let mut text = String::new();
    for step in path.steps() {
        let dot = if text.is_empty() { "" } else { "." };
        // Writing to a string cannot fail.
        let _ = match step {
            Step::Member(name) => write!(text, "{dot}{name}"),
            Step::Index(index) => write!(text, "{dot}{}.member", index + 1),
            Step::Key(key) => write!(text, "{dot}{key}.member"),
            Step::SecretKey => write!(text, "{dot}{SECRET_KEY}.member"),
        };
    }
    text
}
