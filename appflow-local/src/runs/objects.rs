//! [`Buckets`]: folders, or the buckets of an S3 endpoint. Objects are written whole or not at all.

mod folders;
mod s3;
mod staging;

pub(crate) use folders::Folders;
pub(crate) use s3::S3;
pub(crate) use staging::{Staged, Staging};

use super::signal::Stop;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// An object of a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Object {
    pub(crate) key: String,
    /// The last modification, in milliseconds since 1970.
    pub(crate) modified: i64,
    pub(crate) bytes: u64,
}

/// The content of an object.
pub(crate) struct Content<'a> {
    pub(crate) bytes: u64,
    pub(crate) reader: Box<dyn Read + 'a>,
}

/// A set of buckets. Its methods block; those that are not `async` need a thread that may.
#[derive(Debug)]
pub(crate) enum Buckets {
    Folders(Arc<Folders>),
    S3(S3),
}

impl Buckets {
    /// Returns the folder for files until they are published.
    pub(crate) fn staging(&self) -> Arc<Staging> {
        match self {
            Self::Folders(folders) => folders.staging.clone(),
            Self::S3(s3) => s3.staging.clone(),
        }
    }

    /// Lists the objects whose keys begin with a prefix, sorted by key.
    pub(crate) fn list(
        &self,
        bucket: &str,
        prefix: &str,
        stop: Stop<'_>,
    ) -> io::Result<Vec<Object>> {
        match self {
            Self::Folders(folders) => folders.list(bucket, prefix),
            Self::S3(s3) => s3.list(bucket, prefix, stop),
        }
    }

    /// Opens an object.
    pub(crate) fn read<'a>(
        &'a self,
        bucket: &str,
        key: &str,
        stop: Stop<'a>,
    ) -> io::Result<Content<'a>> {
        match self {
            Self::Folders(folders) => folders.read(bucket, key),
            Self::S3(s3) => s3.read(bucket, key, stop),
        }
    }

    /// Publishes a file atomically and returns its size.
    pub(crate) fn put(
        &self,
        bucket: &str,
        key: &str,
        file: &Path,
        stop: Stop<'_>,
    ) -> io::Result<u64> {
        match self {
            Self::Folders(folders) => folders.put(bucket, key, file),
            Self::S3(s3) => s3.put(bucket, key, file, stop),
        }
    }

    /// Removes an object.
    pub(crate) fn remove(&self, bucket: &str, key: &str) -> io::Result<()> {
        match self {
            Self::Folders(folders) => folders.remove(bucket, key),
            Self::S3(s3) => s3.remove(bucket, key),
        }
    }

    /// Checks a destination before anything is written to it: a bucket of S3 must exist, and a folder, which is created by its
    /// first file, must be in the folder of buckets.
    pub(crate) fn check_destination(
        &self,
        bucket: &str,
        key: &str,
        stop: Stop<'_>,
    ) -> io::Result<()> {
        match self {
            Self::Folders(folders) => folders.check(bucket, key),
            Self::S3(s3) => s3.check(bucket, stop),
        }
    }

    /// Returns the fault of a source, without blocking.
    pub(crate) async fn source_fault(&self, bucket: &str, prefix: &str) -> Option<String> {
        let is_empty = match self {
            Self::S3(s3) => s3.is_empty(bucket, prefix).await,
            Self::Folders(folders) => {
                let (folders, bucket, prefix) =
                    (folders.clone(), bucket.to_owned(), prefix.to_owned());
                let listed = spawn_blocking(move || folders.list(&bucket, &prefix)).await;
                let listed = listed.map_err(io::Error::other).flatten();
                listed.map(|objects| objects.is_empty())
            }
        };
        match is_empty {
            Ok(false) => None,
            Ok(true) => Some(no_objects(bucket, prefix)),
            Err(error) => Some(unreadable(bucket, &error)),
        }
    }

    /// Returns the fault of a destination, without blocking.
    pub(crate) async fn destination_fault(&self, bucket: &str) -> Option<String> {
        match self {
            Self::Folders(folders) => folders.check(bucket, ""),
            Self::S3(s3) => s3.exists(bucket).await,
        }
        .err()
        .map(|error| unwritable(bucket, &error))
    }
}

/// Returns the objects of a source. As in AppFlow, it is an error if there are none.
pub(crate) fn objects(
    buckets: &Buckets,
    bucket: &str,
    prefix: &str,
    stop: Stop<'_>,
) -> Result<Vec<Object>, String> {
    let objects = buckets.list(bucket, prefix, stop);
    let objects = objects.map_err(|error| unreadable(bucket, &error))?;
    if objects.is_empty() {
        return Err(no_objects(bucket, prefix));
    }
    Ok(objects)
}

fn no_objects(bucket: &str, prefix: &str) -> String {
    format!("The bucket {bucket} has no objects whose keys begin with `{prefix}`")
}

fn unreadable(bucket: &str, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => format!("The bucket {bucket} does not exist"),
        _ => format!("cannot read the bucket {bucket}: {error}"),
    }
}

/// Returns the message about a bucket that cannot be written to.
pub(crate) fn unwritable(bucket: &str, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => format!("The bucket {bucket} does not exist"),
        _ => format!("cannot write to the bucket {bucket}: {error}"),
    }
}
