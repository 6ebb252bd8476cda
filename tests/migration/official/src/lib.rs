//! The twenty programs of `../programs`, with aws-sdk-appflow. The differences from `../ours` are those of a migration.

/// The SDK: the `use` lines of the programs begin here.
pub mod sdk {
    pub use aws_sdk_appflow::*;
}

pub mod errors;
pub mod settings;

#[path = "../../programs/mod.rs"]
pub mod programs;
