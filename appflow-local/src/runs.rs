//! Runs that move data: read records from buckets or sample data, process them by the flow's tasks, and write files.
//!
//! The engine decides which flows it can run, and runs jobs on threads of their own. A job reads records, applies the
//! steps of the plan to each, and writes them.

mod cell;
mod connector;
mod ends;
mod engine;
mod job;
mod objects;
mod plan;
mod probe;
mod pushdown;
mod read;
mod report;
mod signal;
mod steps;
mod types;
mod work;
mod write;

pub(crate) use ends::Ends;
pub(crate) use engine::{Engine, Launch, serve};
pub(crate) use objects::{Buckets, Folders, S3, Staging};
pub(crate) use probe::Probe;
pub(crate) use report::{Counts, End, Report};
