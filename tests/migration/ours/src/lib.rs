//! The twenty programs of `../programs`, with appflow-sdk. The differences from `../official` are those of a migration.
#![allow(
    missing_docs,
    reason = "the programs are examples of code that is not ours"
)]

/// The SDK: the `use` lines of the programs begin here.
pub mod sdk {
    pub use appflow_sdk::*;
}

pub mod errors;
pub mod settings;

#[path = "../../programs/mod.rs"]
pub mod programs;
