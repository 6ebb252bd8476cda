//! [`Staging`]: a folder for the files of runs until they are published.
//!
//! The folder of a killed program is removed by the next one.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const LOCK: &str = "lock";
/// The beginning of the names of staging folders among other temporary files.
const PREFIX: &str = "appflow-local-";

/// A folder for the files of runs, removed on drop.
#[derive(Debug)]
pub(crate) struct Staging {
    folder: TempDir,
    /// A lock on the folder, held while this is open.
    _lock: File,
}

impl Staging {
    /// Creates a staging folder in the folder for temporary files.
    pub(crate) fn temporary() -> io::Result<Self> {
        Self::in_folder(&std::env::temp_dir(), PREFIX)
    }

    /// Creates a staging folder with a prefix in a folder, and removes those of killed programs.
    pub(super) fn in_folder(parent: &Path, prefix: &str) -> io::Result<Self> {
        for entry in fs::read_dir(parent)? {
            let entry = entry?;
            let is_ours = entry.file_name().to_string_lossy().starts_with(prefix);
            if is_ours && is_abandoned(&entry.path()) {
                // A folder that cannot be removed does no harm.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        let folder = tempfile::Builder::new().prefix(prefix).tempdir_in(parent)?;
        let lock = File::create(folder.path().join(LOCK))?;
        lock.try_lock().map_err(io::Error::from)?;
        Ok(Self {
            folder,
            _lock: lock,
        })
    }

    /// Creates a folder for a run.
    pub(crate) fn stage(&self, run: &str) -> io::Result<Staged> {
        let folder = self.folder.path().join(run);
        fs::create_dir(&folder)?;
        Ok(Staged(folder))
    }
}

/// Returns whether a staging folder belongs to a program that has ended.
fn is_abandoned(folder: &Path) -> bool {
    File::open(folder.join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok())
}

/// The staging folder of one run, removed on drop.
#[derive(Debug)]
pub(crate) struct Staged(pub(crate) PathBuf);

impl Drop for Staged {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_of_killed_processes_are_removed_and_those_of_running_ones_are_not() {
        let parent = tempfile::tempdir().unwrap();
        let living = Staging::in_folder(parent.path(), "ours-").unwrap();
        let (left, other) = (parent.path().join("ours-1"), parent.path().join("theirs-1"));
        for folder in [&left, &other] {
            fs::create_dir(folder).unwrap();
            File::create(folder.join(LOCK)).unwrap();
        }
        let next = Staging::in_folder(parent.path(), "ours-").unwrap();
        assert!(!left.exists());
        assert!(other.exists(), "it has another prefix");
        assert!(living.folder.path().exists() && next.folder.path().exists());
        let kept = next.folder.path().to_owned();
        drop(next);
        assert!(!kept.exists());
    }
}
