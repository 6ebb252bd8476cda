//! Files: token streams in, formatted text out; text and a folder in, what differs out.

mod changes;
mod format;
mod functions;
mod macros;
mod printer;
mod uses;

pub use changes::{Change, Changes, write_whole};
pub use format::format;

use crate::error::CodegenError;
use crate::package::MARKER;
use std::collections::BTreeMap;

/// Generated files by their path below the folder they belong to, with `/` between its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSet {
    files: BTreeMap<String, String>,
}

impl FileSet {
    /// Puts the header on every file.
    pub fn new(files: BTreeMap<String, String>, origin: &str) -> Self {
        let headed = files
            .into_iter()
            .map(|(path, text)| (path, format!("// {MARKER} by {origin}\n{text}")));
        Self {
            files: headed.collect(),
        }
    }

    /// The files, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of one file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.files.values().map(|text| text.lines().count()).sum()
    }

    /// What writing the files to `folder` would change there.
    pub fn compare(&self, folder: &std::path::Path) -> Result<Changes, CodegenError> {
        Changes::between(folder, &self.files)
    }
}
