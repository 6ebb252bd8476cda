//! [`Store`]: changes in, kept on disk before anyone is told; all that is kept out, when it is opened.
//!
//! One thread writes. Changes that wait while a transaction is written go into the next one together. After a write that
//! failed nothing is written until the state has gone back to what is on disk: changes that were made meanwhile rest on
//! what was never kept, and fail too.

mod database;
mod unwritten;

pub use database::STORE_CHECK_THREAD;
pub(crate) use unwritten::Unwritten;

use crate::state::{Change, Records};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use tokio::sync::oneshot;
use unwritten::Write;

const FILE: &str = "appflow-local.redb";
/// How many waiting changes go into one transaction at most.
const MOST_AT_ONCE: usize = 1024;

/// A store that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The folder cannot be made, or the folder or the file cannot be read or written. What it holds may be whole.
    #[error("{path}: {reason}")]
    Folder {
        /// The folder or the file.
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

pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Where a store writes.
pub(crate) trait Disk: Send + 'static {
    /// Writes all of it or nothing.
    fn write(&mut self, unwritten: &Unwritten) -> Result<(), Failure>;

    /// Reads all that is kept, after a write that failed.
    fn read(&mut self) -> Result<Records, Failure>;
}

/// Changes that are not kept, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotKept {
    pub(crate) message: String,
    /// The number of the failed write.
    failure: u64,
}

/// A store that is open.
#[derive(Debug)]
pub(crate) struct Store {
    path: PathBuf,
    jobs: Option<Sender<Job>>,
    writer: Option<JoinHandle<()>>,
    failing: Arc<AtomicBool>,
}

enum Job {
    Write(Write, oneshot::Sender<Result<(), NotKept>>),
    Recover(u64, Sender<Result<Option<Records>, String>>),
}

impl Store {
    /// Opens the store of a folder, or makes one; gives what it holds.
    pub(crate) fn open(folder: &Path) -> Result<(Self, Records), StoreError> {
        std::fs::create_dir_all(folder).map_err(|reason| StoreError::Folder {
            path: folder.to_owned(),
            reason,
        })?;
        let path = folder.join(FILE);
        let (file, records) = database::open(&path)?;
        Ok((Self::writing(path, file), records))
    }

    /// A store that writes there.
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

    /// The error for records that cannot be understood.
    pub(crate) fn damaged(&self, reason: String) -> StoreError {
        StoreError::Damaged {
            path: self.path.clone(),
            reason,
        }
    }

    /// Returns whether the last write failed, and nobody has gone back to what is on disk yet.
    pub(crate) fn is_failing(&self) -> bool {
        self.failing.load(Ordering::Acquire)
    }

    /// Keeps changes; resolves when they are on disk, and all that was handed over before them: so it is worth waiting
    /// for without changes too.
    pub(crate) fn keep(
        &self,
        changes: Vec<Change>,
    ) -> impl Future<Output = Result<(), NotKept>> + Send + use<> {
        self.submit(Write::Changes(changes))
    }

    /// Keeps these records and nothing else.
    pub(crate) fn replace(
        &self,
        records: &Records,
    ) -> impl Future<Output = Result<(), NotKept>> + Send + use<> {
        self.submit(Write::Replace(records.clone()))
    }

    /// Goes back to what is on disk after a write that failed: gives it, or nothing when someone else did that before.
    /// The caller holds the state, so that no change comes in between. It waits for the disk.
    pub(crate) fn recover(&self, not_kept: &NotKept) -> Result<Option<Records>, String> {
        let (answer, answered) = mpsc::channel();
        if let Some(jobs) = &self.jobs {
            let _ = jobs.send(Job::Recover(not_kept.failure, answer));
        }
        answered.recv().unwrap_or_else(|_| Err(closed().message))
    }

    fn submit(&self, write: Write) -> impl Future<Output = Result<(), NotKept>> + Send + use<> {
        let (done, result) = oneshot::channel();
        if let Some(jobs) = &self.jobs {
            // A writer that is gone drops the job, which the receiver sees.
            let _ = jobs.send(Job::Write(write, done));
        }
        async move { result.await.unwrap_or_else(|_| Err(closed())) }
    }
}

fn closed() -> NotKept {
    NotKept {
        message: "the store is closed".to_owned(),
        failure: 0,
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

/// What the writing thread works with.
struct Writer<D> {
    disk: D,
    /// How many writes failed.
    failures: u64,
    /// The last failure, until the state has gone back to what is on disk.
    failed: Option<NotKept>,
    failing: Arc<AtomicBool>,
}

impl<D: Disk> Writer<D> {
    fn work(&mut self, waiting: &Receiver<Job>) {
        let mut next = waiting.recv().ok();
        while let Some(job) = next.take() {
            match job {
                Job::Recover(failure, answer) => {
                    // Who does not wait any more need not be told.
                    let _ = answer.send(self.recover(failure));
                }
                Job::Write(write, done) => {
                    let (mut unwritten, mut answers) = (Unwritten::default(), vec![done]);
                    unwritten.add(write);
                    for job in waiting.try_iter().take(MOST_AT_ONCE - 1) {
                        match job {
                            Job::Write(write, done) => {
                                unwritten.add(write);
                                answers.push(done);
                            }
                            recover => {
                                next = Some(recover);
                                break;
                            }
                        }
                    }
                    let result = self.write(&unwritten);
                    for done in answers {
                        let _ = done.send(result.clone());
                    }
                }
            }
            next = next.or_else(|| waiting.recv().ok());
        }
    }

    fn write(&mut self, unwritten: &Unwritten) -> Result<(), NotKept> {
        if let Some(failed) = &self.failed {
            return Err(failed.clone());
        }
        if unwritten.is_nothing() {
            return Ok(());
        }
        self.disk.write(unwritten).map_err(|error| {
            self.failures += 1;
            let not_kept = NotKept {
                message: format!("the store cannot be written: {error}"),
                failure: self.failures,
            };
            self.failed = Some(not_kept.clone());
            self.failing.store(true, Ordering::Release);
            not_kept
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
        let records = records.map_err(|error| format!("the store cannot be read: {error}"))?;
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

    /// A disk that fails while it is told to.
    pub(crate) struct Failing {
        pub(crate) outcomes: Receiver<Result<(), Failure>>,
        pub(crate) kept: Arc<Mutex<Records>>,
    }

    impl Disk for Failing {
        fn write(&mut self, unwritten: &Unwritten) -> Result<(), Failure> {
            self.outcomes.recv().unwrap_or(Ok(()))?;
            let mut kept = self.kept.lock().unwrap();
            if unwritten.cleared {
                kept.clear();
            }
            for (key, value) in &unwritten.values {
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

    /// A store, what its next writes come to, and what it keeps.
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
