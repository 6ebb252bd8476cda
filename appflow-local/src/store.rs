//! [`Store`]: changes in, kept on disk before anyone is told; all that is kept out, when it is opened.
//!
//! One thread writes. Changes that wait while a transaction is written go into the next one together.

use crate::state::{Change, Records};
use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};
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

impl Store {
    /// Opens the store of a folder, or makes one; gives what it holds.
    pub(crate) fn open(folder: &Path) -> Result<(Self, Records), StoreError> {
        std::fs::create_dir_all(folder).map_err(|reason| StoreError::Folder {
            path: folder.to_owned(),
            reason,
        })?;
        let path = folder.join(FILE);
        let (database, records) = open(&path)?;
        let (jobs, waiting) = channel();
        let writer = std::thread::spawn(move || write_all(&database, &waiting));
        let store = Self {
            path,
            jobs: Some(jobs),
            writer: Some(writer),
        };
        Ok((store, records))
    }

    /// The error for records that cannot be understood.
    pub(crate) fn damaged(&self, reason: String) -> StoreError {
        StoreError::Damaged {
            path: self.path.clone(),
            reason,
        }
    }

    /// Keeps changes; resolves when they are on disk.
    pub(crate) fn keep(
        &self,
        changes: Vec<Change>,
    ) -> impl Future<Output = Result<(), String>> + Send + use<> {
        let job = (!changes.is_empty()).then(|| self.submit(Write::Changes(changes)));
        async move {
            match job {
                Some(job) => job
                    .await
                    .unwrap_or_else(|_| Err("the store is closed".to_owned())),
                None => Ok(()),
            }
        }
    }

    /// Keeps these records and nothing else.
    pub(crate) fn replace(
        &self,
        records: &Records,
    ) -> impl Future<Output = Result<(), String>> + Send + use<> {
        let job = self.submit(Write::Replace(records.clone()));
        async move {
            job.await
                .unwrap_or_else(|_| Err("the store is closed".to_owned()))
        }
    }

    fn submit(&self, write: Write) -> oneshot::Receiver<Result<(), String>> {
        let (done, result) = oneshot::channel();
        if let Some(jobs) = &self.jobs {
            // A writer that is gone drops the job, which the receiver sees.
            let _ = jobs.send(Job { write, done });
        }
        result
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
    let damaged = |reason: String| StoreError::Damaged {
        path: path.to_owned(),
        reason,
    };
    let database = match Database::create(path) {
        Ok(database) => database,
        Err(redb::DatabaseError::DatabaseAlreadyOpen) => {
            return Err(StoreError::InUse {
                path: path.to_owned(),
            });
        }
        Err(error) => return Err(damaged(error.to_string())),
    };
    let records = check_and_read(database).map_err(|error| damaged(error.to_string()))?;
    Ok(records)
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Looks at every page before anything is believed.
fn check_and_read(mut database: Database) -> Result<(Database, Records), Failure> {
    if !database.check_integrity()? {
        return Err("its checksums do not hold".into());
    }
    let transaction = database.begin_write()?;
    {
        transaction.open_table(RECORDS)?;
        let mut about = transaction.open_table(ABOUT)?;
        let format = about.get("format")?.map(|format| format.value().to_owned());
        match format.as_deref() {
            Some(FORMAT) => {}
            Some(other) => return Err(format!("it has format {other}, not {FORMAT}").into()),
            None => drop(about.insert("format", FORMAT)?),
        }
    }
    transaction.commit()?;
    let mut records = Records::new();
    let table = database.begin_read()?.open_table(RECORDS)?;
    for entry in table.iter()? {
        let (key, value) = entry?;
        let value = serde_json::from_str(value.value())
            .map_err(|error| format!("the record `{}` is not JSON: {error}", key.value()))?;
        records.insert(key.value().to_owned(), value);
    }
    drop(table);
    Ok((database, records))
}

fn write_all(database: &Database, waiting: &Receiver<Job>) {
    while let Ok(first) = waiting.recv() {
        let mut jobs = vec![first];
        jobs.extend(waiting.try_iter().take(MOST_AT_ONCE - 1));
        let result =
            write(database, &jobs).map_err(|error| format!("the store cannot be written: {error}"));
        for job in jobs {
            // Who does not wait any more need not be told.
            let _ = job.done.send(result.clone());
        }
    }
}

fn write(database: &Database, jobs: &[Job]) -> Result<(), Failure> {
    let transaction = database.begin_write()?;
    {
        let mut table = transaction.open_table(RECORDS)?;
        for job in jobs {
            match &job.write {
                Write::Changes(changes) => {
                    for Change { key, value } in changes {
                        match value {
                            Some(value) => {
                                drop(table.insert(key.as_str(), value.to_string().as_str())?)
                            }
                            None => drop(table.remove(key.as_str())?),
                        }
                    }
                }
                Write::Replace(records) => {
                    table.retain(|_, _| false)?;
                    for (key, value) in records {
                        table.insert(key.as_str(), value.to_string().as_str())?;
                    }
                }
            }
        }
    }
    transaction.commit()?;
    Ok(())
}
