//! Runs that move data: a flow in; objects of a bucket, or sample data, taken through the flow's tasks into files out.
//!
//! The engine says which flows it can run and lets jobs work on threads of their own; a job reads records, takes each
//! through the plan's steps, and writes.

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
