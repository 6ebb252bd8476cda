//! [`run`]: executes a job on a thread of its own: reads records, applies the tasks and writes files.

mod publish;

use super::cell::Row;
use super::job::{Job, Source, Target};
use super::objects::{Buckets, Content, Object, Staged, objects, unwritable};
use super::plan::{Outcome, Plan};
use super::read::{InputFormat, Item, ReadError, records};
use super::report::{End, Report};
use super::signal::{Signal, Stop};
use super::types::time;
use super::write::{OutputFormat, Outputs};
use std::fs::File;
use std::io::{self, BufWriter, Write};

/// The number of sample records of a run.
const SAMPLE_SIZE: usize = 5;
/// The maximum number of characters of a sample record. A record may have 16 MB, and the samples of many runs are kept.
const MAX_SAMPLE_CHARACTERS: usize = 1000;

/// Executes a job.
pub(crate) fn run(job: &Job, signal: &Signal) -> Report {
    let mut work = match Work::new(job, signal) {
        Ok(work) => work,
        Err(end) => {
            return Report {
                end,
                ..Report::default()
            };
        }
    };
    let read = work.read();
    work.end(read).shortened()
}

struct Work<'a> {
    job: &'a Job,
    signal: &'a Signal,
    plan: Plan,
    staged: Staged,
    outputs: Outputs,
    failed_records: Option<BufWriter<File>>,
    report: Report,
}

/// An object of a source.
struct Input<'a> {
    name: &'a str,
    /// The position of the object among those of the source.
    number: usize,
    format: InputFormat,
    /// `true` if the source responds to queries: records that a filter or the time range excludes are not read at all.
    is_queried: bool,
}

impl<'a> Work<'a> {
    fn new(job: &'a Job, signal: &'a Signal) -> Result<Self, End> {
        let plan = Plan::new(&job.tasks).map_err(End::Failed)?;
        let mut layout = job.destination.layout.clone();
        layout.columns = plan.columns();
        layout.types.clone_from(plan.types());
        if layout.format == OutputFormat::Parquet && !cfg!(feature = "parquet") {
            return Err(End::Failed(
                "Parquet is not supported: build appflow-local with the feature `parquet`"
                    .to_owned(),
            ));
        }
        let stop = signal.stop(true);
        check_destination(job, stop)?;
        let staged = job.destination.staging.stage(&job.naming.execution);
        let staged = staged
            .map_err(|error| End::Failed(format!("cannot use the folder for files: {error}")))?;
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
            } => self.read_objects(buckets, bucket, prefix, *format),
            Source::Sample {
                folder,
                connector,
                keys,
            } => {
                let sample = sample(folder, connector, keys, self.signal.stop(true));
                let (name, content) = sample.map_err(End::Failed)?;
                let input = Input {
                    name: &name,
                    number: 0,
                    format: InputFormat::Guessed,
                    is_queried: true,
                };
                self.read_content(content, &input)
            }
            Source::Connector(reader) => {
                let input = Input {
                    name: reader.connector.entity.as_str(),
                    number: 0,
                    format: InputFormat::Json,
                    is_queried: true,
                };
                reader.read(self.signal, &mut |item, bytes| {
                    self.report.counts.bytes_read += bytes as u64;
                    self.take(item, &input)
                })
            }
        }
    }

    fn read_objects(
        &mut self,
        buckets: &Buckets,
        bucket: &str,
        prefix: &str,
        format: InputFormat,
    ) -> Result<(), End> {
        let stop = self.signal.stop(true);
        let objects = objects(buckets, bucket, prefix, stop);
        let objects = objects.map_err(|message| ended(stop, message))?.into_iter();
        let objects: Vec<Object> = objects.filter(|object| self.is_new(object)).collect();
        self.outputs.expect_one_header(objects.len() == 1);
        for (number, object) in objects.iter().enumerate() {
            let name = object.key.as_str();
            let content = buckets.read(bucket, name, stop);
            let content = content.map_err(|error| ended(stop, format!("{name}: {error}")))?;
            let input = Input {
                name,
                number,
                format,
                is_queried: false,
            };
            self.read_content(content, &input)?;
        }
        Ok(())
    }

    /// Returns whether an object was modified in the time range of an incremental run.
    fn is_new(&self, object: &Object) -> bool {
        self.job
            .pull
            .is_none_or(|(from, until)| (from < object.modified) && (object.modified <= until))
    }

    fn read_content(&mut self, content: Content<'_>, input: &Input<'_>) -> Result<(), End> {
        self.report.counts.bytes_read += content.bytes;
        let read = records(content.reader, input.format, &mut |item| {
            self.take(item, input)
        });
        read.map_err(|error| match error {
            ReadError::Stopped(end) => end,
            ReadError::Source(reason) => {
                ended(self.signal.stop(true), format!("{}: {reason}", input.name))
            }
        })
    }

    fn take(&mut self, item: Item, input: &Input<'_>) -> Result<(), End> {
        if let Some(end) = self.signal.end() {
            return Err(end);
        }
        let mut row = match item {
            Item::Broken { text, reason } => {
                self.report.counts.read += 1;
                return self.fail(format!("{}: {reason}", input.name), &text);
            }
            Item::Record(row) => row,
        };
        if input.is_queried && !self.is_in_range(&row) {
            return Ok(());
        }
        self.report.counts.read += 1;
        if self.report.shown.0.len() < SAMPLE_SIZE {
            self.report.shown.0.push(shown(&row));
        }
        match self.plan.apply(&mut row) {
            Outcome::Written(mapped, folder) => {
                let written = self.outputs.write(&mapped, &folder, input.number);
                written.map_err(|error| self.cannot_write(&error))?;
                self.report.counts.written += 1;
                if self.report.shown.1.len() < SAMPLE_SIZE {
                    self.report.shown.1.push(shown(&mapped));
                }
            }
            Outcome::Filtered if input.is_queried => self.report.counts.read -= 1,
            Outcome::Filtered => self.report.counts.filtered += 1,
            Outcome::Dropped => self.report.counts.dropped += 1,
            Outcome::EndsRun(message) => return Err(End::Failed(message)),
            Outcome::Failed(reason) => {
                return self.fail(format!("{}: {reason}", input.name), &row.json());
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
        let first = &mut self.report.first_failure;
        first.get_or_insert_with(|| reason.clone());
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
                self.failed_records.insert(BufWriter::new(file))
            }
        };
        writeln!(file, "{line}")
    }

    fn cannot_write(&self, error: &io::Error) -> End {
        let target = &self.job.destination.target;
        End::Failed(match target {
            Target::Bucket(_, bucket) => unwritable(bucket, error),
            Target::Connector(_) => format!("cannot write to {target}: {error}"),
        })
    }
}

/// Returns a record as JSON, to be shown, or its beginning.
fn shown(row: &Row) -> String {
    let mut text = row.json();
    if let Some((end, _)) = text.char_indices().nth(MAX_SAMPLE_CHARACTERS) {
        text.truncate(end);
        text.shrink_to_fit();
    }
    text
}

/// Checks the buckets of a destination, before anything is read for it: that of its records and that of failed ones.
fn check_destination(job: &Job, stop: Stop<'_>) -> Result<(), End> {
    let check = |buckets: &Buckets, bucket: &str, key: &str| {
        let checked = buckets.check_destination(bucket, key, stop);
        checked.map_err(|error| ended(stop, unwritable(bucket, &error)))
    };
    if let Target::Bucket(buckets, bucket) = &job.destination.target {
        check(buckets, bucket, &job.naming.key("", None))?;
    }
    match &job.destination.failed_records {
        Some((buckets, bucket, prefix)) => check(buckets, bucket, prefix),
        None => Ok(()),
    }
}

/// Returns the end of a run that was stopped, or else failed.
fn ended(stop: Stop<'_>, message: String) -> End {
    stop.end().unwrap_or(End::Failed(message))
}

/// Opens the sample data of an entity, and returns its name.
fn sample<'a>(
    folder: &'a Buckets,
    connector: &str,
    keys: &[String],
    stop: Stop<'a>,
) -> Result<(String, Content<'a>), String> {
    for key in keys {
        let name = format!("{connector}/{key}");
        match folder.read(connector, key, stop) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(format!("{name}: {error}")),
            Ok(content) => return Ok((name, content)),
        }
    }
    let wanted = keys.first().map(String::as_str).unwrap_or_default();
    Err(format!(
        "No sample data for this entity: file not found: {connector}/{wanted}"
    ))
}
