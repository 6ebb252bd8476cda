//! Runs that move data: read records from buckets or sample data, process them by the flow's tasks, and write files.
//!
//! The engine decides which flows it can run, and runs jobs on threads of their own. A job reads records, applies the
//! steps of the plan to each, and writes them.

mod cell;
mod connector;
mod engine;
mod job;
mod objects;
mod plan;
mod pushdown;
mod read;
mod steps;
mod types;
mod write;

pub(crate) use engine::{Ends, Engine, Launch, serve};
pub(crate) use job::{Counts, End, Report};
pub(crate) use objects::Buckets;
