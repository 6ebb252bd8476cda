//! [`RequestLog`]: one line for each request, and the latest hundred for the status page.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

const CAPACITY: usize = 100;

/// A function that receives log lines.
pub(crate) type Sink = Box<dyn Fn(&str) + Send + Sync>;

/// One request and its response, without bodies.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) at: SystemTime,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) operation: Option<&'static str>,
    /// The subject, such as `flowName=accounts`.
    pub(crate) subject: Option<String>,
    /// Account and region.
    pub(crate) scope: Option<String>,
    pub(crate) status: u16,
    pub(crate) error: Option<String>,
    /// The warnings about the flow that was defined.
    pub(crate) warnings: Vec<String>,
    pub(crate) took: Duration,
}

/// The latest requests.
#[derive(Default)]
pub(crate) struct RequestLog {
    entries: Mutex<VecDeque<Entry>>,
    sink: Option<Sink>,
}

impl RequestLog {
    pub(crate) fn new(sink: Option<Sink>) -> Self {
        Self {
            entries: Mutex::default(),
            sink,
        }
    }

    pub(crate) fn add(&self, entry: Entry) {
        if let Some(sink) = &self.sink {
            sink(&one_line(&entry.to_string()));
        }
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.push_front(entry);
        entries.truncate(CAPACITY);
    }

    /// Returns the latest requests, newest first.
    pub(crate) fn latest(&self) -> Vec<Entry> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.iter().cloned().collect()
    }
}

impl fmt::Debug for RequestLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestLog").finish_non_exhaustive()
    }
}

impl fmt::Display for Entry {
    /// Formats `12:00:00 200 CreateFlow flowName=accounts 000000000000/us-east-1 3ms`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ", time_of_day(self.at), self.status)?;
        match self.operation {
            Some(operation) => f.write_str(operation)?,
            None => write!(f, "{} {}", self.method, self.path)?,
        }
        for part in [&self.subject, &self.scope].into_iter().flatten() {
            write!(f, " {part}")?;
        }
        write!(f, " {}ms", self.took.as_millis())?;
        if let Some(error) = &self.error {
            write!(f, " {error}")?;
        }
        if !self.warnings.is_empty() {
            write!(f, " warning: {}", self.warnings.join("; "))?;
        }
        Ok(())
    }
}

/// Escapes control characters, so that values in messages cannot start a line of their own.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line
}

/// Formats the time of day in UTC.
pub(crate) fn time_of_day(time: SystemTime) -> String {
    let text = DateTime::from(time)
        .fmt(Format::DateTime)
        .unwrap_or_default();
    text.get(11..19).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped_in_log_lines() {
        let text = "Value 'a\n12:00:00 200 \u{1b}[31m\u{e9}' at 'flowName'";
        let expected = "Value 'a\\n12:00:00 200 \\u{1b}[31m\u{e9}' at 'flowName'";
        assert_eq!(one_line(text), expected);
    }
}
