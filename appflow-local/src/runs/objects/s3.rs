//! [`S3`]: the buckets of an S3 endpoint.
//!
//! Jobs have threads of their own, so the methods for them wait for responses, until the run is to stop.

mod connect;
mod download;
mod upload;

use super::{Content, Object, Staging};
use crate::runs::signal::Stop;
use appflow_local_s3::operation::list_objects_v2::ListObjectsV2Output;
use appflow_local_s3::primitives::DateTime;
use appflow_local_s3::{Client, Error};
use download::Download;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;

/// The buckets of an S3 endpoint.
#[derive(Debug)]
pub(crate) struct S3 {
    client: Client,
    /// The time limit of a request, and of the next bytes of an object.
    timeout: Duration,
    pub(super) staging: Arc<Staging>,
}

impl S3 {
    /// Lists the objects whose keys begin with a prefix, sorted by key.
    pub(super) fn list(
        &self,
        bucket: &str,
        prefix: &str,
        stop: Stop<'_>,
    ) -> io::Result<Vec<Object>> {
        wait(stop, async {
            let (mut found, mut token) = (Vec::new(), None);
            loop {
                let page = self.page(bucket, prefix, token.take(), None).await?;
                found.extend(page.contents().iter().filter_map(object));
                token = next(&page)?;
                if token.is_none() {
                    break;
                }
            }
            found.sort_by(|a, b| a.key.cmp(&b.key));
            Ok(found)
        })
    }

    /// Returns whether no object has a key that begins with a prefix.
    pub(super) async fn is_empty(&self, bucket: &str, prefix: &str) -> io::Result<bool> {
        let mut token = None;
        loop {
            // The first may be the marker of a folder.
            let page = self.page(bucket, prefix, token.take(), Some(2)).await?;
            if page.contents().iter().any(|found| object(found).is_some()) {
                return Ok(false);
            }
            token = next(&page)?;
            if token.is_none() {
                return Ok(true);
            }
        }
    }

    async fn page(
        &self,
        bucket: &str,
        prefix: &str,
        token: Option<String>,
        most: Option<i32>,
    ) -> io::Result<ListObjectsV2Output> {
        let request = self.client.list_objects_v2().bucket(bucket);
        let request = request.prefix(prefix.trim_start_matches('/'));
        let request = request.set_continuation_token(token).set_max_keys(most);
        request.send().await.map_err(|error| failed(&error))
    }

    /// Opens an object.
    pub(super) fn read<'a>(
        &'a self,
        bucket: &str,
        key: &str,
        stop: Stop<'a>,
    ) -> io::Result<Content<'a>> {
        let download = Download::open(self, bucket, key, stop)?;
        Ok(Content {
            bytes: download.length(),
            reader: Box::new(download),
        })
    }

    /// Publishes a file and returns its size. It becomes visible when all of it is uploaded.
    pub(super) fn put(
        &self,
        bucket: &str,
        key: &str,
        file: &Path,
        stop: Stop<'_>,
    ) -> io::Result<u64> {
        upload::upload(self, bucket, key.trim_start_matches('/'), file, stop)
    }

    /// Removes an object, within the time limit of one request.
    pub(super) fn remove(&self, bucket: &str, key: &str) -> io::Result<()> {
        let request = self.client.delete_object().bucket(bucket).key(key);
        let removed = Handle::current()
            .block_on(async { tokio::time::timeout(self.timeout, request.send()).await });
        let removed = removed.map_err(|_| self.timed_out())?;
        removed.map(drop).map_err(|error| failed(&error))
    }

    /// Returns an error if a bucket does not exist or cannot be accessed.
    pub(super) fn check(&self, bucket: &str, stop: Stop<'_>) -> io::Result<()> {
        wait(stop, self.exists(bucket))
    }

    /// Returns an error if a bucket does not exist or cannot be accessed.
    pub(super) async fn exists(&self, bucket: &str) -> io::Result<()> {
        let found = self.client.head_bucket().bucket(bucket).send().await;
        found.map(drop).map_err(|error| match error.is_not_found() {
            // The response has no body, and so no code.
            true => ErrorKind::NotFound.into(),
            false => failed(&error),
        })
    }

    fn timed_out(&self) -> io::Error {
        let message = format!("timed out after {} s", self.timeout.as_secs_f32());
        io::Error::new(ErrorKind::TimedOut, message)
    }
}

/// Waits for a response, or until the run is to stop.
fn wait<T>(stop: Stop<'_>, response: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    Handle::current().block_on(async {
        tokio::select! {
            response = response => response,
            () = stop.reached() => Err(io::Error::other("the run was stopped")),
        }
    })
}

/// Converts the error of a call. A missing bucket is the only one that is not found.
fn failed(error: &Error) -> io::Error {
    match error.code() {
        Some("NoSuchBucket") => ErrorKind::NotFound.into(),
        _ => io::Error::other(error.to_string()),
    }
}

/// Returns the token of the page after this one.
fn next(page: &ListObjectsV2Output) -> io::Result<Option<String>> {
    let token = page.next_continuation_token().map(str::to_owned);
    match page.is_truncated().unwrap_or(false) {
        true if token.is_none() => Err(io::Error::other(
            "ListObjectsV2: the response is truncated, but has no continuation token",
        )),
        true => Ok(token),
        false => Ok(None),
    }
}

/// Converts an object, unless it is the marker of a folder.
fn object(found: &appflow_local_s3::types::Object) -> Option<Object> {
    let (key, size) = (found.key()?, found.size().unwrap_or(0));
    if size == 0 && key.ends_with('/') {
        return None;
    }
    Some(Object {
        key: key.to_owned(),
        modified: found.last_modified().map_or(0, modified),
        bytes: u64::try_from(size).unwrap_or(0),
    })
}

/// Returns the time of a modification in milliseconds. S3 states whole seconds, which begin before the modification: their end
/// is used, so that no object is older than the start of the run that did not find it yet.
fn modified(at: &DateTime) -> i64 {
    const SECOND: i64 = 1000;
    let at = at.to_millis().unwrap_or(i64::MAX);
    match at % SECOND {
        0 => at.saturating_add(SECOND - 1),
        _ => at,
    }
}
