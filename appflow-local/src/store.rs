//! [`Store`]: changes in, kept on disk before anyone is told; all that is kept out, when it is opened.
//!
//! One thread writes. Changes that wait while a transaction is written go into the next one together. What could not be
//! written is tried again with whatever comes next, so that nobody is told of it before it is there.

use crate::state::{Change, Records};
use redb::backends::InMemoryBackend;
use redb::{
    Database, DatabaseError, ReadOnlyDatabase, ReadableDatabase, ReadableTable, StorageBackend,
    TableDefinition,
};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// Key to JSON.
const RECORDS: TableDefinition<'_, &str, &str> = TableDefinition::new("records");
/// What the store says of itself.
const ABOUT: TableDefinition<'_, &str, &str> = TableDefinition::new("about");
const FORMAT: &str = "1";
const FILE: &str = "appflow-local.redb";
/// How many waiting changes go into one transaction at most.
const MOST_AT_ONCE: usize = 1024;

/// A store that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The folder cannot be made or read.
    #[error("{path}: {reason}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why not.
        reason: std::io::Error,
    },
    /// Another process has it open.
    #[error(
        "{path}: another process uses it; stop that one, or give this one a --data-dir of its own"
    )]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// What it holds cannot be read. Nothing was changed.
    #[error(
        "{path}: the store is damaged: {reason}. Nothing was changed; move the file away to begin with nothing"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

/// A store that is open.
#[derive(Debug)]
pub(crate) struct Store {
    path: PathBuf,
    jobs: Option<Sender<Job>>,
    writer: Option<JoinHandle<()>>,
}

struct Job {
    write: Write,
    done: oneshot::Sender<Result<(), String>>,
}

enum Write {
    Changes(Vec<Change>),
    Replace(Records),
}

/// What is not on disk yet: what comes later under the same key counts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Unwritten {
    /// Whether all that is on disk goes first.
    cleared: bool,
    /// Values by key; nothing for what is to be removed.
    values: BTreeMap<String, Option<Value>>,
}

impl Store {
    /// Opens the store of a folder, or makes one; gives what it holds.
    pub(crate) fn open(folder: &Path) -> Result<(Self, Records), StoreError> {
        std::fs::create_dir_all(folder).map_err(|reason| StoreError::Folder {
            path: folder.to_owned(),
            reason,
        })?;
        let path = folder.join(FILE);
        let (database, records) = open(&path)?;
        let store = Self::writing(path, move |unwritten| write(&database, unwritten));
        Ok((store, records))
    }

    /// A store that writes by this function.
    pub(crate) fn writing(
        path: PathBuf,
        write: impl FnMut(&Unwritten) -> Result<(), Failure> + Send + 'static,
    ) -> Self {
        let (jobs, waiting) = channel();
        let writer = std::thread::spawn(move || write_all(&waiting, write));
        Self {
            path,
            jobs: Some(jobs),
            writer: Some(writer),
        }
    }

    /// The error for records that cannot be understood.
    pub(crate) fn damaged(&self, reason: String) -> StoreError {
        StoreError::Damaged {
            path: self.path.clone(),
            reason,
        }
    }

    /// Keeps changes; resolves when they are on disk, and all that was handed over before them: so it is worth waiting
    /// for without changes too.
    pub(crate) fn keep(
        &self,
        changes: Vec<Change>,
    ) -> impl Future<Output = Result<(), String>> + Send + use<> {
        self.submit(Write::Changes(changes))
    }

    /// Keeps these records and nothing else.
    pub(crate) fn replace(
        &self,
        records: &Records,
    ) -> impl Future<Output = Result<(), String>> + Send + use<> {
        self.submit(Write::Replace(records.clone()))
    }

    fn submit(&self, write: Write) -> impl Future<Output = Result<(), String>> + Send + use<> {
        let (done, result) = oneshot::channel();
        if let Some(jobs) = &self.jobs {
            // A writer that is gone drops the job, which the receiver sees.
            let _ = jobs.send(Job { write, done });
        }
        async move {
            result
                .await
                .unwrap_or_else(|_| Err("the store is closed".to_owned()))
        }
    }
}

impl Drop for Store {
    /// Waits until everything is written.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

/// The library panics over some kinds of damage where others are errors: to whoever opens the store, both are damage.
fn open(path: &Path) -> Result<(Database, Records), StoreError> {
    std::panic::catch_unwind(|| open_and_read(path)).unwrap_or_else(|_| {
        Err(StoreError::Damaged {
            path: path.to_owned(),
            reason: "its pages make no sense".to_owned(),
        })
    })
}

fn open_and_read(path: &Path) -> Result<(Database, Records), StoreError> {
    let failed = |error: Failure| match error.downcast_ref() {
        Some(DatabaseError::DatabaseAlreadyOpen) => StoreError::InUse {
            path: path.to_owned(),
        },
        _ => StoreError::Damaged {
            path: path.to_owned(),
            reason: error.to_string(),
        },
    };
    if !path.exists()
        && let Some(database) = create(path).map_err(failed)?
    {
        return Ok((database, Records::new()));
    }
    // Nobody writes to the file while it is looked at. That this does not open it for other reasons is found out below.
    if let Err(error @ DatabaseError::DatabaseAlreadyOpen) = ReadOnlyDatabase::open(path) {
        return Err(failed(error.into()));
    }
    let records = check_and_read(path).map_err(failed)?;
    let database = Database::open(path).map_err(|error| failed(error.into()))?;
    Ok((database, records))
}

pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Makes a store under another name, so that under its own it is never seen half made: an empty file there is one that
/// has lost what it held. Gives nothing when another process was faster.
fn create(path: &Path) -> Result<Option<Database>, Failure> {
    let draft = path.with_extension("new");
    let database = match Database::create(&draft) {
        // Whoever has it open is making the store just now.
        Err(error @ DatabaseError::DatabaseAlreadyOpen) => return Err(error.into()),
        // Whoever began it was killed.
        Err(_) => {
            std::fs::remove_file(&draft)?;
            Database::create(&draft)?
        }
        Ok(database) => database,
    };
    if path.exists() {
        std::fs::remove_file(&draft)?;
        return Ok(None);
    }
    let mut transaction = database.begin_write()?;
    transaction.set_two_phase_commit(true);
    transaction.open_table(RECORDS)?;
    transaction.open_table(ABOUT)?.insert("format", FORMAT)?;
    transaction.commit()?;
    std::fs::rename(&draft, path)?;
    sync_folder(path)?;
    Ok(Some(database))
}

/// A new name is on disk when its folder is.
#[cfg(unix)]
fn sync_folder(path: &Path) -> std::io::Result<()> {
    path.parent()
        .map_or(Ok(()), |folder| std::fs::File::open(folder)?.sync_all())
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Looks at every page before anything is believed; on a copy, since looking mends what it can, and what is damaged is
/// to stay as it is.
fn check_and_read(path: &Path) -> Result<Records, Failure> {
    let bytes = std::fs::read(path)?;
    if bytes.is_empty() {
        return Err("it is empty".into());
    }
    let copy = InMemoryBackend::new();
    copy.set_len(bytes.len() as u64)?;
    copy.write(0, &bytes)?;
    let mut database = Database::builder().create_with_backend(copy)?;
    if !database.check_integrity()? {
        return Err("its checksums do not hold".into());
    }
    let transaction = database.begin_read()?;
    let format = transaction.open_table(ABOUT)?.get("format")?;
    let format = format.ok_or("it has no format")?;
    if format.value() != FORMAT {
        return Err(format!("it has format {}, not {FORMAT}", format.value()).into());
    }
    let mut records = Records::new();
    for entry in transaction.open_table(RECORDS)?.iter()? {
        let (key, value) = entry?;
        let value = serde_json::from_str(value.value())
            .map_err(|error| format!("the record `{}` is not JSON: {error}", key.value()))?;
        records.insert(key.value().to_owned(), value);
    }
    Ok(records)
}

impl Unwritten {
    fn add(&mut self, write: Write) {
        match write {
            Write::Changes(changes) => {
                let changes = changes.into_iter().map(|change| (change.key, change.value));
                self.values.extend(changes);
            }
            Write::Replace(records) => {
                self.cleared = true;
                let records = records.into_iter().map(|(key, value)| (key, Some(value)));
                self.values = records.collect();
            }
        }
    }

    fn is_nothing(&self) -> bool {
        !self.cleared && self.values.is_empty()
    }
}

fn write_all(waiting: &Receiver<Job>, mut write: impl FnMut(&Unwritten) -> Result<(), Failure>) {
    let mut unwritten = Unwritten::default();
    while let Ok(first) = waiting.recv() {
        let mut answers = Vec::new();
        let others = waiting.try_iter().take(MOST_AT_ONCE - 1);
        for Job { write, done } in std::iter::once(first).chain(others) {
            unwritten.add(write);
            answers.push(done);
        }
        let result = if unwritten.is_nothing() {
            Ok(())
        } else {
            write(&unwritten).map_err(|error| format!("the store cannot be written: {error}"))
        };
        // The state has gone on, so what failed stays to be written: it must be on disk before any later answer.
        if result.is_ok() {
            unwritten = Unwritten::default();
        }
        for done in answers {
            // Who does not wait any more need not be told.
            let _ = done.send(result.clone());
        }
    }
}

fn write(database: &Database, unwritten: &Unwritten) -> Result<(), Failure> {
    let mut transaction = database.begin_write()?;
    // In one phase, a commit that is damaged later would be taken for one that never was, and left out silently.
    transaction.set_two_phase_commit(true);
    {
        let mut table = transaction.open_table(RECORDS)?;
        if unwritten.cleared {
            table.retain(|_, _| false)?;
        }
        for (key, value) in &unwritten.values {
            match value {
                Some(value) => drop(table.insert(key.as_str(), value.to_string().as_str())?),
                None => drop(table.remove(key.as_str())?),
            }
        }
    }
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Failure, Store, Unwritten};
    use crate::state::{Change, Records};
    use serde_json::json;
    use std::path::PathBuf;
    use std::sync::{Arc, Mutex};

    fn set(key: &str, value: u32) -> Vec<Change> {
        vec![Change {
            key: key.to_owned(),
            value: Some(json!(value)),
        }]
    }

    /// A store whose first writes fail, and what was written in the end.
    fn failing(mut times: u32) -> (Store, Arc<Mutex<Vec<Unwritten>>>) {
        let written = Arc::new(Mutex::new(Vec::new()));
        let sink = written.clone();
        let store = Store::writing(PathBuf::new(), move |unwritten| {
            if times > 0 {
                times -= 1;
                return Err(Failure::from("the disk is full"));
            }
            sink.lock().unwrap().push(unwritten.clone());
            Ok(())
        });
        (store, written)
    }

    #[tokio::test]
    async fn what_failed_is_written_before_anything_else_is_kept() {
        let (store, written) = failing(2);
        assert!(store.keep(set("a", 1)).await.is_err());
        assert!(store.keep(Vec::new()).await.is_err(), "a is not there yet");
        assert!(store.keep(set("b", 2)).await.is_ok());
        let values = [("a", 1), ("b", 2)];
        let values = values.map(|(key, value)| (key.to_owned(), Some(json!(value))));
        let expected = Unwritten {
            cleared: false,
            values: values.into(),
        };
        assert!(store.keep(Vec::new()).await.is_ok());
        assert_eq!(*written.lock().unwrap(), [expected], "and only once");
    }

    #[tokio::test]
    async fn a_replacement_that_failed_replaces_what_came_before_it_only() {
        let (store, written) = failing(2);
        assert!(store.keep(set("a", 1)).await.is_err());
        assert!(store.replace(&Records::new()).await.is_err());
        assert!(store.keep(set("b", 2)).await.is_ok());
        let expected = Unwritten {
            cleared: true,
            values: [("b".to_owned(), Some(json!(2)))].into(),
        };
        assert_eq!(*written.lock().unwrap(), [expected]);
    }
}
