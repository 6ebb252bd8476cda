//! What all measured programs share: a client in, its measurements out as lines of `name value`.
//!
//! The programs differ in the SDK they use and in nothing else. Each is a process of its own, so that what the system
//! says of a process is said of one SDK. Settings come from the environment, as a user's would.

pub mod allocations;
mod measure;
mod subject;
pub mod usage;

pub use measure::main;
pub use subject::{ENTITY_TYPE, FLOW_NAME, Subject, TASKS};
