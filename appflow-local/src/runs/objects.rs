//! Buckets that are folders: objects listed, read, and written whole or not at all.
//!
//! What is written grows in a staging folder beside the buckets and is renamed to its place when it is whole. A staging
//! folder that a killed program left behind is removed by the next one.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;
use tempfile::TempDir;

/// Where staging folders lie; no bucket can have this name.
const STAGING: &str = ".appflow-local";
const LOCK: &str = "lock";

/// An object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Object {
    pub(crate) key: String,
    /// When it was last modified, in milliseconds since 1970.
    pub(crate) modified: i64,
    pub(crate) bytes: u64,
}

/// A folder of buckets.
#[derive(Debug)]
pub(crate) struct Buckets {
    root: PathBuf,
    staging: PathBuf,
    /// Says that the staging folder is in use, for as long as it is open.
    _lock: File,
}

impl Buckets {
    /// Opens a folder of buckets, which must be there.
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

    /// Makes a folder for what a run writes until it is whole.
    pub(crate) fn stage(&self, run: &str) -> io::Result<Staged> {
        let folder = self.staging.join(run);
        fs::create_dir(&folder)?;
        Ok(Staged(folder))
    }

    /// Lists the objects whose keys begin with a prefix, by their keys.
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

    /// Puts a file into its place, whole; gives its size.
    pub(crate) fn put(&self, bucket: &str, key: &str, file: &Path) -> io::Result<u64> {
        let path = self.path(bucket, key)?;
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let written = File::open(file)?;
        written.sync_all()?;
        let bytes = written.metadata()?.len();
        match fs::rename(file, &path) {
            // The bucket lies on another disk: a copy has to grow there, under a name that nobody takes for an object.
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

    /// The path of an object; one that leads out of its bucket is refused.
    fn path(&self, bucket: &str, key: &str) -> io::Result<PathBuf> {
        let key = Path::new(key.trim_start_matches('/'));
        let is_plain = |path: &Path| {
            path.components()
                .all(|component| matches!(component, Component::Normal(_)))
        };
        let is_bucket = Path::new(bucket).components().count() == 1 && is_plain(bucket.as_ref());
        if !is_bucket || bucket.starts_with(STAGING) || !is_plain(key) {
            let message = "the name of a bucket or a key leads out of its folder";
            return Err(io::Error::new(ErrorKind::InvalidInput, message));
        }
        Ok(self.root.join(bucket).join(key))
    }
}

/// A folder for what is written nowhere but to connectors. It is gone when this is dropped.
#[derive(Debug, Default)]
pub(crate) struct Drafts {
    // Dropped before the folder that it is in.
    buckets: Option<Arc<Buckets>>,
    _folder: Option<TempDir>,
}

impl Drafts {
    /// Creates the folder if it is needed.
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
        // What cannot be removed is removed by the next program.
        let _ = fs::remove_dir_all(&self.staging);
    }
}

/// A staging folder of one run, which is gone when this is dropped.
#[derive(Debug)]
pub(crate) struct Staged(pub(crate) PathBuf);

impl Drop for Staged {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Adds the objects below a folder. Folders that cannot hold the prefix are left out.
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
            // It went away meanwhile, or leads nowhere.
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            metadata => metadata?,
        };
        if metadata.is_dir() {
            let below = format!("{key}/");
            // Links could lead in circles.
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
