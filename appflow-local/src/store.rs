//! [`Store`]: durable storage of the state.
//!
//! One thread writes. Changes that arrive during a transaction are batched into the next one. After a failed write,
//! nothing is written until the state has been rolled back to what is on disk: changes made in between depend on
//! changes that were lost, and fail too.

mod database;
mod pending;

pub use database::STORE_CHECK_THREAD;
pub(crate) use pending::PendingWrites;

use crate::state::{Change, Records};
use pending::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

const FILE: &str = "appflow-local.redb";
/// The maximum number of changes in a transaction.
const MAX_BATCH: usize = 1024;

/// An error on opening a store.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The folder or the file could not be created, read or written. The data may be intact.
    #[error("{path}: {reason}")]
    Folder {
        /// The folder or the file.
        path: PathBuf,
        /// The reason.
        reason: std::io::Error,
    },
    /// Another process has the store open.
    #[error("{path}: in use by another process: stop that process, or set another --data-dir")]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// The store is damaged. Nothing was changed.
    #[error(
        "{path}: the store is damaged: {reason}; nothing was changed: move the file away to start with an empty store"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The damage.
        reason: String,
    },
}

pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The medium that a store writes to.
pub(crate) trait Disk: Send + 'static {
    /// Writes all changes, or none on an error.
    fn write(&mut self, pending: &PendingWrites) -> Result<(), Failure>;

    /// Reads all records, after a failed write.
    fn read(&mut self) -> Result<Records, Failure>;
}

/// A failed write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WriteError {
    pub(crate) message: String,
    /// The number of the failed write.
    failure: u64,
}

/// An open store.
#[derive(Debug)]
pub(crate) struct Store {
    path: PathBuf,
    jobs: Option<Sender<Job>>,
    writer: Option<JoinHandle<()>>,
    failing: Arc<AtomicBool>,
}

enum Job {
    Write(Write, oneshot::Sender<Result<(), WriteError>>),
    Recover(u64, Sender<Result<Option<Records>, String>>),
}

impl Store {
    /// Opens or creates the store of a folder; returns it with its records.
    pub(crate) fn open(folder: &Path) -> Result<(Self, Records), StoreError> {
        std::fs::create_dir_all(folder).map_err(|reason| StoreError::Folder {
            path: folder.to_owned(),
            reason,
        })?;
        let path = folder.join(FILE);
        let (file, records) = database::open(&path)?;
        Ok((Self::writing(path, file), records))
    }

    /// Creates a store that writes to a medium.
    pub(crate) fn writing(path: PathBuf, disk: impl Disk) -> Self {
        let (jobs, waiting) = channel();
        let failing = Arc::new(AtomicBool::new(false));
        let mut writer = Writer {
            disk,
            failures: 0,
            failed: None,
            failing: failing.clone(),
        };
        let writer = std::thread::spawn(move || writer.work(&waiting));
        Self {
            path,
            jobs: Some(jobs),
            writer: Some(writer),
            failing,
        }
    }

    /// Returns the error for a record that cannot be read.
    pub(crate) fn damaged(&self, reason: String) -> StoreError {
        StoreError::Damaged {
            path: self.path.clone(),
            reason,
        }
    }

    /// Returns whether the last write failed and the state has not been rolled back yet.
    pub(crate) fn is_failing(&self) -> bool {
        self.failing.load(Ordering::Acquire)
    }

    /// Writes changes; resolves when these and all earlier changes are on disk. Without changes, it waits for the earlier
    /// ones.
    pub(crate) fn keep(
        &self,
        changes: Vec<Change>,
    ) -> impl Future<Output = Result<(), WriteError>> + Send + use<> {
        self.submit(Write::Changes(changes))
    }

    /// Replaces all records.
    pub(crate) fn replace(
        &self,
        records: &Records,
    ) -> impl Future<Output = Result<(), WriteError>> + Send + use<> {
        self.submit(Write::Replace(records.clone()))
    }

    /// Returns the records on disk after a failed write, or `None` if another caller recovered from it before. It blocks on
    /// the disk. The caller holds the lock of the state, so that no change comes in between.
    pub(crate) fn recover(&self, write_error: &WriteError) -> Result<Option<Records>, String> {
        let (answer, answered) = mpsc::channel();
        if let Some(jobs) = &self.jobs {
            let _ = jobs.send(Job::Recover(write_error.failure, answer));
        }
        answered.recv().unwrap_or_else(|_| Err(closed().message))
    }

    fn submit(&self, write: Write) -> impl Future<Output = Result<(), WriteError>> + Send + use<> {
        let (done, result) = oneshot::channel();
        if let Some(jobs) = &self.jobs {
            // A writer thread that has ended drops the job, and the receiver fails.
            let _ = jobs.send(Job::Write(write, done));
        }
        async move { result.await.unwrap_or_else(|_| Err(closed())) }
    }
}

fn closed() -> WriteError {
    WriteError {
        message: "the store is closed".to_owned(),
        failure: 0,
    }
}

impl Drop for Store {
    /// Waits until all changes are written.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

/// The state of the writer thread.
struct Writer<D> {
    disk: D,
    /// The number of failed writes.
    failures: u64,
    /// The last failure, until the state has been rolled back.
    failed: Option<WriteError>,
    failing: Arc<AtomicBool>,
}

impl<D: Disk> Writer<D> {
    fn work(&mut self, waiting: &Receiver<Job>) {
        let mut next = waiting.recv().ok();
        while let Some(job) = next.take() {
            match job {
                Job::Recover(failure, answer) => {
                    // The caller may have stopped waiting.
                    let _ = answer.send(self.recover(failure));
                }
                Job::Write(write, done) => {
                    let (mut pending, mut answers) = (PendingWrites::default(), vec![done]);
                    pending.add(write);
                    for job in waiting.try_iter().take(MAX_BATCH - 1) {
                        match job {
                            Job::Write(write, done) => {
                                pending.add(write);
                                answers.push(done);
                            }
                            recover => {
                                next = Some(recover);
                                break;
                            }
                        }
                    }
                    let result = self.write(&pending);
                    for done in answers {
                        let _ = done.send(result.clone());
                    }
                }
            }
            next = next.or_else(|| waiting.recv().ok());
        }
    }

    fn write(&mut self, pending: &PendingWrites) -> Result<(), WriteError> {
        if let Some(failed) = &self.failed {
            return Err(failed.clone());
        }
        if pending.is_empty() {
            return Ok(());
        }
        self.disk.write(pending).map_err(|error| {
            self.failures += 1;
            let write_error = WriteError {
                message: format!("cannot write the store: {error}"),
                failure: self.failures,
            };
            self.failed = Some(write_error.clone());
            self.failing.store(true, Ordering::Release);
            write_error
        })
    }

    fn recover(&mut self, failure: u64) -> Result<Option<Records>, String> {
        if self
            .failed
            .as_ref()
            .is_none_or(|failed| failed.failure != failure)
        {
            return Ok(None);
        }
        let records = self.disk.read();
        let records = records.map_err(|error| format!("cannot read the store: {error}"))?;
        self.failed = None;
        self.failing.store(false, Ordering::Release);
        Ok(Some(records))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use serde_json::json;
    use std::sync::Mutex;

    /// A medium whose writes have the outcomes that the test sends.
    pub(crate) struct Failing {
        pub(crate) outcomes: Receiver<Result<(), Failure>>,
        pub(crate) kept: Arc<Mutex<Records>>,
    }

    impl Disk for Failing {
        fn write(&mut self, pending: &PendingWrites) -> Result<(), Failure> {
            self.outcomes.recv().unwrap_or(Ok(()))?;
            let mut kept = self.kept.lock().unwrap();
            if pending.cleared {
                kept.clear();
            }
            for (key, value) in &pending.values {
                match value {
                    Some(value) => drop(kept.insert(key.clone(), value.clone())),
                    None => drop(kept.remove(key)),
                }
            }
            Ok(())
        }

        fn read(&mut self) -> Result<Records, Failure> {
            Ok(self.kept.lock().unwrap().clone())
        }
    }

    /// Returns a store, the sender of its outcomes and its records.
    pub(crate) fn failing() -> (Store, Sender<Result<(), Failure>>, Arc<Mutex<Records>>) {
        let (outcome, outcomes) = channel();
        let kept = Arc::new(Mutex::new(Records::new()));
        let disk = Failing {
            outcomes,
            kept: kept.clone(),
        };
        (Store::writing(PathBuf::new(), disk), outcome, kept)
    }

    fn set(key: &str, value: u32) -> Vec<Change> {
        vec![Change {
            key: key.to_owned(),
            value: Some(json!(value)),
        }]
    }

    #[tokio::test]
    async fn nothing_is_kept_after_a_failure_until_someone_goes_back() {
        let (store, outcome, kept) = failing();
        outcome.send(Ok(())).unwrap();
        assert!(store.keep(set("a", 1)).await.is_ok());
        outcome.send(Err("the disk is full".into())).unwrap();
        let failure = store.keep(set("b", 2)).await.unwrap_err();
        assert!(failure.message.contains("the disk is full"), "{failure:?}");
        // No outcome is asked for: the disk is not tried.
        assert_eq!(store.keep(set("c", 3)).await, Err(failure.clone()));
        assert_eq!(store.keep(Vec::new()).await, Err(failure.clone()));
        assert!(store.is_failing());
        let records = store.recover(&failure).unwrap().unwrap();
        assert_eq!(records, [("a".to_owned(), json!(1))].into());
        assert_eq!(store.recover(&failure), Ok(None), "once is enough");
        assert!(store.keep(Vec::new()).await.is_ok());
        outcome.send(Ok(())).unwrap();
        assert!(store.keep(set("d", 4)).await.is_ok());
        assert_eq!(kept.lock().unwrap().keys().collect::<Vec<_>>(), ["a", "d"]);
    }

    #[tokio::test]
    async fn a_replacement_that_failed_replaces_nothing() {
        let (store, outcome, kept) = failing();
        outcome.send(Ok(())).unwrap();
        assert!(store.keep(set("a", 1)).await.is_ok());
        outcome.send(Err("the disk is full".into())).unwrap();
        let failure = store.replace(&Records::new()).await.unwrap_err();
        assert!(store.recover(&failure).unwrap().is_some());
        outcome.send(Ok(())).unwrap();
        assert!(store.keep(set("b", 2)).await.is_ok());
        assert_eq!(kept.lock().unwrap().keys().collect::<Vec<_>>(), ["a", "b"]);
    }
}
