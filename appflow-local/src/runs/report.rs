//! [`Report`]: the result of a run.

use serde::{Deserialize, Serialize};

/// The maximum length of the message of a run.
const MAX_MESSAGE_CHARACTERS: usize = 2048;

/// The counts of records. `read` is the sum of the next four.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Counts {
    pub(crate) read: u64,
    pub(crate) written: u64,
    pub(crate) filtered: u64,
    pub(crate) dropped: u64,
    pub(crate) failed: u64,
    pub(crate) bytes_read: u64,
    pub(crate) bytes_written: u64,
}

/// The result of a run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Report {
    pub(crate) counts: Counts,
    pub(crate) end: End,
    /// The keys of the written files.
    pub(crate) files: Vec<String>,
    /// Sample records as JSON, before and after the tasks.
    pub(crate) shown: (Vec<String>, Vec<String>),
    /// The reason why the first failed record failed.
    pub(crate) first_failure: Option<String>,
}

impl Report {
    /// Shortens the messages to the maximum length of AppFlow's: they may contain names of fields of any length.
    pub(crate) fn shortened(mut self) -> Self {
        if let Some(message) = &mut self.first_failure {
            shorten(message);
        }
        if let End::Failed(message) = &mut self.end {
            shorten(message);
        }
        self
    }
}

fn shorten(message: &mut String) {
    if let Some((end, _)) = message.char_indices().nth(MAX_MESSAGE_CHARACTERS) {
        message.truncate(end);
    }
}

/// The outcome of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum End {
    #[default]
    Done,
    Failed(String),
    Canceled,
    /// The program ends; the run leaves no files.
    Abandoned,
}
