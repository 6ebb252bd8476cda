//! The code that all measured programs share: measures a client, and prints lines of `name value`.
//!
//! The programs differ only in the SDK. Each is a process of its own, so that the resource usage of a process is that of one
//! SDK. Settings come from the environment, as for a user.

pub mod allocations;
mod measure;
mod subject;
pub mod usage;

pub use measure::main;
pub use subject::{ENTITY_TYPE, FLOW_NAME, Subject, TASKS};
