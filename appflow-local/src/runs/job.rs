//! [`Job`]: executes one run on a thread of its own.

use super::cell::Row;
use super::connector::{Batch, Reader, Writer};
use super::objects::{Buckets, Object, Staged};
use super::plan::{Outcome, Plan};
use super::read::{InputFormat, Item, ReadError, records};
use super::types::time;
use super::write::naming::Naming;
use super::write::{Finished, Layout, OutputFormat, Outputs};
use appflow_sdk::types::Task;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

/// The number of sample records of a run.
const SAMPLE_SIZE: usize = 5;

/// The definition of one run.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    pub(crate) source: Source,
    pub(crate) destination: Destination,
    pub(crate) tasks: Vec<Task>,
    pub(crate) naming: Naming,
    /// The time range that an incremental run reads.
    pub(crate) pull: Option<(i64, i64)>,
    /// The timestamp field by which records of sources other than S3 are in that range.
    pub(crate) time_field: Option<String>,
}

/// The source of records.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// The objects below a prefix.
    Objects {
        buckets: Arc<Buckets>,
        bucket: String,
        prefix: String,
        format: InputFormat,
    },
    /// A file of sample data of an entity: the first of these keys that exists.
    Sample {
        folder: Arc<Buckets>,
        connector: String,
        keys: Vec<String>,
    },
    /// The records of an entity of a custom connector.
    Connector(Box<Reader>),
}

/// The destination of records.
#[derive(Debug, Clone)]
pub(crate) struct Destination {
    /// The buckets that files are staged and published in.
    pub(crate) buckets: Arc<Buckets>,
    pub(crate) target: Target,
    pub(crate) layout: Layout,
    /// The destination of failed records: buckets, bucket and prefix.
    pub(crate) failed_records: Option<(Arc<Buckets>, String, String)>,
    pub(crate) fails_on_first_error: bool,
}

/// The receiver of written records.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    Bucket(String),
    Connector(Box<Writer>),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bucket(bucket) => write!(f, "the bucket {bucket}"),
            Self::Connector(writer) => write!(f, "the entity {}", writer.connector.entity),
        }
    }
}

/// The counts of records. `read` is the sum of the next four.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Counts {
    pub(crate) read: u64,
    pub(crate) written: u64,
    pub(crate) filtered: u64,
    pub(crate) dropped: u64,
    pub(crate) failed: u64,
    pub(crate) bytes_read: u64,
    pub(crate) bytes_written: u64,
}

/// The result of a run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Report {
    pub(crate) counts: Counts,
    pub(crate) end: End,
    /// The keys of the written files.
    pub(crate) files: Vec<String>,
    /// Sample records as JSON, before and after the tasks.
    pub(crate) shown: (Vec<String>, Vec<String>),
    /// The reason why the first failed record failed.
    pub(crate) first_failure: Option<String>,
}

/// The outcome of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum End {
    #[default]
    Done,
    Failed(String),
    Canceled,
    /// The program ends; the run leaves no files.
    Abandoned,
}

/// A signal to stop a run.
#[derive(Debug, Default)]
pub(crate) struct Signal(AtomicU8);

impl Signal {
    const CANCEL: u8 = 1;
    const ABANDON: u8 = 2;

    /// Cancels the run; the records that it has processed stay.
    pub(crate) fn cancel(&self) {
        self.0.fetch_max(Self::CANCEL, Ordering::Relaxed);
    }

    /// Abandons the run; it leaves no files.
    pub(crate) fn abandon(&self) {
        self.0.fetch_max(Self::ABANDON, Ordering::Relaxed);
    }

    /// Resolves when the run is to end.
    pub(crate) async fn ended(&self) -> End {
        const PAUSE: Duration = Duration::from_millis(50);
        loop {
            match self.end() {
                Some(end) => return end,
                None => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    fn end(&self) -> Option<End> {
        match self.0.load(Ordering::Relaxed) {
            0 => None,
            Self::CANCEL => Some(End::Canceled),
            _ => Some(End::Abandoned),
        }
    }
}

/// Executes the run.
pub(crate) fn run(job: &Job, signal: &Signal) -> Report {
    let mut work = match Work::new(job, signal) {
        Ok(work) => work,
        Err(message) => {
            return Report {
                end: End::Failed(message),
                ..Report::default()
            };
        }
    };
    let read = work.read();
    work.end(read)
}

struct Work<'a> {
    job: &'a Job,
    signal: &'a Signal,
    plan: Plan,
    staged: Staged,
    outputs: Outputs,
    failed_records: Option<File>,
    report: Report,
}

/// An object of a source: its name and its bytes.
struct Input {
    name: String,
    bytes: u64,
    file: Box<dyn Read>,
}

impl<'a> Work<'a> {
    fn new(job: &'a Job, signal: &'a Signal) -> Result<Self, String> {
        let plan = Plan::new(&job.tasks)?;
        let mut layout = job.destination.layout.clone();
        layout.columns = plan.columns();
        layout.types.clone_from(plan.types());
        if layout.format == OutputFormat::Parquet && !cfg!(feature = "parquet") {
            return Err(
                "Parquet is not supported: build appflow-local with the feature `parquet`"
                    .to_owned(),
            );
        }
        let staged = job.destination.buckets.stage(&job.naming.execution);
        let staged =
            staged.map_err(|error| format!("cannot use the folder of buckets: {error}"))?;
        Ok(Self {
            job,
            signal,
            plan,
            outputs: Outputs::new(&staged.0, layout),
            staged,
            failed_records: None,
            report: Report::default(),
        })
    }

    /// Reads all records and applies the plan to them.
    fn read(&mut self) -> Result<(), End> {
        let job = self.job;
        match &job.source {
            Source::Objects {
                buckets,
                bucket,
                prefix,
                format,
            } => {
                let objects = objects(buckets, bucket, prefix).map_err(End::Failed)?;
                let objects: Vec<Object> = objects
                    .into_iter()
                    .filter(|object| self.is_new(object))
                    .collect();
                self.outputs.expect_one_header(objects.len() == 1);
                for (number, object) in objects.into_iter().enumerate() {
                    let file = buckets.read(bucket, &object.key);
                    let name = object.key;
                    let file = file.map_err(|error| End::Failed(format!("{name}: {error}")))?;
                    let input = Input {
                        name,
                        bytes: object.bytes,
                        file: Box::new(file),
                    };
                    self.read_input(input, number, *format, false)?;
                }
                Ok(())
            }
            Source::Sample {
                folder,
                connector,
                keys,
            } => {
                let input = sample(folder, connector, keys).map_err(End::Failed)?;
                self.read_input(input, 0, InputFormat::Guessed, true)
            }
            Source::Connector(reader) => {
                let name = reader.connector.entity.as_str();
                reader.read(self.signal, &mut |item, bytes| {
                    self.report.counts.bytes_read += bytes as u64;
                    self.take(item, name, 0, true)
                })
            }
        }
    }

    /// Returns whether an object was modified in the time range of an incremental run.
    fn is_new(&self, object: &Object) -> bool {
        self.job
            .pull
            .is_none_or(|(from, until)| (from < object.modified) && (object.modified <= until))
    }

    fn read_input(
        &mut self,
        input: Input,
        number: usize,
        format: InputFormat,
        by_time_field: bool,
    ) -> Result<(), End> {
        self.report.counts.bytes_read += input.bytes;
        let name = input.name;
        let read = records(input.file, format, &mut |item| {
            self.take(item, &name, number, by_time_field)
        });
        read.map_err(|error| match error {
            ReadError::Stopped(end) => end,
            ReadError::Source(reason) => End::Failed(format!("{name}: {reason}")),
        })
    }

    fn take(&mut self, item: Item, object: &str, number: usize, by_time: bool) -> Result<(), End> {
        if let Some(end) = self.signal.end() {
            return Err(end);
        }
        let mut row = match item {
            Item::Broken { text, reason } => {
                self.report.counts.read += 1;
                return self.fail(format!("{object}: {reason}"), &text);
            }
            Item::Record(row) => row,
        };
        if by_time && !self.is_in_range(&row) {
            return Ok(());
        }
        self.report.counts.read += 1;
        if self.report.shown.0.len() < SAMPLE_SIZE {
            self.report.shown.0.push(row.json());
        }
        match self.plan.apply(&mut row) {
            Outcome::Written(mapped, folder) => {
                let written = self.outputs.write(&mapped, &folder, number);
                written.map_err(|error| self.cannot_write(&error))?;
                self.report.counts.written += 1;
                if self.report.shown.1.len() < SAMPLE_SIZE {
                    self.report.shown.1.push(mapped.json());
                }
            }
            Outcome::Filtered => self.report.counts.filtered += 1,
            Outcome::Dropped => self.report.counts.dropped += 1,
            Outcome::EndsRun(message) => return Err(End::Failed(message)),
            Outcome::Failed(reason) => {
                return self.fail(format!("{object}: {reason}"), &row.json());
            }
        }
        Ok(())
    }

    /// Returns whether a record of a source other than S3 is in the time range of an incremental run.
    fn is_in_range(&self, row: &Row) -> bool {
        let (Some((from, until)), Some(field)) = (self.job.pull, &self.job.time_field) else {
            return true;
        };
        let at = row.get(field).and_then(|cell| time(&cell.text()));
        at.is_some_and(|at| from < at && at <= until)
    }

    /// Counts a failed record, and writes it where the error handling of the flow says.
    fn fail(&mut self, reason: String, record: &str) -> Result<(), End> {
        self.report.counts.failed += 1;
        let reason = self.report.first_failure.get_or_insert(reason).clone();
        if self.job.destination.failed_records.is_some() {
            let line = serde_json::json!({ "error": reason, "record": record });
            let written = self.set_aside(&line.to_string());
            written.map_err(|error| self.cannot_write(&error))?;
        }
        if self.job.destination.fails_on_first_error {
            return Err(End::Failed(reason));
        }
        Ok(())
    }

    fn set_aside(&mut self, line: &str) -> io::Result<()> {
        let file = match &mut self.failed_records {
            Some(file) => file,
            None => {
                let file = File::create(self.staged.0.join("failed"))?;
                self.failed_records.insert(file)
            }
        };
        writeln!(file, "{line}")
    }

    fn cannot_write(&self, error: &io::Error) -> End {
        let target = &self.job.destination.target;
        End::Failed(format!("cannot write to {target}: {error}"))
    }

    /// Publishes the files, unless the run failed.
    fn end(mut self, read: Result<(), End>) -> Report {
        let job = self.job;
        let target = &job.destination.target;
        let mut end = read.and_then(|()| self.check()).err().unwrap_or_default();
        if let (Target::Connector(writer), End::Done) = (target, &end) {
            let delivered = self.deliver(writer).and_then(|()| self.check());
            end = delivered.err().unwrap_or_default();
        }
        // Before the files, so that no file is published if they cannot be written. A failed run keeps its reason.
        if end != End::Abandoned
            && let Err(error) = self.publish_failed_records()
            && !matches!(end, End::Failed(_))
        {
            end = self.cannot_write(&error);
        }
        if let (Target::Bucket(bucket), End::Done | End::Canceled) = (target, &end)
            && let Err(failed) = self.publish(bucket)
        {
            end = failed;
        }
        let is_delivered = matches!(target, Target::Connector(_));
        if matches!(end, End::Failed(_) | End::Abandoned) && !is_delivered {
            // No file was published.
            self.report.counts.written = 0;
        }
        self.report.end = end;
        self.report
    }

    /// Fails the run if all of its records failed.
    fn check(&self) -> Result<(), End> {
        let counts = self.report.counts;
        if counts.failed == 0 || counts.written > 0 {
            return Ok(());
        }
        let reason = self.report.first_failure.as_deref().unwrap_or_default();
        Err(End::Failed(format!(
            "All records failed. First failure: {reason}"
        )))
    }

    /// Closes the files of the run.
    fn finish(&mut self) -> Result<Vec<Finished>, End> {
        let finished = self.outputs.finish();
        finished.map_err(|error| self.cannot_write(&error))
    }

    /// Publishes the files in a bucket: all of them or none.
    fn publish(&mut self, bucket: &str) -> Result<(), End> {
        let to = &self.job.destination.buckets;
        let finished = self.finish()?;
        let keys = self.job.naming.keys(&finished);
        for (file, key) in finished.iter().zip(keys) {
            match to.put(bucket, &key, &file.path) {
                Ok(size) => {
                    self.report.counts.bytes_written += size;
                    self.report.files.push(key);
                }
                Err(error) => {
                    for key in self.report.files.drain(..) {
                        let _ = to.remove(bucket, &key);
                    }
                    self.report.counts.bytes_written = 0;
                    return Err(self.cannot_write(&error));
                }
            }
        }
        Ok(())
    }

    /// Sends the records to a connector. Records of accepted batches stay counted even if the run fails later.
    fn deliver(&mut self, writer: &Writer) -> Result<(), End> {
        let finished = self.finish()?;
        self.report.counts.written = 0;
        let (signal, all_or_none) = (self.signal, self.job.destination.fails_on_first_error);
        for file in finished {
            writer.write(&file.path, all_or_none, signal, &mut |batch| {
                self.count(&batch)
            })?;
        }
        Ok(())
    }

    /// Counts the records of a batch that was sent to a connector.
    fn count(&mut self, batch: &Batch) -> Result<(), End> {
        for (position, record) in batch.records.iter().enumerate() {
            if !batch.failures.contains_key(&position) {
                self.report.counts.written += 1;
                self.report.counts.bytes_written += record.len() as u64;
            }
        }
        for (position, reason) in &batch.failures {
            if let Some(record) = batch.records.get(*position) {
                self.fail(reason.clone(), record)?;
            }
        }
        Ok(())
    }

    fn publish_failed_records(&self) -> io::Result<()> {
        let to = self.job.destination.failed_records.as_ref();
        let (Some((buckets, bucket, prefix)), Some(_)) = (to, &self.failed_records) else {
            return Ok(());
        };
        let naming = &self.job.naming;
        let key = [prefix.trim_matches('/'), &naming.flow, &naming.execution];
        let key: Vec<&str> = key.into_iter().filter(|piece| !piece.is_empty()).collect();
        let file = self.staged.0.join("failed");
        buckets.put(bucket, &key.join("/"), &file).map(drop)
    }
}

/// Returns the objects of a source. As in AppFlow, it is an error if there are none.
pub(crate) fn objects(
    buckets: &Buckets,
    bucket: &str,
    prefix: &str,
) -> Result<Vec<Object>, String> {
    let objects = buckets.list(bucket, prefix);
    let objects = objects.map_err(|error| format!("cannot read the bucket {bucket}: {error}"))?;
    if objects.is_empty() {
        return Err(format!(
            "The bucket {bucket} has no objects whose keys begin with `{prefix}`"
        ));
    }
    Ok(objects)
}

fn sample(folder: &Buckets, connector: &str, keys: &[String]) -> Result<Input, String> {
    for key in keys {
        let file = match folder.read(connector, key) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            file => file,
        };
        let name = format!("{connector}/{key}");
        let file = file.map_err(|error| format!("{name}: {error}"))?;
        let bytes = file.metadata().map_or(0, |metadata| metadata.len());
        return Ok(Input {
            name,
            bytes,
            file: Box::new(file),
        });
    }
    let wanted = keys.first().map(String::as_str).unwrap_or_default();
    Err(format!(
        "No sample data for this entity: file not found: {connector}/{wanted}"
    ))
}
