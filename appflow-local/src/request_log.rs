//! Requests, as a person reads them: one line each, and the last hundred for the status page.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

const KEPT: usize = 100;

/// Where lines go.
pub(crate) type Sink = Box<dyn Fn(&str) + Send + Sync>;

/// One request and what was answered. It never holds a body.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) at: SystemTime,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) operation: Option<&'static str>,
    /// Such as `flowName=accounts`.
    pub(crate) about: Option<String>,
    /// Account and region.
    pub(crate) scope: Option<String>,
    pub(crate) status: u16,
    pub(crate) error: Option<String>,
    /// What is doubtful about the flow that was defined.
    pub(crate) doubts: Vec<String>,
    pub(crate) took: Duration,
}

/// The last requests.
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
            sink(&entry.to_string());
        }
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.push_front(entry);
        entries.truncate(KEPT);
    }

    /// The last requests, the latest first.
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
    /// `12:00:00 200 CreateFlow flowName=accounts 000000000000/us-east-1 3ms`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ", time_of_day(self.at), self.status)?;
        match self.operation {
            Some(operation) => f.write_str(operation)?,
            None => write!(f, "{} {}", self.method, self.path)?,
        }
        for part in [&self.about, &self.scope].into_iter().flatten() {
            write!(f, " {part}")?;
        }
        write!(f, " {}ms", self.took.as_millis())?;
        if let Some(error) = &self.error {
            write!(f, " {error}")?;
        }
        if !self.doubts.is_empty() {
            write!(f, " doubtful: {}", self.doubts.join("; "))?;
        }
        Ok(())
    }
}

/// The time of day, in UTC.
pub(crate) fn time_of_day(time: SystemTime) -> String {
    let text = DateTime::from(time)
        .fmt(Format::DateTime)
        .unwrap_or_default();
    text.get(11..19).unwrap_or_default().to_owned()
}
