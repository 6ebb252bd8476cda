//! [`Job`]: the definition of one run.

use super::connector::{Reader, Writer};
use super::objects::{Buckets, Staging};
use super::read::InputFormat;
use super::write::Layout;
use super::write::naming::Naming;
use appflow_sdk::types::Task;
use std::fmt;
use std::sync::Arc;

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
    /// The folder for files until they are published.
    pub(crate) staging: Arc<Staging>,
    pub(crate) target: Target,
    pub(crate) layout: Layout,
    /// The destination of failed records: buckets, bucket and prefix.
    pub(crate) failed_records: Option<(Arc<Buckets>, String, String)>,
    pub(crate) fails_on_first_error: bool,
}

/// The receiver of written records.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    Bucket(Arc<Buckets>, String),
    Connector(Box<Writer>),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bucket(_, bucket) => write!(f, "the bucket {bucket}"),
            Self::Connector(writer) => write!(f, "the entity {}", writer.connector.entity),
        }
    }
}
