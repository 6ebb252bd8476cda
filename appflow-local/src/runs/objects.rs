//! Buckets as folders: lists and reads objects, and writes them atomically.
//!
//! Files are written in a staging folder beside the buckets and renamed when they are complete. The staging folder of a
//! killed program is removed by the next one.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;
use tempfile::TempDir;

/// The parent of staging folders; not a valid bucket name.
const STAGING: &str = ".appflow-local";
const LOCK: &str = "lock";

/// An object of a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Object {
    pub(crate) key: String,
    /// The last modification, in milliseconds since 1970.
    pub(crate) modified: i64,
    pub(crate) bytes: u64,
}

/// A folder of buckets.
#[derive(Debug)]
pub(crate) struct Buckets {
    root: PathBuf,
    staging: PathBuf,
    /// A lock on the staging folder, held while this is open.
    _lock: File,
}

impl Buckets {
    /// Opens a folder of buckets, which must exist.
    pub(crate) fn open(root: &Path) -> io::Result<Self> {
        if !fs::metadata(root)?.is_dir() {
            return Err(ErrorKind::NotADirectory.into());
        }
        let all = root.join(STAGING);
        fs::create_dir_all(&all)?;
        for entry in fs::read_dir(&all)? {
            let path = entry?.path();
            let abandoned = File::open(path.join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok());
            if abandoned {
                fs::remove_dir_all(&path)?;
            }
        }
        let staging = all.join(smithy_reqwest::server::random_uuid());
        fs::create_dir(&staging)?;
        let lock = File::create(staging.join(LOCK))?;
        lock.try_lock().map_err(io::Error::from)?;
        Ok(Self {
            root: root.to_owned(),
            staging,
            _lock: lock,
        })
    }

    /// Creates a staging folder for a run.
    pub(crate) fn stage(&self, run: &str) -> io::Result<Staged> {
        let folder = self.staging.join(run);
        fs::create_dir(&folder)?;
        Ok(Staged(folder))
    }

    /// Lists the objects whose keys begin with a prefix, sorted by key.
    pub(crate) fn list(&self, bucket: &str, prefix: &str) -> io::Result<Vec<Object>> {
        let folder = self.path(bucket, "")?;
        let prefix = prefix.trim_start_matches('/');
        let mut found = Vec::new();
        walk(&folder, String::new(), prefix, &mut found)?;
        found.sort_by(|a, b| a.key.cmp(&b.key));
        Ok(found)
    }

    /// Opens an object.
    pub(crate) fn read(&self, bucket: &str, key: &str) -> io::Result<File> {
        File::open(self.path(bucket, key)?)
    }

    /// Publishes a file atomically and returns its size.
    pub(crate) fn put(&self, bucket: &str, key: &str, file: &Path) -> io::Result<u64> {
        let path = self.path(bucket, key)?;
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
                let draft = path.with_file_name(format!("{STAGING}-{name}"));
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
    pub(crate) fn remove(&self, bucket: &str, key: &str) -> io::Result<()> {
        fs::remove_file(self.path(bucket, key)?)
    }

    /// Returns the path of an object, or an error if it leads out of its bucket.
    fn path(&self, bucket: &str, key: &str) -> io::Result<PathBuf> {
        let key = Path::new(key.trim_start_matches('/'));
        let is_plain = |path: &Path| {
            path.components()
                .all(|component| matches!(component, Component::Normal(_)))
        };
        let is_bucket = Path::new(bucket).components().count() == 1 && is_plain(bucket.as_ref());
        if !is_bucket || bucket.starts_with(STAGING) || !is_plain(key) {
            let message = "invalid bucket name or key: it leads out of its folder";
            return Err(io::Error::new(ErrorKind::InvalidInput, message));
        }
        Ok(self.root.join(bucket).join(key))
    }
}

/// A temporary folder for records that are sent to connectors. It is removed on drop.
#[derive(Debug, Default)]
pub(crate) struct TempBuckets {
    // Dropped before the folder that contains it.
    buckets: Option<Arc<Buckets>>,
    _folder: Option<TempDir>,
}

impl TempBuckets {
    /// Creates the folder, if it is needed.
    pub(crate) fn new(is_needed: bool) -> io::Result<Self> {
        if !is_needed {
            return Ok(Self::default());
        }
        let folder = tempfile::Builder::new()
            .prefix("appflow-local-")
            .tempdir()?;
        Ok(Self {
            buckets: Some(Arc::new(Buckets::open(folder.path())?)),
            _folder: Some(folder),
        })
    }

    pub(crate) fn buckets(&self) -> Option<Arc<Buckets>> {
        self.buckets.clone()
    }
}

impl Drop for Buckets {
    fn drop(&mut self) {
        // On failure, the next program removes it.
        let _ = fs::remove_dir_all(&self.staging);
    }
}

/// The staging folder of one run, removed on drop.
#[derive(Debug)]
pub(crate) struct Staged(pub(crate) PathBuf);

impl Drop for Staged {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Adds the objects below a folder. Folders that cannot match the prefix are skipped.
fn walk(folder: &Path, path: String, prefix: &str, found: &mut Vec<Object>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // Keys are Unicode.
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if name.starts_with(STAGING) {
            continue;
        }
        let key = format!("{path}{name}");
        let is_link = entry.file_type()?.is_symlink();
        let metadata = match fs::metadata(entry.path()) {
            // It was removed meanwhile, or is a broken link.
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            metadata => metadata?,
        };
        if metadata.is_dir() {
            let below = format!("{key}/");
            // Links could form cycles.
            if !is_link && (below.starts_with(prefix) || prefix.starts_with(&below)) {
                walk(&entry.path(), below, prefix, found)?;
            }
        } else if key.starts_with(prefix) {
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
        let buckets = Buckets::open(root.path()).unwrap();
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
            (STAGING, "x"),
        ] {
            assert!(buckets.read(bucket, key).is_err(), "{bucket} {key}");
        }
    }

    #[test]
    fn what_a_killed_program_left_is_removed_and_what_a_living_one_has_is_not() {
        let root = tempfile::tempdir().unwrap();
        let living = Buckets::open(root.path()).unwrap();
        let left = root.path().join(STAGING).join("left");
        fs::create_dir(&left).unwrap();
        File::create(left.join(LOCK)).unwrap();
        let other = Buckets::open(root.path()).unwrap();
        assert!(!left.exists());
        assert!(living.staging.exists() && other.staging.exists());
    }
}
