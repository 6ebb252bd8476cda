//! Formats token streams as files, and compares the files with those in a folder.

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

/// Generated files by their path below the folder that they belong to. The parts of a path are separated by `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSet {
    files: BTreeMap<String, String>,
}

impl FileSet {
    /// Creates a file set, with a header in every file.
    pub fn new(files: BTreeMap<String, String>, origin: &str) -> Self {
        let headed = files
            .into_iter()
            .map(|(path, text)| (path, format!("// {MARKER} by {origin}\n{text}")));
        Self {
            files: headed.collect(),
        }
    }

    /// Returns the files and their paths, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Returns the text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Returns the number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Returns the number of lines of all files.
    pub fn lines(&self) -> usize {
        self.files.values().map(|text| text.lines().count()).sum()
    }

    /// Returns the changes that writing the files to `folder` would make.
    ///
    /// # Errors
    ///
    /// Returns an error that names the file or folder if it cannot be read.
    pub fn compare(&self, folder: &std::path::Path) -> Result<Changes, CodegenError> {
        Changes::between(folder, &self.files)
    }
}
