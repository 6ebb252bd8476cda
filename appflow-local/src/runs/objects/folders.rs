//! [`Folders`]: buckets as the subfolders of a folder. Files are written atomically.

use super::{Content, Object, Staging};
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

/// The parent of staging folders, and the beginning of the names of drafts; not a valid bucket name.
const PRIVATE: &str = ".appflow-local";

/// A folder of buckets.
#[derive(Debug)]
pub(crate) struct Folders {
    root: PathBuf,
    pub(super) staging: Arc<Staging>,
}

impl Folders {
    /// Opens a folder of buckets, which must exist. Files are staged beside the buckets, or in the folder for temporary files
    /// if the folder can only be read.
    pub(crate) fn open(root: &Path) -> io::Result<Self> {
        if !fs::metadata(root)?.is_dir() {
            return Err(ErrorKind::NotADirectory.into());
        }
        let parent = root.join(PRIVATE);
        let staging = fs::create_dir_all(&parent).and_then(|()| Staging::in_folder(&parent, ""));
        let staging = match staging {
            Err(error) if is_denied(&error) => Staging::temporary()?,
            staging => staging?,
        };
        Ok(Self {
            root: root.to_owned(),
            staging: Arc::new(staging),
        })
    }

    /// Lists the objects whose keys begin with a prefix, sorted by key.
    pub(super) fn list(&self, bucket: &str, prefix: &str) -> io::Result<Vec<Object>> {
        let folder = self.path(bucket, "")?;
        let prefix = prefix.trim_start_matches('/');
        let mut found = Vec::new();
        walk(&folder, String::new(), prefix, &mut found)?;
        found.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(found)
    }

    /// Opens an object.
    pub(super) fn read(&self, bucket: &str, key: &str) -> io::Result<Content<'static>> {
        let path = self.path(bucket, key)?;
        // Opening a pipe would wait for a writer.
        if !fs::metadata(&path)?.is_file() {
            return Err(io::Error::new(ErrorKind::InvalidInput, "not a file"));
        }
        let file = File::open(path)?;
        Ok(Content {
            bytes: file.metadata()?.len(),
            reader: Box::new(file),
        })
    }

    /// Publishes a file atomically and returns its size. The keys of runs are unique, so an existing file would be another one
    /// that the file system does not tell apart.
    pub(super) fn put(&self, bucket: &str, key: &str, file: &Path) -> io::Result<u64> {
        let path = self.path(bucket, key)?;
        if fs::symlink_metadata(&path).is_ok() {
            let message = format!("{key}: file exists");
            return Err(io::Error::new(ErrorKind::AlreadyExists, message));
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let written = File::open(file)?;
        written.sync_all()?;
        let bytes = written.metadata()?.len();
        match fs::rename(file, &path) {
            // The bucket is on another file system: copy the file there first, under a name that is not an object.
            Err(error) if error.kind() == ErrorKind::CrossesDevices => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let draft = path.with_file_name(format!("{PRIVATE}-{name}"));
                let copied = fs::copy(file, &draft).and_then(|_| File::open(&draft)?.sync_all());
                let moved = copied.and_then(|()| fs::rename(&draft, &path));
                if moved.is_err() {
                    let _ = fs::remove_file(&draft);
                }
                moved?;
            }
            moved => moved?,
        }
        Ok(bytes)
    }

    /// Removes an object.
    pub(super) fn remove(&self, bucket: &str, key: &str) -> io::Result<()> {
        fs::remove_file(self.path(bucket, key)?)
    }

    /// Checks that a key leads to a file of its bucket, whether it exists or not.
    pub(super) fn check(&self, bucket: &str, key: &str) -> io::Result<()> {
        self.path(bucket, key).map(drop)
    }

    /// Returns the path of an object, or an error if it leads out of its bucket.
    fn path(&self, bucket: &str, key: &str) -> io::Result<PathBuf> {
        let key = Path::new(key.trim_start_matches('/'));
        let is_plain = |path: &Path| {
            path.components()
                .all(|component| matches!(component, Component::Normal(_)))
        };
        let is_bucket = Path::new(bucket).components().count() == 1 && is_plain(bucket.as_ref());
        if !is_bucket || bucket.starts_with(PRIVATE) || !is_plain(key) {
            let message = "invalid bucket name or key: it leads out of its folder";
            return Err(io::Error::new(ErrorKind::InvalidInput, message));
        }
        Ok(self.root.join(bucket).join(key))
    }
}

/// Returns whether an error means that a folder can only be read.
fn is_denied(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied
    )
}

/// Adds the objects below a folder. Folders that cannot match the prefix are skipped.
fn walk(folder: &Path, path: String, prefix: &str, found: &mut Vec<Object>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // Keys are Unicode.
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if name.starts_with(PRIVATE) {
            continue;
        }
        let key = format!("{path}{name}");
        let is_link = entry.file_type()?.is_symlink();
        let metadata = match fs::metadata(entry.path()) {
            // It was removed meanwhile, or is a link that leads nowhere, to itself, or to where nothing may be read.
            Err(error) if is_link || error.kind() == ErrorKind::NotFound => continue,
            metadata => metadata?,
        };
        if metadata.is_dir() {
            let below = format!("{key}/");
            // Links could form cycles.
            if !is_link && (below.starts_with(prefix) || prefix.starts_with(&below)) {
                walk(&entry.path(), below, prefix, found)?;
            }
        } else if metadata.is_file() && key.starts_with(prefix) {
            let modified = metadata.modified()?.duration_since(UNIX_EPOCH);
            let modified = modified.unwrap_or_default().as_millis();
            found.push(Object {
                key,
                modified: i64::try_from(modified).unwrap_or(i64::MAX),
                bytes: metadata.len(),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_existing_file_is_not_replaced() {
        let root = tempfile::tempdir().unwrap();
        let buckets = Folders::open(root.path()).unwrap();
        let put = |text: &str| {
            let file = root.path().join("staged");
            fs::write(&file, text).unwrap();
            buckets.put("b", "k=EU/id", &file)
        };
        assert_eq!(put("first").unwrap(), 5);
        assert_eq!(put("second").unwrap_err().kind(), ErrorKind::AlreadyExists);
        let kept = fs::read_to_string(root.path().join("b/k=EU/id"));
        assert_eq!(kept.unwrap(), "first");
    }

    #[test]
    fn keys_are_listed_by_prefix_and_lead_nowhere_else() {
        let root = tempfile::tempdir().unwrap();
        for key in [
            "b/in/1.csv",
            "b/in/deep/2.csv",
            "b/input.csv",
            "b/out/3.csv",
            "secret",
        ] {
            let path = root.path().join(key);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let buckets = Folders::open(root.path()).unwrap();
        let keys = |prefix: &str| -> Vec<String> {
            let found = buckets.list("b", prefix).unwrap().into_iter();
            found.map(|object| object.key).collect()
        };
        assert_eq!(keys("in"), ["in/1.csv", "in/deep/2.csv", "input.csv"]);
        assert_eq!(keys("in/"), ["in/1.csv", "in/deep/2.csv"]);
        assert_eq!(keys("/in/d"), ["in/deep/2.csv"]);
        assert_eq!(keys("absent"), [""; 0]);
        for (bucket, key) in [
            ("..", "secret"),
            ("b", "../secret"),
            ("b/..", "x"),
            (".", "x"),
            (PRIVATE, "x"),
        ] {
            assert!(buckets.read(bucket, key).is_err(), "{bucket} {key}");
        }
    }
}
