//! [`Changes`]: the stale, missing and orphaned files of a folder. Comparing and writing are separate, so that a check
//! writes nothing.

use crate::error::CodegenError;
use crate::package::MARKER;
use similar::TextDiff;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The number of lines of a difference that are shown.
const SHOWN_LINES: usize = 40;

/// The differences between a folder and the files that were generated for it.
#[derive(Debug)]
pub struct Changes {
    folder: PathBuf,
    changes: Vec<Change>,
    unchanged: usize,
}

/// A file that differs from what was generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The file does not exist.
    Missing {
        /// The path in the folder.
        path: String,
        /// The generated text.
        text: String,
    },
    /// The file has other content.
    Stale {
        /// The path in the folder.
        path: String,
        /// The generated text.
        text: String,
        /// The content of the file.
        found: Vec<u8>,
    },
    /// The file is not one of the generated files.
    Orphaned {
        /// The path in the folder.
        path: String,
    },
}

impl Change {
    /// Returns the path of the file in its folder.
    pub fn path(&self) -> &str {
        match self {
            Self::Missing { path, .. } | Self::Stale { path, .. } | Self::Orphaned { path } => path,
        }
    }

    /// Returns `missing`, `stale` or `orphaned`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "missing",
            Self::Stale { .. } => "stale",
            Self::Orphaned { .. } => "orphaned",
        }
    }

    /// Returns the differences between the content of the file and the generated text as a unified diff. The diff of an
    /// orphaned file is empty.
    pub fn diff(&self) -> String {
        match self {
            Self::Missing { path, text } => format!("+ {path}: {} lines\n", text.lines().count()),
            Self::Orphaned { path } => format!("- {path}\n"),
            Self::Stale { path, text, found } => {
                let found = String::from_utf8_lossy(found);
                let diff = TextDiff::from_lines(found.as_ref(), text.as_str());
                let unified = diff
                    .unified_diff()
                    .context_radius(2)
                    .header(path, "as generated")
                    .to_string();
                let mut lines: Vec<&str> = unified.lines().take(SHOWN_LINES).collect();
                if unified.lines().count() > SHOWN_LINES {
                    lines.push("...");
                }
                lines.join("\n") + "\n"
            }
        }
    }
}

impl Changes {
    pub(super) fn between(
        folder: &Path,
        files: &BTreeMap<String, String>,
    ) -> Result<Self, CodegenError> {
        let mut changes = Vec::new();
        for (path, text) in files {
            match fs::read(folder.join(path)) {
                Ok(found) if found == text.as_bytes() => {}
                Ok(found) => changes.push(Change::Stale {
                    path: path.clone(),
                    text: text.clone(),
                    found,
                }),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    changes.push(Change::Missing {
                        path: path.clone(),
                        text: text.clone(),
                    });
                }
                Err(error) => return Err(failed(&folder.join(path), &error)),
            }
        }
        let unchanged = files.len() - changes.len();
        let mut present = BTreeSet::new();
        list(folder, "", &mut present)?;
        let orphans = present.into_iter().filter(|path| !files.contains_key(path));
        changes.extend(orphans.map(|path| Change::Orphaned { path }));
        Ok(Self {
            folder: folder.to_owned(),
            changes,
            unchanged,
        })
    }

    /// Returns the files that differ.
    pub fn iter(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter()
    }

    /// Returns whether no file differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Returns the number of files that do not differ.
    pub fn unchanged(&self) -> usize {
        self.unchanged
    }

    /// Returns the files that would be changed or removed although they were not generated: their first line does not
    /// contain the marker of generated files.
    ///
    /// # Errors
    ///
    /// Returns an error that names the file if it cannot be read.
    pub fn foreign(&self) -> Result<Vec<String>, CodegenError> {
        let mut foreign = Vec::new();
        for change in &self.changes {
            let found = match change {
                Change::Missing { .. } => continue,
                Change::Stale { found, .. } => found.clone(),
                Change::Orphaned { path } => {
                    let path = self.folder.join(path);
                    fs::read(&path).map_err(|error| failed(&path, &error))?
                }
            };
            let first = found
                .split(|byte| *byte == b'\n')
                .next()
                .unwrap_or_default();
            if !String::from_utf8_lossy(first).contains(MARKER) {
                foreign.push(change.path().to_owned());
            }
        }
        Ok(foreign)
    }

    /// Writes the changes to the folder. Each file is written under a temporary name and then renamed, so that no file
    /// is ever incomplete.
    ///
    /// # Errors
    ///
    /// Returns an error that names the file if it cannot be written or removed.
    pub fn apply(&self) -> Result<(), CodegenError> {
        for change in &self.changes {
            let path = self.folder.join(change.path());
            match change {
                Change::Missing { text, .. } | Change::Stale { text, .. } => {
                    write_whole(&path, text)?
                }
                Change::Orphaned { .. } => {
                    fs::remove_file(&path).map_err(|error| failed(&path, &error))?
                }
            }
        }
        Ok(())
    }
}

/// Writes a file atomically, and creates the folders that it needs.
///
/// # Errors
///
/// Returns an error that names the file or folder that cannot be written.
pub fn write_whole(path: &Path, text: &str) -> Result<(), CodegenError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    fs::write(&beside, text).map_err(|error| failed(&beside, &error))?;
    fs::rename(&beside, path).map_err(|error| failed(path, &error))
}

/// Lists all files below a folder. A folder that does not exist has no files.
fn list(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) -> Result<(), CodegenError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(folder, &error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| failed(folder, &error))?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry
            .file_type()
            .map_err(|error| failed(&entry.path(), &error))?
            .is_dir()
        {
            list(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.insert(path);
        }
    }
    Ok(())
}

fn failed(path: &Path, error: &std::io::Error) -> CodegenError {
    CodegenError::File {
        path: path.display().to_string(),
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(entries: &[(&str, &str)]) -> BTreeMap<String, String> {
        entries
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect()
    }

    fn kinds(changes: &Changes) -> Vec<(&str, &str)> {
        changes
            .iter()
            .map(|change| (change.kind(), change.path()))
            .collect()
    }

    #[test]
    fn stale_missing_and_orphaned_files_are_named_and_corrected() {
        let folder = tempfile::tempdir().unwrap();
        let wanted = files(&[("a.rs", "a\n"), ("deep/b.rs", "b\n")]);
        let changes = Changes::between(folder.path(), &wanted).unwrap();
        assert_eq!(
            kinds(&changes),
            [("missing", "a.rs"), ("missing", "deep/b.rs")]
        );
        changes.apply().unwrap();
        assert!(Changes::between(folder.path(), &wanted).unwrap().is_empty());

        fs::write(folder.path().join("a.rs"), "A\n").unwrap();
        fs::write(folder.path().join("deep/c.rs"), "").unwrap();
        fs::remove_file(folder.path().join("deep/b.rs")).unwrap();
        let changes = Changes::between(folder.path(), &wanted).unwrap();
        assert_eq!(
            kinds(&changes),
            [
                ("stale", "a.rs"),
                ("missing", "deep/b.rs"),
                ("orphaned", "deep/c.rs")
            ]
        );
        assert!(changes.iter().next().unwrap().diff().contains("-A\n+a\n"));
        changes.apply().unwrap();
        assert!(Changes::between(folder.path(), &wanted).unwrap().is_empty());
    }

    #[test]
    fn handwritten_files_are_distinguished_from_generated_ones() {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("by_hand.rs", "fn f() {}\n"),
            ("kept.rs", "//! Mine.\n"),
            ("old.rs", "// @generated by x\n"),
        ] {
            fs::write(folder.path().join(path), text).unwrap();
        }
        let wanted = files(&[("by_hand.rs", "// @generated by x\n"), ("new.rs", "")]);
        let changes = Changes::between(folder.path(), &wanted).unwrap();
        assert_eq!(changes.foreign().unwrap(), ["by_hand.rs", "kept.rs"]);
    }

    #[test]
    fn looking_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("none");
        let changes = Changes::between(&missing, &files(&[("a.rs", "a")])).unwrap();
        assert_eq!(changes.iter().count(), 1);
        assert!(!missing.exists());
    }
}
