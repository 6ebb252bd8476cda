//! [`FileSystem`], which reads files, and writes private files so that no reader sees a partial one.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The files of the machine, or those below a folder, for tests.
///
/// It is cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct FileSystem {
    root: Option<Arc<Path>>,
}

impl FileSystem {
    /// Returns the files of the machine.
    pub fn real() -> Self {
        Self::default()
    }

    /// Returns the files below this folder: `/home/x` is `home/x` in it. For tests.
    pub fn below(root: impl Into<PathBuf>) -> Self {
        Self {
            root: Some(root.into().into()),
        }
    }

    /// Reads a whole file.
    pub(crate) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(self.resolve(path))
    }

    /// Replaces a file with one that only its owner may read and write. It is written beside its destination and then
    /// moved there, so that readers see the old file or the new one, and a failure keeps the old one.
    pub(crate) fn write_private(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let path = self.resolve(path);
        if let Some(folder) = path.parent() {
            create_private_folder(folder)?;
        }
        let beside = beside(&path);
        let written = write_new(&beside, bytes).and_then(|()| fs::rename(&beside, &path));
        if written.is_err() {
            // The first error is the relevant one.
            let _ = fs::remove_file(&beside);
        }
        written
    }

    fn resolve(&self, path: &Path) -> PathBuf {
        let Some(root) = &self.root else {
            return path.to_owned();
        };
        let parts = path.components();
        let inner = parts.filter(|part| matches!(part, Component::Normal(_)));
        root.join(inner.collect::<PathBuf>())
    }
}

/// Returns a name that no other writer uses.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{:016x}.tmp", fastrand::u64(..)));
    path.with_file_name(name)
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let files = FileSystem::below(folder.path());
        let path = Path::new("/cache/token.json");
        files.write_private(path, b"old").unwrap();
        files.write_private(path, b"new").unwrap();
        assert_eq!(files.read(path).unwrap(), b"new");
        let cache = folder.path().join("cache");
        assert_eq!(fs::read_dir(&cache).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&cache.join("token.json")), 0o600);
            assert_eq!(mode(&cache), 0o700);
        }
    }

    #[test]
    fn a_file_that_cannot_be_replaced_stays_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let files = FileSystem::below(folder.path());
        // A file cannot replace a folder that is not empty.
        fs::create_dir_all(folder.path().join("token.json/inner")).unwrap();
        files
            .write_private(Path::new("/token.json"), b"new")
            .unwrap_err();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_path_below_a_folder_does_not_lead_out_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let files = FileSystem::below(folder.path());
        files.write_private(Path::new("/../../x"), b"here").unwrap();
        assert_eq!(fs::read(folder.path().join("x")).unwrap(), b"here");
    }
}
