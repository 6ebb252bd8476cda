//! Ends a run: publishes its files, or sends its records to a connector.

use super::{Work, ended};
use crate::runs::connector::{Batch, Writer};
use crate::runs::job::Target;
use crate::runs::objects::{Buckets, unwritable};
use crate::runs::report::{End, Report};
use crate::runs::write::Finished;
use std::io::Write;

impl Work<'_> {
    /// Publishes the files, unless the run failed.
    pub(super) fn end(mut self, read: Result<(), End>) -> Report {
        let job = self.job;
        let target = &job.destination.target;
        let mut end = read.and_then(|()| self.check()).err().unwrap_or_default();
        if let (Target::Connector(writer), End::Done) = (target, &end) {
            let delivered = self.deliver(writer).and_then(|()| self.check());
            end = delivered.err().unwrap_or_default();
        }
        // Before the files, so that no file is published if they cannot be written. A failed run keeps its reason.
        if end != End::Abandoned
            && let Err(failed) = self.publish_failed_records()
            && !matches!(end, End::Failed(_))
        {
            end = failed;
        }
        if let (Target::Bucket(buckets, bucket), End::Done | End::Canceled) = (target, &end) {
            let published = self.publish(buckets, bucket, end == End::Canceled);
            end = published.err().unwrap_or(end);
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

    /// Publishes the files in a bucket: all of them or none. If the run is canceled meanwhile, those that are complete stay.
    fn publish(&mut self, buckets: &Buckets, bucket: &str, is_canceled: bool) -> Result<(), End> {
        let finished = self.finish()?;
        let keys = self.job.naming.keys(&finished);
        let stop = self.signal.stop(!is_canceled);
        let mut written = 0;
        for (file, key) in finished.iter().zip(keys) {
            let put = match stop.end() {
                Some(end) => Err(end),
                None => buckets
                    .put(bucket, &key, &file.path, stop)
                    .map_err(|error| ended(stop, unwritable(bucket, &error))),
            };
            match put {
                Ok(size) => {
                    written += file.records;
                    self.report.counts.bytes_written += size;
                    self.report.files.push(key);
                }
                Err(End::Canceled) => {
                    self.report.counts.written = written;
                    return Err(End::Canceled);
                }
                Err(end) => {
                    // It may be there, though the response was lost.
                    self.report.files.push(key);
                    for key in self.report.files.drain(..) {
                        let _ = buckets.remove(bucket, &key);
                    }
                    self.report.counts.bytes_written = 0;
                    return Err(end);
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

    /// Publishes the failed records, which a canceled run does too.
    fn publish_failed_records(&mut self) -> Result<(), End> {
        let to = self.job.destination.failed_records.as_ref();
        let (Some((buckets, bucket, prefix)), Some(mut records)) = (to, self.failed_records.take())
        else {
            return Ok(());
        };
        let flushed = records.flush();
        flushed.map_err(|error| End::Failed(unwritable(bucket, &error)))?;
        let naming = &self.job.naming;
        let key = [prefix.trim_matches('/'), &naming.flow, &naming.execution];
        let key: Vec<&str> = key.into_iter().filter(|piece| !piece.is_empty()).collect();
        let file = self.staged.0.join("failed");
        let stop = self.signal.stop(false);
        let put = buckets.put(bucket, &key.join("/"), &file, stop);
        put.map(drop)
            .map_err(|error| ended(stop, unwritable(bucket, &error)))
    }
}
